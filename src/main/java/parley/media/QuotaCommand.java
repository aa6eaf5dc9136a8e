package parley.media;

import akka.actor.typed.ActorRef;
import parley.message.CborSerializable;
import parley.message.MediaId;

/** What the actor of a user's quota is asked; its answers are in {@link QuotaReply}. */
public sealed interface QuotaCommand extends CborSerializable {

  /** Makes room for an upload. Refused with MEDIA_QUOTA when there is none. */
  record Reserve(MediaId id, long sizeBytes, ActorRef<QuotaReply> replyTo)
      implements QuotaCommand {}

  /** The upload is whole. Not answered. */
  record Keep(MediaId id) implements QuotaCommand {}

  /** Nothing of the medium is kept any more. Not answered. */
  record Release(MediaId id, long sizeBytes) implements QuotaCommand {}

  /** Asks the actor to go to sleep. */
  enum Stop implements QuotaCommand {
    INSTANCE
  }
}
