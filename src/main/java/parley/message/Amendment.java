package parley.message;

import java.time.Instant;

/** A change to what was said: an entry of its own, in order with the rest. */
public sealed interface Amendment extends Entry permits Edit, Deletion, Reaction {

  /** What it changes. */
  MessageId message();

  /** Who changed it. */
  UserId by();

  /** When, in milliseconds. */
  Instant at();
}
