package parley.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import parley.keys.KeyOffer;
import parley.message.Amendment;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.DeviceId;
import parley.message.GroupId;
import parley.message.MediaId;
import parley.message.Message;
import parley.message.Positioned;
import parley.message.ReadMark;
import parley.message.Receipt;
import parley.message.SessionId;
import parley.message.UserId;
import parley.push.PushSubscription;

/**
 * What happened to a user, as their journal has it. The names below are stored: they are added,
 * never changed.
 *
 * <p>All instants are in milliseconds and never go back within one journal.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = UserEvent.Registered.class, name = "registered"),
  @JsonSubTypes.Type(value = UserEvent.SignedIn.class, name = "signed-in"),
  @JsonSubTypes.Type(value = UserEvent.Refreshed.class, name = "refreshed"),
  @JsonSubTypes.Type(value = UserEvent.SignedOut.class, name = "signed-out"),
  @JsonSubTypes.Type(value = UserEvent.Sent.class, name = "sent"),
  @JsonSubTypes.Type(value = UserEvent.Received.class, name = "received"),
  @JsonSubTypes.Type(value = UserEvent.Marked.class, name = "marked"),
  @JsonSubTypes.Type(value = UserEvent.Receipted.class, name = "receipted"),
  @JsonSubTypes.Type(value = UserEvent.HandedOver.class, name = "handed-over"),
  @JsonSubTypes.Type(value = UserEvent.Amended.class, name = "amended"),
  @JsonSubTypes.Type(value = UserEvent.Ignored.class, name = "ignored"),
  @JsonSubTypes.Type(value = UserEvent.ProfileChanged.class, name = "profile-changed"),
  @JsonSubTypes.Type(value = UserEvent.ContactPut.class, name = "contact-put"),
  @JsonSubTypes.Type(value = UserEvent.ContactRemoved.class, name = "contact-removed"),
  @JsonSubTypes.Type(value = UserEvent.Blocked.class, name = "blocked"),
  @JsonSubTypes.Type(value = UserEvent.Unblocked.class, name = "unblocked"),
  @JsonSubTypes.Type(value = UserEvent.Arranged.class, name = "arranged"),
  @JsonSubTypes.Type(value = UserEvent.Posted.class, name = "posted"),
  @JsonSubTypes.Type(value = UserEvent.PostingsRefused.class, name = "postings-refused"),
  @JsonSubTypes.Type(value = UserEvent.PushSubscribed.class, name = "push-subscribed"),
  @JsonSubTypes.Type(value = UserEvent.PushUnsubscribed.class, name = "push-unsubscribed"),
  @JsonSubTypes.Type(value = UserEvent.KeysPut.class, name = "keys-put"),
  @JsonSubTypes.Type(value = UserEvent.KeyPackagesTaken.class, name = "key-packages-taken")
})
public sealed interface UserEvent {

  /** When it happened. */
  Instant at();

  /** What it adds to the mailbox. */
  default List<Positioned> entries() {
    return List.of();
  }

  /** The account was made. */
  record Registered(String displayName, String passwordHash, Instant at) implements UserEvent {

    /** Never the password's hash: a log line may hold this. */
    @Override
    public String toString() {
      return "Registered[" + displayName + ", " + at + "]";
    }
  }

  /** A device got a new session; the one that it had has ended. */
  record SignedIn(
      DeviceId device,
      String deviceName,
      SessionId session,
      UserCommand.RefreshToken refreshToken,
      Instant at)
      implements UserEvent {}

  /** A session got a new refresh token. */
  record Refreshed(SessionId session, UserCommand.RefreshToken refreshToken, Instant at)
      implements UserEvent {}

  /** A session ended. */
  record SignedOut(SessionId session, Instant at) implements UserEvent {}

  /**
   * Messages were accepted: they are in the mailbox as the sender's own copies, and in the outbox.
   *
   * @param pos of the first
   * @param handedOver the outbox number up to which all had been handed over by then
   */
  record Sent(long pos, List<Sending> sendings, long handedOver, Instant at) implements UserEvent {

    public Sent {
      sendings = List.copyOf(sendings);
    }

    @Override
    public List<Positioned> entries() {
      return IntStream.range(0, sendings.size())
          .mapToObj(i -> new Positioned(pos + i, sendings.get(i).message()))
          .toList();
    }
  }

  /**
   * One message that was accepted.
   *
   * @param sequence of the delivery to the other one; 0 where there is none, in a note to oneself
   * @param fingerprint of the draft, to tell a repeat from a reused client id
   */
  record Sending(Message message, long sequence, long fingerprint) {}

  /**
   * Entries arrived.
   *
   * @param pos of the first
   */
  record Received(long pos, List<Delivery> deliveries, Instant at) implements UserEvent {

    public Received {
      deliveries = List.copyOf(deliveries);
    }

    @Override
    public List<Positioned> entries() {
      return IntStream.range(0, deliveries.size())
          .mapToObj(i -> new Positioned(pos + i, deliveries.get(i).entry()))
          .toList();
    }
  }

  /**
   * Messages were read.
   *
   * @param pos of the mark
   * @param upTo the position of the message that the mark names
   */
  record Marked(long pos, ReadMark mark, long upTo) implements UserEvent {

    @Override
    public Instant at() {
      return mark.at();
    }

    @Override
    public List<Positioned> entries() {
      return List.of(new Positioned(pos, mark));
    }
  }

  /**
   * Devices have stored more, and receipts for what was received were put into the outbox.
   *
   * @param acknowledged up to which position each device has stored the mailbox
   */
  record Receipted(
      Map<DeviceId, Long> acknowledged, List<Receipting> receiptings, long handedOver, Instant at)
      implements UserEvent {

    public Receipted {
      acknowledged = Map.copyOf(acknowledged);
      receiptings = List.copyOf(receiptings);
    }
  }

  /**
   * One receipt that was put into the outbox.
   *
   * @param sequence of the delivery to the other one
   */
  record Receipting(Receipt receipt, long sequence) {}

  /**
   * The outbox was handed over.
   *
   * @param upTo the outbox number of the last entry handed over
   */
  record HandedOver(long upTo, Instant at) implements UserEvent {}

  /**
   * The user changed what was said: it is in the mailbox, and in the outbox.
   *
   * @param sequence of the delivery to the other one; 0 where there is none
   */
  record Amended(long pos, Amendment amendment, long sequence, long handedOver)
      implements UserEvent {

    @Override
    public Instant at() {
      return amendment.at();
    }

    @Override
    public List<Positioned> entries() {
      return List.of(new Positioned(pos, amendment));
    }
  }

  /** So far has a conversation been passed over: what came is from somebody who is blocked. */
  record Ignored(ConversationId conversation, long sequence, Instant at) implements UserEvent {}

  /**
   * The profile is now this.
   *
   * @param picture absent in what was stored before there were any
   */
  record ProfileChanged(
      String displayName,
      String about,
      boolean showsPresence,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<MediaId> picture,
      Instant at)
      implements UserEvent {}

  record ContactPut(UserId contact, String name, Instant at) implements UserEvent {}

  record ContactRemoved(UserId contact, Instant at) implements UserEvent {}

  record Blocked(UserId other, Instant at) implements UserEvent {}

  record Unblocked(UserId other, Instant at) implements UserEvent {}

  /** What is to be said in groups was accepted: it has its place once it comes back from there. */
  record Posted(List<Postings.Pending> postings, Instant at) implements UserEvent {

    public Posted {
      postings = List.copyOf(postings);
    }
  }

  /**
   * The group has not taken what was posted.
   *
   * @param sequences of the postings
   */
  record PostingsRefused(GroupId group, List<Long> sequences, Instant at) implements UserEvent {

    public PostingsRefused {
      sequences = List.copyOf(sequences);
    }
  }

  /** A conversation is arranged like this from now on. */
  record Arranged(ConversationId conversation, UserReply.Arrangement arrangement, Instant at)
      implements UserEvent {}

  /** A device is to be notified, in this way from now on. */
  record PushSubscribed(DeviceId device, PushSubscription subscription, Instant at)
      implements UserEvent {}

  /** A device is no longer to be notified. */
  record PushUnsubscribed(DeviceId device, Instant at) implements UserEvent {}

  /** A device offers keys; its log notes the new ones. */
  record KeysPut(DeviceId device, KeyOffer offer, Instant at) implements UserEvent {}

  /** The next key package of each of these devices was handed out. */
  record KeyPackagesTaken(int suite, List<DeviceId> devices, Instant at) implements UserEvent {

    public KeyPackagesTaken {
      devices = List.copyOf(devices);
    }
  }
}
