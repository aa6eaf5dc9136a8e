package parley.distribution;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.Done;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordSenderTest {

  private final List<MockProducer<String, byte[]>> producers = new ArrayList<>();
  private RecordSender sender;

  private void start(Duration within, int waitingMax, Duration producerLifeMin) {
    sender =
        new RecordSender(
            new KafkaSettings.Sending(within, waitingMax),
            () -> {
              producers.add(
                  new MockProducer<>(
                      false, null, new StringSerializer(), new ByteArraySerializer()));
              return producers.getLast();
            },
            producerLifeMin);
  }

  @AfterEach
  void stop() {
    KafkaNode.get(sender.close());
  }

  private CompletableFuture<Done> send(String key) {
    return sender.send(() -> new ProducerRecord<>("topic", key, new byte[1]));
  }

  /** Returns when the sender's thread has done all that it was given before. */
  private void settle() throws Exception {
    var passed = new CountDownLatch(1);
    sender.send(() -> {
      passed.countDown();
      throw new IllegalStateException("not a record");
    });
    assertThat(passed.await(10, SECONDS)).isTrue();
  }

  @Test
  void it_is_done_when_kafka_has_confirmed() throws Exception {
    start(Duration.ofSeconds(5), 10, Duration.ZERO);
    var written = send("ann");
    settle();
    assertThat(written).isNotDone();

    producers.getFirst().completeNext();
    assertThat(written).isCompleted();
  }

  @Test
  void a_record_that_fails_alone_leaves_the_producer_as_it_is() throws Exception {
    start(Duration.ofSeconds(5), 10, Duration.ZERO);
    var written = send("ann");
    settle();
    producers.getFirst().errorNext(new RecordTooLargeException());
    settle();

    assertThat(written).isCompletedExceptionally();
    assertThat(producers.getFirst().closed()).isFalse();
  }

  @Test
  void a_producer_that_is_fenced_is_replaced() throws Exception {
    start(Duration.ofSeconds(5), 10, Duration.ZERO);
    var written = send("ann");
    settle();
    producers.getFirst().errorNext(new InvalidProducerEpochException("fenced"));
    settle();
    var next = send("ann");
    settle();

    assertThat(written).isCompletedExceptionally();
    assertThat(producers).hasSize(2);
    assertThat(producers.getFirst().closed()).isTrue();
    producers.getLast().completeNext();
    assertThat(next).isCompleted();
  }

  @Test
  void a_producer_is_not_replaced_all_the_time() throws Exception {
    start(Duration.ofSeconds(5), 10, Duration.ofHours(1));
    send("ann");
    settle();
    producers.getFirst().errorNext(new InvalidProducerEpochException("fenced"));
    settle();

    send("ann");
    settle();
    assertThat(producers).hasSize(1);
  }

  @Test
  void more_than_may_wait_are_refused() throws Exception {
    start(Duration.ofSeconds(5), 2, Duration.ZERO);
    send("ann");
    send("ann");

    assertThatThrownBy(() -> send("ann").get(1, SECONDS))
        .hasMessageContaining("More than 2 records wait for Kafka");
  }

  @Test
  void what_has_waited_too_long_fails_without_being_written() throws Exception {
    start(Duration.ZERO, 10, Duration.ZERO);

    assertThatThrownBy(() -> send("ann").get(10, SECONDS))
        .hasMessageContaining("Kafka takes no records");
    assertThat(producers).isEmpty();
  }
}
