package parley.media;

import java.time.Instant;
import parley.message.CborSerializable;
import parley.message.Refusal;

/** What a medium's actor answers. */
public sealed interface MediumReply extends CborSerializable {

  /** Answers all questions but one. */
  sealed interface ToAsk extends MediumReply {}

  /** As it is now: what was asked for is done. */
  record Known(Facts facts) implements ToAsk {}

  record Refused(Refusal reason) implements ToAsk {}

  /** Answers {@link MediumCommand.Review}. */
  sealed interface ToReview extends MediumReply {}

  /** It is to be looked at. */
  record Look(Facts facts) implements ToReview {}

  /** It is to be transcoded. */
  record Transcode(Facts facts) implements ToReview {}

  /** It would be transcoded, but who asks does not do that. */
  record Slow() implements ToReview {}

  /** Whether what refers to it still does is to be found out. */
  record Check(Facts facts) implements ToReview {}

  /** There is nothing to do before that time. */
  record Wait(Instant until) implements ToReview {}

  /** It was removed: so is what the store has of it. */
  record Gone(Facts facts) implements ToReview {}

  /** There has never been one of this id, or it was removed long ago. */
  record Unknown() implements ToReview {}
}
