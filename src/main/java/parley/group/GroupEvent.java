package parley.group;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.message.Entry;
import parley.message.GroupRules;
import parley.message.Message;
import parley.message.Role;
import parley.message.UserId;

/**
 * What happened to a group, as its journal has it. The names below are stored: they are added,
 * never changed.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = GroupEvent.Created.class, name = "created"),
  @JsonSubTypes.Type(value = GroupEvent.Joined.class, name = "joined"),
  @JsonSubTypes.Type(value = GroupEvent.Noticed.class, name = "noticed"),
  @JsonSubTypes.Type(value = GroupEvent.Posted.class, name = "posted"),
  @JsonSubTypes.Type(value = GroupEvent.Invited.class, name = "invited"),
  @JsonSubTypes.Type(value = GroupEvent.Revoked.class, name = "revoked"),
  @JsonSubTypes.Type(value = GroupEvent.Marked.class, name = "marked"),
  @JsonSubTypes.Type(value = GroupEvent.HandedOver.class, name = "handed-over"),
  @JsonSubTypes.Type(value = GroupEvent.Gone.class, name = "gone")
})
public sealed interface GroupEvent {

  /** When it happened. */
  Instant at();

  /** The group was made; whom the notice is from owns it. */
  record Created(Message notice, String description, GroupRules rules, List<UserId> members)
      implements GroupEvent {

    public Created {
      members = List.copyOf(members);
    }

    @Override
    public Instant at() {
      return notice.sentAt();
    }
  }

  /**
   * Somebody became a member.
   *
   * @param invite the id of the one that they came by; empty when they were added
   */
  record Joined(Message notice, UserId member, Role role, Optional<String> invite)
      implements GroupEvent {

    @Override
    public Instant at() {
      return notice.sentAt();
    }
  }

  /** What the notice says has happened. */
  record Noticed(Message notice) implements GroupEvent {

    @Override
    public Instant at() {
      return notice.sentAt();
    }
  }

  /**
   * A member has said something, or changed what was said.
   *
   * @param handedOver the outbox number up to which all had been handed over by then
   */
  record Posted(UserId by, List<Place> places, long handedOver, Instant at) implements GroupEvent {

    public Posted {
      places = List.copyOf(places);
    }
  }

  /**
   * One posting that got its place in the order.
   *
   * @param sequence of the posting
   */
  record Place(long sequence, Entry entry) {}

  record Invited(Invite invite, Instant at) implements GroupEvent {}

  record Revoked(String invite, Instant at) implements GroupEvent {}

  /** Members have got further, and others are to be told of it. */
  record Marked(List<Mark> marks, List<Telling> tellings, Instant at) implements GroupEvent {

    public Marked {
      marks = List.copyOf(marks);
      tellings = List.copyOf(tellings);
    }
  }

  /** So far has a member got now. */
  record Mark(UserId member, Reach reach) {}

  /** What one member is to be told. */
  record Telling(UserId recipient, Entry receipt) {}

  /**
   * So much was handed over.
   *
   * @param upTo the outbox number up to which all have what is for them
   * @param roundUpTo the last number of the round under way; {@code upTo} when there is none
   * @param recipients how many of the round's recipients have all of it
   */
  record HandedOver(long upTo, long roundUpTo, int recipients, Instant at) implements GroupEvent {}

  /** Everyone left long ago: nothing is known of the group any more but that it was. */
  record Gone(Instant at) implements GroupEvent {}
}
