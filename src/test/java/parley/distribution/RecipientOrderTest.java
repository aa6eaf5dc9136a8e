package parley.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Keep;
import akka.stream.testkit.TestPublisher;
import akka.stream.testkit.TestSubscriber;
import akka.stream.testkit.javadsl.TestSink;
import akka.stream.testkit.javadsl.TestSource;
import com.typesafe.config.ConfigFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.Gap;
import parley.message.UserId;
import parley.ops.Metrics;

/** One partition's records, with their offsets as places. */
class RecipientOrderTest {

  private static final UserId ANN = new UserId("ann");
  private static final UserId BEN = new UserId("ben");
  private static final UserId EVE = new UserId("eve");
  private static final Talk ANN_TO_BEN = new Talk(ANN, BEN);
  private static final Talk EVE_TO_BEN = new Talk(EVE, BEN);
  private static final Talk ANN_TO_EVE = new Talk(ANN, EVE);
  private static final ConversationId ANN_AND_BEN = ConversationId.between(ANN, BEN);
  private static final int WINDOW_RECORDS_MAX = 10;
  private static final Duration GAP_PATIENCE = Duration.ofMillis(200);

  private static ActorTestKit kit;

  private final ScriptedMailboxes mailboxes = new ScriptedMailboxes();
  private final Metrics metrics = new Metrics();
  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
  private final RecordSender sender =
      new RecordSender(new KafkaSettings.Sending(Duration.ofSeconds(5), 100), () -> producer);
  private ConsignmentForm form;
  private TestPublisher.Probe<RecipientOrder.Arrival<Long>> partition;
  private TestSubscriber.Probe<Long> places;
  private long offset;

  @BeforeAll
  static void startKit() {
    kit =
        ActorTestKit.create(
            ConfigFactory.parseString("akka.actor.provider = local")
                .withFallback(ConfigFactory.load()));
  }

  @AfterAll
  static void stopKit() {
    kit.shutdownTestKit();
  }

  @BeforeEach
  void start() {
    form = new ConsignmentForm(kit.system());
    var settings =
        new KafkaSettings.Work(
            WINDOW_RECORDS_MAX,
            1024 * 1024,
            2,
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            GAP_PATIENCE);
    var letters = new DeadLetters("dead", sender, metrics);
    var desk = new RecipientOrder.Desk(form, mailboxes, letters, metrics);
    var probes =
        TestSource.<RecipientOrder.Arrival<Long>>create(kit.system())
            .via(new RecipientOrder<>(settings, desk))
            .toMat(TestSink.create(kit.system()), Keep.both())
            .run(kit.system());
    partition = probes.first();
    places = probes.second();
    places.request(1_000);
  }

  @AfterEach
  void stop() {
    partition.sendComplete();
    sender.close();
    metrics.close();
  }

  /** Puts a record with these deliveries into the partition; its offset. */
  private long put(Delivery... deliveries) {
    var record =
        form.write("topic", new Consignment(deliveries[0].recipient(), List.of(deliveries)));
    return put(record.key(), record.value());
  }

  private long put(String key, byte[] value) {
    var record = new ConsumerRecord<>("topic", 3, offset, key, value);
    partition.sendNext(new RecipientOrder.Arrival<>(record, offset));
    return offset++;
  }

  /** Returns once all up to the place are done. */
  private void awaitDone(long place) {
    long last = -1;
    while (last < place) {
      long next = places.expectNext();
      assertThat(next).isGreaterThan(last);
      last = next;
    }
    assertThat(last).isEqualTo(place);
  }

  private List<ProducerRecord<String, byte[]>> deadLetters() {
    return producer.history();
  }

  private static String header(ProducerRecord<String, byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void a_place_is_told_when_all_before_it_are_done() {
    mailboxes.hold(BEN);
    put(ANN_TO_BEN.delivery(1));
    long last = put(ANN_TO_EVE.delivery(1));
    mailboxes.arrivals(EVE, 1);
    places.expectNoMessage(Duration.ofMillis(50));

    mailboxes.release(BEN);
    awaitDone(last);
    assertThat(mailboxes.arrivals(BEN, 1)).containsExactly(ANN_TO_BEN.delivery(1));
  }

  @Test
  void what_gathers_for_a_recipient_is_one_message() {
    mailboxes.hold(BEN);
    put(ANN_TO_BEN.delivery(1));
    mailboxes.awaitCalls(BEN, 1);
    put(ANN_TO_BEN.delivery(2), ANN_TO_BEN.delivery(3));
    put(EVE_TO_BEN.delivery(1));
    put(ANN_TO_BEN.delivery(4));
    long last = put(ANN_TO_EVE.delivery(1));
    // What went in before it is there too.
    mailboxes.awaitCalls(EVE, 1);
    mailboxes.release(BEN);
    awaitDone(last);

    assertThat(mailboxes.arrivals(BEN, 5))
        .containsExactly(
            ANN_TO_BEN.delivery(1),
            ANN_TO_BEN.delivery(2),
            ANN_TO_BEN.delivery(3),
            EVE_TO_BEN.delivery(1),
            ANN_TO_BEN.delivery(4));
    assertThat(mailboxes.calls(BEN)).isLessThanOrEqualTo(3);
    assertThat(mailboxes.overlaps()).isEmpty();
  }

  @Test
  void what_fails_is_repeated_and_nothing_overtakes_it() {
    mailboxes.refuse(BEN, 3);
    long last = 0;
    for (int sequence = 1; sequence <= 5; sequence++) {
      last = put(ANN_TO_BEN.delivery(sequence));
    }
    awaitDone(last);

    assertThat(mailboxes.arrivals(BEN, 5)).isEqualTo(ANN_TO_BEN.deliveries(1, 5));
    assertThat(mailboxes.overlaps()).isEmpty();
    assertThat(metrics.text()).contains("parley_worker_retries_total 3.0");
  }

  @Test
  void others_go_on_as_far_as_the_window_reaches() {
    mailboxes.hold(BEN);
    put(ANN_TO_BEN.delivery(1));
    for (int sequence = 1; sequence <= WINDOW_RECORDS_MAX; sequence++) {
      put(ANN_TO_EVE.delivery(sequence));
    }
    mailboxes.arrivals(EVE, WINDOW_RECORDS_MAX - 1);
    places.expectNoMessage(Duration.ofMillis(50));
    assertThat(mailboxes.arrivals(EVE, 1)).hasSize(WINDOW_RECORDS_MAX - 1);

    mailboxes.release(BEN);
    awaitDone(WINDOW_RECORDS_MAX);
    assertThat(mailboxes.arrivals(EVE, 1)).hasSize(WINDOW_RECORDS_MAX);
  }

  @Test
  void what_cannot_be_read_is_a_dead_letter_and_stops_nobody() {
    long first = put("ben", "nonsense".getBytes(StandardCharsets.UTF_8));
    put("ben", null);
    put("eve", form.write("topic", new Consignment(BEN, ANN_TO_BEN.deliveries(1, 1))).value());
    awaitDone(put(ANN_TO_BEN.delivery(1)));

    assertThat(deadLetters()).hasSize(3);
    var letter = deadLetters().getFirst();
    assertThat(letter.key()).isEqualTo("ben");
    assertThat(letter.value()).asString().isEqualTo("nonsense");
    assertThat(header(letter, "parley-reason")).startsWith("its value is not a consignment");
    assertThat(header(letter, "parley-topic")).isEqualTo("topic");
    assertThat(header(letter, "parley-partition")).isEqualTo("3");
    assertThat(header(letter, "parley-offset")).isEqualTo(Long.toString(first));
    assertThat(metrics.text()).contains("parley_dead_letters_total 3.0");
  }

  @Test
  void a_dead_letter_is_written_again_until_it_is_safe() {
    producer.sendException = new IllegalStateException("Kafka is away");
    put("ben", null);
    places.expectNoMessage(Duration.ofMillis(50));

    producer.sendException = null;
    awaitDone(0);
    assertThat(deadLetters()).hasSize(1);
  }

  @Test
  void a_gap_that_is_filled_from_elsewhere_is_waited_for() {
    put(ANN_TO_BEN.delivery(2));
    mailboxes.awaitCalls(BEN, 2);
    KafkaNode.get(mailboxes.deliver(BEN, ANN_TO_BEN.deliveries(1, 1), Optional.empty()));
    awaitDone(0);

    assertThat(mailboxes.arrivals(BEN, 2)).isEqualTo(ANN_TO_BEN.deliveries(1, 2));
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void what_is_lost_is_passed_over_when_the_patience_has_run_out() {
    put(ANN_TO_BEN.delivery(2), ANN_TO_BEN.delivery(3));
    put(EVE_TO_BEN.delivery(1));
    long begun = System.nanoTime();
    awaitDone(put(ANN_TO_BEN.delivery(4)));

    assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(GAP_PATIENCE.toNanos());
    assertThat(mailboxes.arrivals(BEN, 4))
        .containsExactly(
            ANN_TO_BEN.delivery(2),
            ANN_TO_BEN.delivery(3),
            EVE_TO_BEN.delivery(1),
            ANN_TO_BEN.delivery(4));
    assertThat(mailboxes.passed()).containsExactly(new Gap(ANN_AND_BEN, 1, 2));
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void what_is_missing_and_stands_behind_arrives_in_the_end() {
    put(ANN_TO_BEN.delivery(2));
    put(ANN_TO_BEN.delivery(1));
    awaitDone(put(ANN_TO_BEN.delivery(2)));

    assertThat(mailboxes.arrivals(BEN, 2)).isEqualTo(ANN_TO_BEN.deliveries(1, 2));
    assertThat(mailboxes.passed()).isEmpty();
  }

  @Test
  void gaps_behind_one_another_are_waited_for_once() {
    put(ANN_TO_BEN.delivery(2), EVE_TO_BEN.delivery(3));
    awaitDone(0);

    // The attempt that passes over the first gap meets the second one; the next one passes it.
    var attempts = mailboxes.passings();
    assertThat(attempts.get(1)).isEqualTo(attempts.get(0) + 1);
    assertThat(mailboxes.arrivals(BEN, 2))
        .containsExactly(ANN_TO_BEN.delivery(2), EVE_TO_BEN.delivery(3));
    assertThat(mailboxes.passed())
        .containsExactly(
            new Gap(ANN_AND_BEN, 1, 2), new Gap(ConversationId.between(BEN, EVE), 1, 3));
  }

  @Test
  void a_gap_that_stays_is_not_waited_for_again() {
    mailboxes.keepGaps();
    awaitDone(put(ANN_TO_BEN.delivery(2)));
    int calls = mailboxes.calls(BEN);
    awaitDone(put(ANN_TO_BEN.delivery(3)));

    assertThat(mailboxes.calls(BEN)).isEqualTo(calls + 2);
    assertThat(mailboxes.passed())
        .containsExactly(new Gap(ANN_AND_BEN, 1, 2), new Gap(ANN_AND_BEN, 1, 3));
  }

  @Test
  void gaps_that_stay_do_not_hold_each_other_up() {
    mailboxes.keepGaps();
    mailboxes.hold(BEN);
    put(ANN_TO_BEN.delivery(2));
    long last = put(EVE_TO_BEN.delivery(2));
    mailboxes.release(BEN);
    awaitDone(last);

    assertThat(mailboxes.arrivals(BEN, 2))
        .containsExactly(ANN_TO_BEN.delivery(2), EVE_TO_BEN.delivery(2));
  }

  @Test
  void nothing_is_waited_for_once_a_lost_one_is_passed() {
    awaitDone(put(ANN_TO_BEN.delivery(2)));
    int calls = mailboxes.calls(BEN);
    awaitDone(put(ANN_TO_BEN.delivery(3)));

    assertThat(mailboxes.calls(BEN)).isEqualTo(calls + 1);
    assertThat(mailboxes.passed()).hasSize(1);
  }

  @Test
  void when_the_partition_goes_what_is_under_way_ends_and_the_rest_is_left() {
    mailboxes.hold(BEN);
    put(ANN_TO_BEN.delivery(1));
    mailboxes.awaitCalls(BEN, 1);
    put(ANN_TO_BEN.delivery(2));
    partition.sendComplete();
    places.expectNoMessage(Duration.ofMillis(50));

    mailboxes.release(BEN);
    places.expectNext(0L);
    places.expectComplete();
    assertThat(mailboxes.arrivals(BEN, 1)).containsExactly(ANN_TO_BEN.delivery(1));
  }

  @Test
  void when_the_partition_goes_what_fails_is_not_repeated() {
    mailboxes.hold(BEN);
    mailboxes.refuse(BEN, 1);
    put(ANN_TO_BEN.delivery(1));
    mailboxes.awaitCalls(BEN, 1);
    partition.sendComplete();
    mailboxes.release(BEN);

    places.expectComplete();
    assertThat(mailboxes.calls(BEN)).isEqualTo(1);
  }
}
