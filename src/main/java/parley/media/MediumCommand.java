package parley.media;

import akka.actor.typed.ActorRef;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;
import parley.message.CborSerializable;
import parley.message.ConversationId;
import parley.message.MessageId;
import parley.message.Refusal;
import parley.message.UserId;

/**
 * What a medium's actor is asked; its answers are in {@link MediumReply}. Who may ask for what is
 * for the caller to know. All but {@link Open} and {@link Review} are refused with NOT_FOUND when
 * there is no such medium; what is asked again has no further effect.
 */
public sealed interface MediumCommand extends CborSerializable {

  /** Asked for the sake of an answer. */
  sealed interface Asked extends MediumCommand {

    ActorRef<MediumReply.ToAsk> replyTo();
  }

  // Its upload.

  /** Begins it. */
  record Open(
      UserId owner,
      Optional<String> name,
      long sizeBytes,
      boolean opaque,
      ActorRef<MediumReply.ToAsk> replyTo)
      implements Asked {}

  /**
   * Adds what the store has of it. Refused with UPLOAD_OFFSET when it goes on from another byte,
   * with NOT_FOUND when it is too late, with TOO_LARGE when there are too many parts.
   *
   * @param offset where the part belongs
   */
  record AddPart(long offset, Part part, ActorRef<MediumReply.ToAsk> replyTo) implements Asked {}

  // What is made of it.

  /** Asks for all that is known. */
  record Describe(ActorRef<MediumReply.ToAsk> replyTo) implements Asked {}

  /**
   * Asks what is to be done about it, and reserves that for who asks, for a while.
   *
   * @param transcodes whether who asks does that too, which is slow
   */
  record Review(boolean transcodes, ActorRef<MediumReply.ToReview> replyTo)
      implements MediumCommand {}

  /** Reports what came of a step; one that comes too late changes nothing. */
  record Report(Outcome outcome, ActorRef<MediumReply.ToAsk> replyTo) implements Asked {}

  /** What came of a step. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Described.class, name = "described"),
    @JsonSubTypes.Type(value = Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = Transcoded.class, name = "transcoded"),
    @JsonSubTypes.Type(value = Failed.class, name = "failed")
  })
  sealed interface Outcome {}

  record Described(Description description, List<Form> forms) implements Outcome {

    public Described {
      forms = List.copyOf(forms);
    }
  }

  record Refused(Refusal reason) implements Outcome {}

  /**
   * @param original empty: what there is stays
   */
  record Transcoded(Optional<Form> original) implements Outcome {}

  /** It may succeed when it is tried again. */
  record Failed() implements Outcome {}

  // What refers to it.

  /**
   * A message that is about to be sent carries it. Refused with MEDIA_PROCESSING, with the medium's
   * own refusal, with TOO_LARGE when too many carry it.
   *
   * @param name the sender's own name for the send
   */
  record Refer(
      ConversationId conversation, UserId by, String name, ActorRef<MediumReply.ToAsk> replyTo)
      implements Asked {}

  /** That message was sent. Not answered. */
  record Carry(UserId by, String name, MessageId message) implements MediumCommand {}

  /** That message was refused: unless it turned out to be sent, it does not count. Not answered. */
  record Abandon(UserId by, String name) implements MediumCommand {}

  /** That message does not carry it any more. Not answered. */
  record Drop(UserId by, String name) implements MediumCommand {}

  /** It is about to be somebody's picture. Refused as {@link Refer}, with WRONG_TYPE. */
  record Hang(Place place, ActorRef<MediumReply.ToAsk> replyTo) implements Asked {}

  /** It is not that picture any more. Not answered. */
  record TakeDown(Place place) implements MediumCommand {}

  /** Removes it while nothing has ever referred to it; else refused with NOT_ALLOWED. */
  record Remove(ActorRef<MediumReply.ToAsk> replyTo) implements Asked {}

  /** Asks the actor to go to sleep. */
  enum Stop implements MediumCommand {
    INSTANCE
  }
}
