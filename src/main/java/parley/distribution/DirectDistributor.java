package parley.distribution;

import akka.Done;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parley.message.Delivery;
import parley.message.UserId;

/**
 * Brings a batch straight to its recipients: done when all of their actors have journaled it. Needs
 * no service beside the cluster itself.
 */
public final class DirectDistributor implements Distributor {

  private final Mailboxes mailboxes;

  public DirectDistributor(Mailboxes mailboxes) {
    this.mailboxes = mailboxes;
  }

  @Override
  public CompletionStage<Done> distribute(List<Delivery> batch) {
    var byRecipient = new LinkedHashMap<UserId, List<Delivery>>();
    for (var delivery : batch) {
      byRecipient.computeIfAbsent(delivery.recipient(), it -> new ArrayList<>()).add(delivery);
    }
    var arrivals =
        byRecipient.entrySet().stream()
            .map(each -> mailboxes.deliver(each.getKey(), each.getValue(), Optional.empty()))
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(arrivals).thenApply(all -> Done.getInstance());
  }
}
