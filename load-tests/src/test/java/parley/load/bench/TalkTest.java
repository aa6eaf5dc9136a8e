package parley.load.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.load.client.Frame;

class TalkTest {

  private final Talk talk =
      new Talk(Options.of(new String[] {"pairs"}), List.of("bob", "cid"), 0, 1);
  private final Device bob = new Device(2, talk);

  private void arrives(long sequence, long dueNanos) {
    var sent = new Body.Template(0, "bob", 200).frame(sequence, dueNanos);
    talk.received(bob, new Frame(ByteBuffer.wrap(sent)));
  }

  private Map<String, Double> numbers() {
    var numbers = new LinkedHashMap<String, Double>();
    talk.latencies().forEach(each -> each.addTo(numbers));
    talk.addRepeatedTo(numbers);
    return numbers;
  }

  @Test
  void what_was_due_in_the_window_counts_whenever_it_comes() throws InterruptedException {
    talk.measure();
    long due = System.nanoTime();
    Thread.sleep(20);
    talk.stop();

    arrives(1, due);

    assertThat(numbers().get("end to end max ms")).isGreaterThanOrEqualTo(20);
  }

  @Test
  void what_was_due_before_or_behind_the_window_does_not_count() throws InterruptedException {
    long before = System.nanoTime();
    Thread.sleep(1);
    talk.measure();
    talk.stop();

    arrives(1, before);
    arrives(2, System.nanoTime());

    assertThat(numbers()).containsEntry("end to end max ms", 0.0);
  }

  @Test
  void a_socket_that_is_expected_to_end_is_no_fault_and_all_else_is() {
    talk.expectEnd();

    bob.closed("killed");
    bob.received(null, frame("{\"t\":\"message\",\"pos\":1}"));
    bob.received(null, frame("{\"t\":\"message\",\"pos\":1}"));

    assertThat(talk.faults(List.of(bob))).containsExactly("User 2 was told position 1 again");
  }

  @Test
  void a_socket_that_ends_unasked_is_a_fault() {
    bob.closed("killed");

    assertThat(talk.faults(List.of(bob))).containsExactly("User 2 lost the socket: killed");
  }

  @Test
  void how_many_were_refused_is_told_even_when_none_was() {
    assertThat(numbers()).containsEntry("refused as busy and repeated", 0.0);
  }

  private static Frame frame(String json) {
    return new Frame(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
  }
}
