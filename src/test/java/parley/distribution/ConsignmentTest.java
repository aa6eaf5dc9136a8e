package parley.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.message.Delivery;
import parley.message.UserId;

class ConsignmentTest {

  private static final UserId ANN = new UserId("ann");
  private static final UserId BEN = new UserId("ben");
  private static final Talk TALK = new Talk(ANN, BEN);

  /** The first form that was written, as JSON in place of its CBOR: records are kept for weeks. */
  private static final String FORM =
      """
      {"type":"consignment","recipient":"ben","deliveries":[{"recipient":"ben","sequence":1,
       "entry":{"type":"message","id":"01M83XJ8810003WXWTT4W8T8AB","conversation":"direct:ann:ben",
        "from":"ann","clientId":"c1","content":{"type":"text","text":"text 1"},"replyTo":null}}]}\
      """;

  private static ActorTestKit kit;
  private static ConsignmentForm form;

  @BeforeAll
  static void start() {
    kit =
        ActorTestKit.create(
            ConfigFactory.parseString("akka.actor.provider = local")
                .withFallback(ConfigFactory.load()));
    form = new ConsignmentForm(kit.system());
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  private static ConsignmentForm.Reading read(byte[] value) {
    return form.read(new ConsumerRecord<>("topic", 0, 0, "ben", value));
  }

  @Test
  void it_is_written_and_read_in_its_first_form() throws Exception {
    var json = JsonMapper.builder().build();
    var cbor = CBORMapper.builder().build();
    var golden = json.readTree(FORM);
    var consignment = new Consignment(BEN, TALK.deliveries(1, 1));

    var record = form.write("topic", consignment);
    assertThat(json.readTree(cbor.readTree(record.value()).toString())).isEqualTo(golden);
    assertThat(record.key()).isEqualTo("ben");
    assertThat(record.headers()).isEmpty();
    assertThat(read(cbor.writeValueAsBytes(golden)))
        .isEqualTo(new ConsignmentForm.Readable(consignment));
  }

  @Test
  void what_is_not_a_consignment_is_unreadable() throws Exception {
    var cbor = CBORMapper.builder().build();
    var json = JsonMapper.builder().build();
    var wrong =
        List.of(
            "{}",
            "[]",
            "{\"type\":\"parcel\"}",
            "{\"type\":\"consignment\",\"recipient\":\"ben\",\"deliveries\":[]}",
            "{\"type\":\"consignment\",\"recipient\":\"ben\",\"deliveries\":[null]}",
            FORM.replace(
                "\"recipient\":\"ben\",\"sequence\"", "\"recipient\":\"eve\",\"sequence\""),
            FORM.replace("\"ben\"", "\"No user\""),
            FORM.replace("\"entry\"", "\"other\""));
    for (var text : wrong) {
      assertThat(read(cbor.writeValueAsBytes(json.readTree(text))))
          .as(text)
          .isInstanceOf(ConsignmentForm.Unreadable.class);
    }
  }

  @Test
  void many_deliveries_are_parted_by_number_and_by_size() {
    var many = TALK.deliveries(1, 600);
    assertThat(Consignment.of(BEN, many))
        .extracting(part -> part.deliveries().size())
        .isEqualTo(List.of(256, 256, 88));
    assertThat(Consignment.of(BEN, many).stream().flatMap(part -> part.deliveries().stream()))
        .isEqualTo(many);

    var text = "x".repeat(60_000);
    var large = IntStream.rangeClosed(1, 3).mapToObj(n -> TALK.delivery(n, text)).toList();
    assertThat(Consignment.of(BEN, large))
        .extracting(part -> part.deliveries().size())
        .isEqualTo(List.of(2, 1));
  }

  @Test
  void the_largest_one_fits_into_a_message_between_nodes() {
    var longest = new Talk(new UserId("a".repeat(64)), new UserId("b".repeat(64)));
    var many =
        IntStream.rangeClosed(1, 600).<Delivery>mapToObj(n -> longest.delivery(n, "x")).toList();

    for (var part : Consignment.of(longest.to(), many)) {
      assertThat(form.write("topic", part).value().length)
          .isLessThan(Consignment.BYTES_MAX + Consignment.OVERHEAD_BYTES);
    }
  }

  @Test
  void it_is_for_one_recipient() {
    assertThatThrownBy(() -> new Consignment(ANN, TALK.deliveries(1, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Consignment(BEN, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
