package parley.media;

import akka.actor.typed.RecipientRef;
import parley.message.UserId;

/** The actors of all users' quotas, wherever they are. */
@FunctionalInterface
public interface Quotas {

  /** The actor of the user's quota; it need not be awake. */
  RecipientRef<QuotaCommand> of(UserId user);
}
