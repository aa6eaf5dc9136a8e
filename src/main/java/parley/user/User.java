package parley.user;

/** The actor of one user. */
public final class User {

  /** What the actor tells itself. */
  sealed interface Internal extends UserCommand {}

  record Placeholder() implements Internal {}

  private User() {}
}
