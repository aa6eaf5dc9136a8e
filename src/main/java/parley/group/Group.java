package parley.group;

/** The actor of one group. */
public final class Group {

  /** What the actor tells itself. */
  sealed interface Internal extends GroupCommand permits Nothing {}

  enum Nothing implements Internal {
    INSTANCE
  }

  private Group() {}
}
