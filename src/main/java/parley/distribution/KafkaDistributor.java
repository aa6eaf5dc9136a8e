package parley.distribution;

import akka.Done;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import parley.message.Delivery;
import parley.message.UserId;

/**
 * Writes a batch into the topic, from where {@link DeliveryWorker} brings it to the recipients:
 * done when every record of it is in all replicas in sync.
 *
 * <p>A record is a {@link Consignment}, its key is the recipient, so all that is for one recipient
 * is in one partition. That alone does not keep order: when Kafka refuses one record and takes the
 * next, or gives one up and has the next, there is a hole, and the repeated batch puts what is
 * missing behind it. A worker that waits there for what is missing would wait for ever. So there
 * are no holes:
 *
 * <p><b>In a partition each delivery stands behind its predecessor,</b> the one that comes before
 * it in its conversation to its recipient. For the record that brings it is sent only once the
 * predecessor is known to be written, or in the same record before it:
 *
 * <ul>
 *   <li>the predecessor is in an earlier batch: the caller hands a batch over only after the one
 *       before has succeeded, also across its own crashes, since it starts again from what it has
 *       journaled;
 *   <li>it is in the same batch: that goes to this recipient in one record, or, when it is too
 *       large, in several, each sent when the one before it is written.
 * </ul>
 *
 * <p>Nothing of this asks that two records in flight keep their order, or what became of one that
 * failed: it may be written or not, or be written late, after its repetition; it is then one more
 * copy of deliveries whose predecessors stand before it. The idempotent producer only makes such
 * copies rare.
 *
 * <p>So whoever reads a partition in order and delivers in order meets no gap; where one is met
 * nevertheless (something was lost, or partitions were added), DeliveryWorker says what then.
 */
public final class KafkaDistributor implements Distributor {

  private final String topic;
  private final RecordSender sender;
  private final ConsignmentForm form;
  private final Supplier<Optional<String>> obstacle;

  /**
   * @param obstacle why nothing can be written now, if so
   */
  KafkaDistributor(
      String topic,
      RecordSender sender,
      ConsignmentForm form,
      Supplier<Optional<String>> obstacle) {
    this.topic = topic;
    this.sender = sender;
    this.form = form;
    this.obstacle = obstacle;
  }

  @Override
  public CompletionStage<Done> distribute(List<Delivery> batch) {
    var why = obstacle.get();
    if (why.isPresent()) {
      return CompletableFuture.failedStage(new IllegalStateException(why.get()));
    }
    var byRecipient = new LinkedHashMap<UserId, List<Delivery>>();
    for (var delivery : batch) {
      byRecipient.computeIfAbsent(delivery.recipient(), it -> new ArrayList<>()).add(delivery);
    }
    var written =
        byRecipient.entrySet().stream()
            .map(each -> write(Consignment.of(each.getKey(), each.getValue())))
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(written).thenApply(all -> Done.getInstance());
  }

  /** One after another: the next is sent when the one before it is written. */
  private CompletableFuture<Done> write(List<Consignment> parts) {
    var written = write(parts.getFirst());
    for (var next : parts.subList(1, parts.size())) {
      written = written.thenCompose(done -> write(next));
    }
    return written;
  }

  private CompletableFuture<Done> write(Consignment consignment) {
    return sender.send(() -> form.write(topic, consignment));
  }
}
