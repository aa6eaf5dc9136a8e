package parley.presence;

import akka.actor.typed.RecipientRef;
import parley.message.UserId;

/** The presence of all users, wherever it is kept. */
@FunctionalInterface
public interface Presences {

  /** The presence of the user, who need not be online, nor exist. */
  RecipientRef<PresenceCommand> of(UserId id);
}
