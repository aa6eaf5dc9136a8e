package parley;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.SocketFixture.direct;
import static parley.SocketFixture.pos;
import static parley.SocketFixture.said;
import static parley.SocketFixture.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client says on a socket: what it is answered, and what others see of it. */
@ParameterizedClass
@EnumSource(SocketLibrary.class)
class SocketSendIT {

  private static final int CONTENT_BYTES_MAX = 64 * 1024;
  private static final int FRAME_BYTES_MAX = 128 * 1024;

  @TempDir private static Path folder;

  private static SocketFixture fixture;

  @Parameter private SocketLibrary library;

  private ChatUser ann;
  private ChatUser ben;
  private SocketClient socket;

  @BeforeAll
  static void start() {
    fixture = SocketFixture.start(folder.resolve("data"));
  }

  @AfterAll
  static void stop() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @BeforeEach
  void a_live_socket() {
    ann = fixture.user("ann");
    ben = fixture.user("ben");
    socket = fixture.live(library, ann);
  }

  @AfterEach
  void close() {
    fixture.closeSockets();
  }

  @Test
  void a_send_is_answered_when_it_is_safe() {
    socket.sendMessage("r-1", ben.id(), "hello");

    var sent = socket.await("sent");

    assertThat(text(sent, "ref")).isEqualTo("r-1");
    assertThat(text(sent, "conversation")).isEqualTo(direct(ann, ben));
    assertThat(Instant.parse(text(sent, "sentAt"))).isBefore(Instant.now().plusSeconds(5));
    assertThat(pos(sent)).isEqualTo(1);
    ben.awaitArrival(text(sent, "id"));
    assertThat(ben.unread(10))
        .singleElement()
        .satisfies(message -> assertThat(message.get("id")).isEqualTo(sent.get("id")));
  }

  @Test
  void a_send_may_name_the_conversation_and_the_content() {
    socket.send(
        "{'t':'send','ref':'r-1','to':'%s','content':{'type':'text','text':'hi'},'more':1}",
        direct(ann, ben));

    ben.awaitArrival(text(socket.await("sent"), "id"));

    assertThat(ben.unread(10).getFirst().get("content").get("text").textValue()).isEqualTo("hi");
  }

  @Test
  void the_other_devices_are_told_what_was_sent_and_the_sending_socket_is_not() {
    var other = fixture.live(library, fixture.device(ann));
    var sameDevice = fixture.live(library, ann);

    socket.sendMessage("r-1", ben.id(), "hello");
    var sent = socket.await("sent");
    var copy = other.await("message");

    assertThat(pos(copy)).isEqualTo(pos(sent));
    assertThat(copy.get("message").get("id")).isEqualTo(sent.get("id"));
    assertThat(text(copy.get("message"), "clientId")).isEqualTo("r-1");
    assertThat(text(copy.get("message"), "from")).isEqualTo(ann.id());
    assertThat(text(copy.get("message"), "status")).isIn("sent", "delivered", "read");
    assertThat(said(copy)).isEqualTo("hello");
    assertThat(pos(sameDevice.await("message"))).isEqualTo(pos(sent));
    socket.sendMessage("r-2", ben.id(), "again");
    socket.await("sent");
    other.await("message");
    assertThat(socket.untilPong("message")).isEmpty();
  }

  @Test
  void what_was_sent_over_rest_comes_to_the_sockets_of_the_sender() {
    var id = ann.sent(ben.id(), "over rest", "c-1");

    var frame = socket.await("message");

    assertThat(text(frame.get("message"), "id")).isEqualTo(id);
    assertThat(text(frame.get("message"), "clientId")).isEqualTo("c-1");
    assertThat(pos(frame)).isEqualTo(1);
  }

  @Test
  void many_sends_in_flight_keep_their_order() {
    var reader = fixture.live(library, ben);

    for (int i = 0; i < 200; i++) {
      socket.sendMessage("r-" + i, ben.id(), "m" + i);
    }
    var sent = socket.await("sent", 200);
    var received = reader.await("message", 200);

    assertThat(sent)
        .extracting(frame -> text(frame, "ref"))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 200).mapToObj(i -> "r-" + i).toList());
    assertThat(sent).extracting(SocketFixture::pos).doesNotHaveDuplicates();
    assertThat(received)
        .extracting(SocketFixture::said)
        .isEqualTo(IntStream.range(0, 200).mapToObj(i -> "m" + i).toList());
    assertThat(received).extracting(SocketFixture::pos).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void a_repeat_after_a_reconnect_is_answered_with_the_first_result() {
    socket.sendMessage("r-1", ben.id(), "once");
    var first = socket.await("sent");
    socket.cut();

    var again = fixture.live(library, ann);
    again.sendMessage("r-1", ben.id(), "once");

    assertThat(again.await("sent")).isEqualTo(first);
    ben.awaitArrival(text(first, "id"));
    assertThat(ben.unread(10)).hasSize(1);
  }

  @Test
  void a_reused_ref_is_refused() {
    socket.sendMessage("r-1", ben.id(), "once");
    socket.await("sent");

    socket.sendMessage("r-1", ben.id(), "something else");

    assertRefused("r-1", 409, "client-id-reused");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'t':'send','ref':'r-1','text':'hi'}; r-1; missing-field",
        "{'t':'send','ref':'r-1','to':'ben'}; r-1; missing-field",
        "{'t':'send','to':'ben','text':'hi'}; ; missing-field",
        "{'t':'send','ref':'r-1','to':'ben','text':7}; r-1; malformed-field",
        "{'t':'send','ref':'r-1','to':'nobody-at-all','text':'hi'}; r-1; unknown-recipient",
        "{'t':'send','ref':'r-1','to':'direct:x1:x2','text':'hi'}; r-1; unknown-recipient",
        "{'t':'ack'}; ; missing-field",
        "{'t':'ack','pos':'x'}; ; malformed-field",
        "{'t':'ack','pos':-1}; ; malformed-field",
        "{'t':'read','upTo':'01M83XJ8800003WXWTT4W8T8AB'}; ; missing-field",
        "{'t':'typing','on':true}; ; missing-field",
        "{'t':'nonsense'}; ; ",
        "{'text':'hi'}; ; missing-field",
      },
      quoteCharacter = '`')
  void a_wrong_frame_is_a_problem_and_the_socket_stays_open(String frame, String ref, String code) {
    socket.send(frame);

    assertRefused(ref, 400, code);
  }

  private void assertRefused(String ref, int status, String code) {
    var error = socket.await("error");
    var problem = error.get("problem");
    assertThat(error.path("ref").textValue()).isEqualTo(ref);
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("retryable").booleanValue()).isFalse();
    assertThat(text(problem, "title")).isNotEmpty();
    assertThat(text(problem, "detail")).isNotEmpty();
    assertThat(problem.has("type")).isTrue();
    if (code != null) {
      assertThat(text(problem, "code")).isEqualTo(code);
    }
    assertStillOpen();
  }

  private void assertStillOpen() {
    assertThat(socket.untilPong("error")).isEmpty();
    assertThat(socket.hasEnded()).isFalse();
  }

  @Test
  void content_over_64_kib_is_refused_and_nothing_is_stored() {
    socket.sendMessage("large", ben.id(), "x".repeat(CONTENT_BYTES_MAX + 1));
    assertRefused("large", 413, "too-large");
    assertThat(ben.call("GET", "/messages", "").statusCode()).isEqualTo(204);

    socket.sendMessage("fits", ben.id(), "x".repeat(CONTENT_BYTES_MAX));

    assertThat(text(socket.await("sent"), "ref")).isEqualTo("fits");
  }

  @Test
  void a_frame_over_128_kib_is_refused_and_the_socket_stays_open() {
    socket.send("{'t':'ping','padding':'%s'}", "x".repeat(FRAME_BYTES_MAX - 25));
    socket.await("pong");

    socket.send("{'t':'ping','padding':'%s'}", "x".repeat(FRAME_BYTES_MAX));

    JsonNode problem = socket.await("error").get("problem");
    assertThat(text(problem, "code")).isEqualTo("too-large");
    assertThat(problem.get("status").intValue()).isEqualTo(413);
    assertStillOpen();
  }

  @ParameterizedTest
  @CsvSource({"hello", "{", "''", "{\"t\":\"ping\"", "<ping/>"})
  void what_is_not_json_ends_the_socket(String text) {
    socket.send(text);

    assertThat(socket.await("error").get("problem").get("status").intValue()).isEqualTo(400);
    assertThat(socket.awaitEnd().code()).isBetween(4500, 4999);
  }

  @Test
  void a_binary_frame_ends_the_socket() {
    socket.sendBinary(new byte[] {1, 2, 3});

    assertThat(socket.awaitEnd().code()).isBetween(4500, 4999);
  }

  @Test
  void a_wrong_frame_of_one_socket_hurts_no_other() {
    var other = fixture.live(library, ann);

    socket.send("hello");
    socket.awaitEnd();
    other.sendMessage("r-1", ben.id(), "still here");

    assertThat(text(other.await("sent"), "ref")).isEqualTo("r-1");
  }
}
