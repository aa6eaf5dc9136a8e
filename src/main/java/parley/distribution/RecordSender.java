package parley.distribution;

import akka.Done;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one producer of this node, on a thread of its own, since Kafka's blocks while it has no room
 * or looks for a broker. Knows nothing of order: whoever needs it sends one record after another.
 *
 * <p>A producer that has failed for good (fenced, not allowed any more) is closed, which fails what
 * it has in flight, and the next record gets a new one.
 */
final class RecordSender {

  private static final Logger log = LoggerFactory.getLogger(RecordSender.class);

  /** What makes one producer fail at once would do the same to its successor. */
  private static final Duration PRODUCER_LIFE_MIN = Duration.ofSeconds(1);

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);

  private final KafkaSettings.Sending settings;
  private final Supplier<Producer<String, byte[]>> producers;
  private final Duration producerLifeMin;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("parley-kafka-sender").daemon().factory());
  private final AtomicInteger waiting = new AtomicInteger();

  // Of the thread alone.
  private Producer<String, byte[]> producer;
  private long madeAt;

  RecordSender(KafkaSettings.Sending settings, Supplier<Producer<String, byte[]>> producers) {
    this(settings, producers, PRODUCER_LIFE_MIN);
  }

  /**
   * @param producerLifeMin a producer is not replaced sooner
   */
  RecordSender(
      KafkaSettings.Sending settings,
      Supplier<Producer<String, byte[]>> producers,
      Duration producerLifeMin) {
    this.settings = settings;
    this.producers = producers;
    this.producerLifeMin = producerLifeMin;
  }

  /**
   * Writes a record; done when all replicas in sync have it. When it fails, the record may have
   * been written or not, and may yet be.
   *
   * @param record makes the record, on the sender's thread
   */
  CompletableFuture<Done> send(Supplier<ProducerRecord<String, byte[]>> record) {
    if (waiting.incrementAndGet() > settings.waitingMax()) {
      waiting.decrementAndGet();
      return CompletableFuture.failedFuture(
          new IllegalStateException(
              "More than %d records wait for Kafka".formatted(settings.waitingMax())));
    }
    var written = new CompletableFuture<Done>();
    long since = System.nanoTime();
    try {
      thread.execute(() -> write(record, since, written));
    } catch (RejectedExecutionException e) {
      written.completeExceptionally(new IllegalStateException("This node is about to stop", e));
    }
    return written.whenComplete((done, failure) -> waiting.decrementAndGet());
  }

  private void write(
      Supplier<ProducerRecord<String, byte[]>> record,
      long since,
      CompletableFuture<Done> written) {
    if (System.nanoTime() - since > settings.within().toNanos()) {
      written.completeExceptionally(new TimeoutException("Kafka takes no records"));
      return;
    }
    try {
      write(record.get(), written);
    } catch (RuntimeException e) {
      written.completeExceptionally(e);
    }
  }

  private void write(ProducerRecord<String, byte[]> record, CompletableFuture<Done> written) {
    var current = producer();
    try {
      current.send(
          record,
          (metadata, failure) -> {
            if (failure == null) {
              written.complete(Done.getInstance());
              return;
            }
            written.completeExceptionally(failure);
            if (isFinal(failure) && !thread.isShutdown()) {
              thread.execute(() -> discard(current, failure));
            }
          });
    } catch (RuntimeException e) {
      discard(current, e);
      throw e;
    }
  }

  private Producer<String, byte[]> producer() {
    if (producer == null) {
      producer = producers.get();
      madeAt = System.nanoTime();
    }
    return producer;
  }

  /** Whether a producer that failed so may fail all that comes after. */
  private static boolean isFinal(Exception failure) {
    return !(failure instanceof RetriableException || failure instanceof RecordTooLargeException);
  }

  private void discard(Producer<String, byte[]> failed, Exception cause) {
    boolean isNew = System.nanoTime() - madeAt < producerLifeMin.toNanos();
    if (failed != producer || isNew) {
      return;
    }
    log.warn("Producer failed, will make another one", cause);
    producer = null;
    failed.close(Duration.ZERO);
  }

  /** Takes no more records; done when those in flight are written, or some seconds are over. */
  CompletionStage<Done> close() {
    var closed =
        CompletableFuture.supplyAsync(
            () -> {
              if (producer != null) {
                producer.close(CLOSE_WITHIN);
              }
              return Done.getInstance();
            },
            thread);
    thread.shutdown();
    return closed;
  }
}
