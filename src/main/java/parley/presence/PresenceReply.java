package parley.presence;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.Optional;
import parley.message.CborSerializable;
import parley.message.ConversationId;
import parley.message.UserId;

/** What the sessions of a user are told by the user's presence. */
public sealed interface PresenceReply extends CborSerializable {

  /**
   * The session is known.
   *
   * @param actor to watch: when it ends, the session enters again
   */
  record Entered(ActorRef<PresenceCommand> actor) implements PresenceReply {}

  /**
   * Somebody is online or not.
   *
   * @param lastSeen when they were online last, if it is known and they are not
   */
  record Seen(UserId user, boolean online, Optional<Instant> lastSeen) implements PresenceReply {}

  /** Somebody types, or has stopped. */
  record Typed(ConversationId conversation, UserId user, boolean on) implements PresenceReply {}
}
