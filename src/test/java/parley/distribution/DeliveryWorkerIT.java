package parley.distribution;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.message.Delivery;
import parley.message.UserId;
import parley.services.RunningKafka;
import parley.services.Services;

/** Workers on a real Kafka, and what may happen to them. */
@ExtendWith(Services.class)
class DeliveryWorkerIT {

  private static final UserId ANN = new UserId("ann");
  private static final UserId BEN = new UserId("ben");
  private static final Talk ANN_TO_BEN = new Talk(ANN, BEN);

  private final ScriptedMailboxes mailboxes = new ScriptedMailboxes();
  private final Deque<KafkaNode> nodes = new ArrayDeque<>();
  private final RunningKafka kafka;
  private final KafkaSettings settings;

  DeliveryWorkerIT(RunningKafka kafka) {
    this.kafka = kafka;
    this.settings = KafkaNode.settings(kafka);
  }

  @AfterEach
  void stop() {
    nodes.forEach(KafkaNode::stop);
  }

  private KafkaNode start(KafkaSettings settings, String config) {
    var node = new KafkaNode(settings, config);
    nodes.add(node);
    node.distribution.work(mailboxes);
    node.awaitUp();
    return node;
  }

  private KafkaNode start() {
    return start(settings, "");
  }

  private static void handOver(KafkaNode node, List<Delivery> batch) {
    KafkaNode.get(node.distribution.distributor().distribute(batch));
  }

  @Test
  void what_cannot_be_read_goes_to_the_dead_letters_and_stops_nobody() {
    var node = start();
    handOver(node, ANN_TO_BEN.deliveries(1, 1));
    write(new ProducerRecord<>(settings.topics().deliveries(), "ben", new byte[] {1, 2, 3}));
    handOver(node, ANN_TO_BEN.deliveries(2, 2));

    assertThat(mailboxes.arrivals(BEN, 2)).isEqualTo(ANN_TO_BEN.deliveries(1, 2));
    var letter = firstDeadLetter();
    assertThat(letter.key()).isEqualTo("ben");
    assertThat(letter.value()).containsExactly(1, 2, 3);
    assertThat(header(letter, "parley-reason")).startsWith("its value is not a consignment");
    assertThat(header(letter, "parley-topic")).isEqualTo(settings.topics().deliveries());
    assertThat(header(letter, "parley-offset")).isEqualTo("1");
    assertThat(node.metrics.text()).contains("parley_dead_letters_total 1.0");
  }

  private void write(ProducerRecord<String, byte[]> record) {
    Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
      producer.send(record);
    }
  }

  private ConsumerRecord<String, byte[]> firstDeadLetter() {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "group.id",
            kafka.freshName(),
            "auto.offset.reset",
            "earliest");
    try (var consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(settings.topics().deadLetters()));
      for (int attempt = 0; attempt < 60; attempt++) {
        var records = consumer.poll(Duration.ofSeconds(1));
        if (!records.isEmpty()) {
          return records.iterator().next();
        }
      }
    }
    throw new AssertionError("There is no dead letter");
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void a_worker_that_dies_before_it_commits_makes_duplicates_and_loses_nothing() {
    var node = start(settings, "akka.kafka.committer.max-interval = 1h");
    handOver(node, ANN_TO_BEN.deliveries(1, 50));
    mailboxes.arrivals(BEN, 50);
    nodes.remove(node);
    node.kill();

    var next = start();
    handOver(next, ANN_TO_BEN.deliveries(51, 100));

    assertThat(mailboxes.arrivals(BEN, 100)).isEqualTo(ANN_TO_BEN.deliveries(1, 100));
    assertThat(mailboxes.duplicates()).isEqualTo(50);
  }

  @Test
  void a_worker_that_stops_in_order_has_committed_what_it_delivered() {
    var node = start(settings, "akka.kafka.committer.max-interval = 1h");
    handOver(node, ANN_TO_BEN.deliveries(1, 50));
    mailboxes.arrivals(BEN, 50);
    nodes.remove(node);
    node.stop();

    var next = start();
    handOver(next, ANN_TO_BEN.deliveries(51, 100));

    assertThat(mailboxes.arrivals(BEN, 100)).isEqualTo(ANN_TO_BEN.deliveries(1, 100));
    assertThat(mailboxes.duplicates()).isZero();
  }

  @Test
  void workers_share_the_partitions_and_one_may_leave() {
    var talks =
        IntStream.range(0, 40).mapToObj(n -> new Talk(ANN, new UserId("user" + n))).toList();
    var first = start();
    var second = start();
    int last = 0;
    while (!hasDelivered(first) || !hasDelivered(second)) {
      last = handOverMore(first, talks, last);
    }
    nodes.remove(second);
    second.stop();
    for (int more = 0; more < 20; more++) {
      last = handOverMore(first, talks, last);
    }

    for (var talk : talks) {
      assertThat(mailboxes.arrivals(talk.to(), last)).isEqualTo(talk.deliveries(1, last));
    }
  }

  private static boolean hasDelivered(KafkaNode node) {
    return !node.metrics.text().contains("parley_worker_deliveries_total 0.0");
  }

  /** One batch with ten more of each. */
  private static int handOverMore(KafkaNode node, List<Talk> talks, int last) {
    var batch = new ArrayList<Delivery>();
    talks.forEach(talk -> batch.addAll(talk.deliveries(last + 1, last + 10)));
    handOver(node, batch);
    return last + 10;
  }

  @Test
  void what_recipients_have_not_taken_yet_is_the_lag() {
    mailboxes.hold(BEN);
    var node = start();
    for (int number = 1; number <= 3; number++) {
      handOver(node, ANN_TO_BEN.deliveries(number, number));
    }

    awaitLag(node, 3);
    mailboxes.release(BEN);
    awaitLag(node, 0);
  }

  private void awaitLag(KafkaNode node, int records) {
    var line =
        "parley_worker_lag{topic=\"%s\"} %d.0".formatted(settings.topics().deliveries(), records);
    long deadline = System.nanoTime() + SECONDS.toNanos(60);
    while (!node.metrics.text().contains(line)) {
      assertThat(deadline - System.nanoTime()).as(line).isPositive();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  @Test
  void a_pause_of_kafka_is_ridden_out() throws Exception {
    var node = start();
    handOver(node, ANN_TO_BEN.deliveries(1, 10));
    var distributor = node.distribution.distributor();
    kafka.pause();
    try {
      assertThat(distributor.distribute(ANN_TO_BEN.deliveries(11, 20)).toCompletableFuture())
          .isNotDone();
    } finally {
      kafka.resume();
    }
    handOver(node, ANN_TO_BEN.deliveries(11, 30));

    assertThat(mailboxes.arrivals(BEN, 30)).isEqualTo(ANN_TO_BEN.deliveries(1, 30));
  }

  @Test
  void when_kafka_is_away_for_too_long_a_batch_fails_and_is_repeated() throws Exception {
    var impatient =
        new KafkaSettings(
            settings.bootstrapServers(),
            settings.group(),
            settings.checkInterval(),
            settings.topics(),
            new KafkaSettings.Sending(Duration.ofSeconds(2), 1_000),
            settings.work(),
            Map.of());
    var node = start(impatient, "");
    handOver(node, ANN_TO_BEN.deliveries(1, 10));
    var distributor = node.distribution.distributor();
    kafka.pause();
    try {
      var batch = distributor.distribute(ANN_TO_BEN.deliveries(11, 20)).toCompletableFuture();
      assertThat(failure(batch::get)).isInstanceOf(ExecutionException.class);
    } finally {
      kafka.resume();
    }
    handOver(node, ANN_TO_BEN.deliveries(11, 30));

    assertThat(mailboxes.arrivals(BEN, 30)).isEqualTo(ANN_TO_BEN.deliveries(1, 30));
  }

  private interface Waiting {
    Object forIt(long time, TimeUnit unit) throws Exception;
  }

  private static Exception failure(Waiting waiting) {
    try {
      waiting.forIt(60, SECONDS);
      throw new AssertionError("It did not fail");
    } catch (Exception e) {
      return e;
    }
  }
}
