package parley.media;

import parley.message.CborSerializable;
import parley.message.Refusal;

/** What the actor of a user's quota answers. */
public sealed interface QuotaReply extends CborSerializable {

  record Reserved() implements QuotaReply {}

  record Refused(Refusal reason) implements QuotaReply {}
}
