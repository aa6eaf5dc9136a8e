package parley.message;

import java.util.List;
import java.util.Optional;

/**
 * What happened to a group, as a message to its members in the same order as all else that is said
 * there. The message is from whoever did it. Nobody can send one.
 */
public sealed interface GroupNotice extends Content {

  /** The most members that one notice names: it is in every member's mailbox. */
  int NAMED_MOST = 20;

  /** Whether the user is no longer a member after it. */
  default boolean ends(UserId user) {
    return false;
  }

  /** The title of the group from here on, where the notice tells it. */
  default Optional<String> titleFromHere() {
    return Optional.empty();
  }

  /** About as much as the largest of them takes. */
  @Override
  default int sizeBytes() {
    return 1024;
  }

  /**
   * The group was made.
   *
   * @param members the first {@link #NAMED_MOST} of them
   * @param count how many there are
   */
  record Created(String title, List<UserId> members, int count) implements GroupNotice {

    public Created {
      members = List.copyOf(members);
    }

    @Override
    public Optional<String> titleFromHere() {
      return Optional.of(title);
    }
  }

  /**
   * Members were added.
   *
   * @param members the first {@link #NAMED_MOST} of those
   * @param count how many were added
   * @param title of the group, for those who have just come
   */
  record Added(List<UserId> members, int count, String title) implements GroupNotice {

    public Added {
      members = List.copyOf(members);
    }

    @Override
    public Optional<String> titleFromHere() {
      return Optional.of(title);
    }
  }

  /** Whom the message is from has come by an invite. */
  record Joined(UserId member, String title) implements GroupNotice {

    @Override
    public Optional<String> titleFromHere() {
      return Optional.of(title);
    }
  }

  /** Whom the message is from has left. */
  record Left(UserId member) implements GroupNotice {

    @Override
    public boolean ends(UserId user) {
      return user.equals(member);
    }
  }

  /** Somebody was removed. */
  record Removed(UserId member) implements GroupNotice {

    @Override
    public boolean ends(UserId user) {
      return user.equals(member);
    }
  }

  /** Somebody has another role; also a new owner, after the last one has left. */
  record RoleChanged(UserId member, Role role) implements GroupNotice {}

  record TitleChanged(String title) implements GroupNotice {

    @Override
    public Optional<String> titleFromHere() {
      return Optional.of(title);
    }
  }

  record DescriptionChanged(String description) implements GroupNotice {}

  /**
   * @param picture empty: there is none any more
   */
  record PictureChanged(Optional<String> picture) implements GroupNotice {}

  record RulesChanged(GroupRules rules) implements GroupNotice {}

  /** The group was deleted: nobody is a member any more. */
  record Deleted() implements GroupNotice {

    @Override
    public boolean ends(UserId user) {
      return true;
    }
  }
}
