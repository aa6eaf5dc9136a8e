package parley.media;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import parley.message.MediaId;

/**
 * What happened to a user's quota, as its journal has it. The names below are stored: they are
 * added, never changed.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = QuotaEvent.Reserved.class, name = "reserved"),
  @JsonSubTypes.Type(value = QuotaEvent.Kept.class, name = "kept"),
  @JsonSubTypes.Type(value = QuotaEvent.Released.class, name = "released")
})
public sealed interface QuotaEvent {

  /** When it happened. */
  Instant at();

  /**
   * An upload has begun.
   *
   * @param until when it is over, whole or not
   */
  record Reserved(MediaId id, long sizeBytes, Instant until, Instant at) implements QuotaEvent {}

  /** It is whole. */
  record Kept(MediaId id, Instant at) implements QuotaEvent {}

  /** Nothing of it is kept any more. */
  record Released(MediaId id, long sizeBytes, Instant at) implements QuotaEvent {}
}
