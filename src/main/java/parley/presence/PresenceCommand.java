package parley.presence;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import parley.message.CborSerializable;
import parley.message.ConversationId;
import parley.message.UserId;

/** What a user's presence is told. Its answers are in {@link PresenceReply}. */
public sealed interface PresenceCommand extends CborSerializable
    permits PresenceCommand.Enter,
        PresenceCommand.Follow,
        PresenceCommand.Changed,
        PresenceCommand.Type,
        PresenceCommand.Stop,
        Presence.Internal {

  /** The most users with whom one shares their presence: those they talked with last. */
  int CORRESPONDENTS_MOST = 100;

  /**
   * The user is online on this socket, until its session ends; again when something of it changes.
   *
   * @param correspondents with whom they share their presence, and who may tell them of typing
   * @param shown false: they share their presence with nobody, and see nobody's
   */
  record Enter(ActorRef<PresenceReply> session, Set<UserId> correspondents, boolean shown)
      implements PresenceCommand {

    public Enter {
      correspondents = Set.copyOf(correspondents);
    }
  }

  /** The follower wants to be told of changes; to be repeated every {@link Presence#RENEWAL}. */
  record Follow(UserId follower) implements PresenceCommand {}

  /** Somebody who is followed has come or gone. */
  record Changed(UserId user, boolean online, Optional<Instant> lastSeen)
      implements PresenceCommand {}

  /** Somebody types, or has stopped. */
  record Type(UserId user, ConversationId conversation, boolean on) implements PresenceCommand {}

  /** Nobody needs it any more. */
  enum Stop implements PresenceCommand {
    INSTANCE
  }
}
