package parley.user;

import akka.actor.typed.RecipientRef;
import parley.message.UserId;

/** The actors of all users, wherever they are. */
@FunctionalInterface
public interface Users {

  /** The actor of the user; it need not be awake, nor the user exist. */
  RecipientRef<UserCommand> of(UserId id);
}
