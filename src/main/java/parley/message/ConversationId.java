package parley.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where things are said: {@code direct:<userA>:<userB>}, the two ids in alphabetical order, or
 * {@code group:<ulid>}. A user may talk to themselves; both ids are then the same.
 */
public sealed interface ConversationId {

  /** Reads the text form; throws {@link IllegalArgumentException} when it is not one. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ConversationId parse(String text) {
    var parts = text.split(":", -1);
    if (parts.length == 2 && parts[0].equals("group")) {
      return new Group(new GroupId(parts[1]));
    }
    if (parts.length != 3 || !parts[0].equals("direct")) {
      throw new IllegalArgumentException(
          "A conversation id is direct:<userA>:<userB> or group:<ulid>");
    }
    return new Direct(new UserId(parts[1]), new UserId(parts[2]));
  }

  /** The conversation of two users, whoever of them asks. */
  static Direct between(UserId one, UserId other) {
    return one.compareTo(other) <= 0 ? new Direct(one, other) : new Direct(other, one);
  }

  /**
   * Whether messages of this conversation may be in the mailbox of the user, as far as its id
   * tells: of a group it does not.
   */
  boolean concerns(UserId user);

  /**
   * The {@link Fingerprint} of the text form: names the conversation inside a {@link MessageId} and
   * in the archive.
   */
  default long hash() {
    return Fingerprint.of(toString());
  }

  /** Two users, in alphabetical order. */
  record Direct(UserId first, UserId second) implements ConversationId {

    public Direct {
      if (first.compareTo(second) > 0) {
        throw new IllegalArgumentException(
            "The user ids of a direct conversation are in alphabetical order");
      }
    }

    @Override
    public boolean concerns(UserId user) {
      return user.equals(first) || user.equals(second);
    }

    /** The one that the given one talks to: themselves in a conversation with oneself. */
    public UserId other(UserId user) {
      return user.equals(first) ? second : first;
    }

    @JsonValue
    @Override
    public String toString() {
      return "direct:" + first + ":" + second;
    }
  }

  /** The members of a group, whoever they are at the time. */
  record Group(GroupId group) implements ConversationId {

    @Override
    public boolean concerns(UserId user) {
      return true;
    }

    @JsonValue
    @Override
    public String toString() {
      return "group:" + group;
    }
  }
}
