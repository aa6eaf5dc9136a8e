package parley.keys;

import akka.actor.typed.ActorRef;
import parley.message.CborSerializable;
import parley.message.ClientId;
import parley.message.DeviceId;
import parley.message.Sealed;
import parley.message.UserId;

/** What the actor of an encrypted conversation is asked. Who may ask, the askers' actors know. */
public sealed interface MlsCommand extends CborSerializable {

  /**
   * Claims the epoch after that of the commit. Accepted is the first one for each epoch; a repeat
   * of it is answered as the first time.
   */
  record Claim(
      UserId by,
      DeviceId device,
      ClientId clientId,
      Sealed commit,
      NextEpoch next,
      ActorRef<MlsReply.ToClaim> replyTo)
      implements MlsCommand {}

  /** Asks how far the conversation is. */
  record GetStanding(ActorRef<MlsReply.Standing> replyTo) implements MlsCommand {}

  /** Asks the actor to go to sleep. */
  enum Stop implements MlsCommand {
    INSTANCE
  }
}
