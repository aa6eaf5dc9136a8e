package parley.distribution;

import akka.Done;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.message.Delivery;
import parley.message.Gap;
import parley.message.UserId;

/** The mailboxes of all users, as the last step of a delivery sees them. */
@FunctionalInterface
public interface Mailboxes {

  /**
   * Done when all are journaled by the recipient's actor, whether now or before. Fails when the
   * actor does not answer in time, and with {@link MissingDelivery} when it finds a gap: deliver
   * the same again, in the same order.
   *
   * @param lost a gap that nothing will fill any more, to be passed over
   */
  CompletionStage<Done> deliver(UserId recipient, List<Delivery> deliveries, Optional<Gap> lost);
}
