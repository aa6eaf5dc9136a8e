package parley.media;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.message.Failure;
import parley.message.MessageId;
import parley.message.UserId;

/**
 * What happened to a medium, as its journal has it. The names below are stored: they are added,
 * never changed.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = MediumEvent.Opened.class, name = "opened"),
  @JsonSubTypes.Type(value = MediumEvent.PartAdded.class, name = "part-added"),
  @JsonSubTypes.Type(value = MediumEvent.Begun.class, name = "begun"),
  @JsonSubTypes.Type(value = MediumEvent.Described.class, name = "described"),
  @JsonSubTypes.Type(value = MediumEvent.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = MediumEvent.Transcoded.class, name = "transcoded"),
  @JsonSubTypes.Type(value = MediumEvent.Referred.class, name = "referred"),
  @JsonSubTypes.Type(value = MediumEvent.Carried.class, name = "carried"),
  @JsonSubTypes.Type(value = MediumEvent.Dropped.class, name = "dropped"),
  @JsonSubTypes.Type(value = MediumEvent.Hung.class, name = "hung"),
  @JsonSubTypes.Type(value = MediumEvent.TakenDown.class, name = "taken-down"),
  @JsonSubTypes.Type(value = MediumEvent.Removed.class, name = "removed")
})
public sealed interface MediumEvent {

  /** When it happened. */
  Instant at();

  /**
   * Its upload has begun.
   *
   * @param sizeBytes how long it will be
   * @param opaque whether it is encrypted, and never looked into
   * @param expiresAt until when all of it must be there
   */
  record Opened(
      UserId owner,
      Optional<String> name,
      long sizeBytes,
      boolean opaque,
      Instant expiresAt,
      Instant at)
      implements MediumEvent {}

  /** The next bytes of it are kept. */
  record PartAdded(Part part, Instant at) implements MediumEvent {}

  /** It is being looked at, or transcoded, once more. */
  record Begun(Instant at) implements MediumEvent {}

  /** It was looked at, and may be shown. */
  record Described(Description description, List<Form> forms, Instant at) implements MediumEvent {

    public Described {
      forms = List.copyOf(forms);
    }
  }

  /** It was looked at, and is not kept. */
  record Refused(Failure failure, String detail, Instant at) implements MediumEvent {}

  /**
   * Its second step is over.
   *
   * @param original what replaces it; empty: it stays
   */
  record Transcoded(Optional<Form> original, Instant at) implements MediumEvent {}

  /** A message is about to carry it. */
  record Referred(Reference reference, Instant at) implements MediumEvent {}

  /** That message is sent. */
  record Carried(UserId by, String name, MessageId message, Instant at) implements MediumEvent {}

  /** That message is not sent, or does not carry it any more. */
  record Dropped(UserId by, String name, Instant at) implements MediumEvent {}

  /** It is the picture of somebody, or of a group. */
  record Hung(Place place, Instant at) implements MediumEvent {}

  /** It is so no more. */
  record TakenDown(Place place, Instant at) implements MediumEvent {}

  /** Nothing of it is kept any more. */
  record Removed(Instant at) implements MediumEvent {}
}
