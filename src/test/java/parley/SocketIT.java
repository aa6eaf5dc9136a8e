package parley;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.SocketFixture.awaitReceipt;
import static parley.SocketFixture.direct;
import static parley.SocketFixture.pos;
import static parley.SocketFixture.said;
import static parley.SocketFixture.text;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A mailbox as a stream: what two clients written by others are told of it. */
@ParameterizedClass
@EnumSource(SocketLibrary.class)
class SocketIT {

  private static final int WINDOW = 256;

  @TempDir private static Path folder;

  private static SocketFixture fixture;

  @Parameter private SocketLibrary library;

  private ChatUser ann;
  private ChatUser ben;

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
  void two_users() {
    ann = fixture.user("ann");
    ben = fixture.user("ben");
  }

  @AfterEach
  void close() {
    fixture.closeSockets();
  }

  @Test
  void the_subprotocol_is_agreed_on() {
    assertThat(fixture.open(library, ann).subprotocol()).isEqualTo("parley.v1");
  }

  @Test
  void an_attach_is_answered_with_who_it_is_and_where_the_stream_starts() {
    var socket = fixture.open(library, ann);

    var hello = socket.attach();
    var caughtUp = socket.await("caught-up");

    assertThat(text(hello, "user")).isEqualTo(ann.id());
    assertThat(text(hello, "device")).isEqualTo(ann.deviceId());
    assertThat(pos(hello)).isZero();
    assertThat(hello.get("from").longValue()).isZero();
    assertThat(text(hello, "resume")).isEqualTo("complete");
    assertThat(pos(caughtUp)).isZero();
  }

  @Test
  void a_message_appears_on_all_devices_of_its_recipient() {
    var first = fixture.live(library, ben);
    var second = fixture.live(library, fixture.device(ben));

    var id = ann.sent(ben.id(), "hello", "c-1");
    var frame = first.await("message");

    assertThat(pos(frame)).isEqualTo(1);
    var message = frame.get("message");
    assertThat(text(message, "id")).isEqualTo(id);
    assertThat(text(message, "conversation")).isEqualTo(direct(ann, ben));
    assertThat(text(message, "from")).isEqualTo(ann.id());
    assertThat(message.get("content").get("type").textValue()).isEqualTo("text");
    assertThat(said(frame)).isEqualTo("hello");
    assertThat(message.get("read").booleanValue()).isFalse();
    assertThat(pos(message)).isEqualTo(1);
    assertThat(Instant.parse(text(message, "sentAt"))).isBefore(Instant.now().plusSeconds(5));
    assertThat(message.has("clientId")).isFalse();
    assertThat(second.await("message")).isEqualTo(frame);
  }

  @Test
  void a_stream_starts_after_the_position_asked_for() {
    sendFromAnn(5);
    var socket = fixture.open(library, ben);

    var hello = socket.attach(2);
    var replayed = socket.await("message", 3);
    var caughtUp = socket.await("caught-up");
    sendFromAnn(1);

    assertThat(pos(hello)).isEqualTo(5);
    assertThat(hello.get("from").longValue()).isEqualTo(2);
    assertThat(text(hello, "resume")).isEqualTo("complete");
    assertThat(replayed).extracting(SocketFixture::pos).containsExactly(3L, 4L, 5L);
    assertThat(replayed).extracting(SocketFixture::said).containsExactly("m2", "m3", "m4");
    assertThat(pos(caughtUp)).isEqualTo(5);
    assertThat(pos(socket.await("message"))).isEqualTo(6);
    assertThat(socket.untilPong("message")).isEmpty();
  }

  @Test
  void a_stream_starts_after_the_last_acknowledgement_of_its_device() {
    var sender = fixture.live(library, ann);
    var socket = fixture.live(library, ben);
    sendFromAnn(3);
    var second = socket.await("message", 3).get(1);
    socket.ack(pos(second));
    awaitReceipt(sender, "delivered", text(second.get("message"), "id"));
    socket.close();

    var again = fixture.open(library, ben);
    var hello = again.attach();
    var other = fixture.open(library, fixture.device(ben)).attach();

    assertThat(hello.get("from").longValue()).isEqualTo(2);
    assertThat(pos(again.await("message"))).isEqualTo(3);
    assertThat(other.get("from").longValue()).isZero();
  }

  @Test
  void a_position_beyond_the_mailbox_is_a_reset() {
    sendFromAnn(2);
    var socket = fixture.open(library, ben);

    var hello = socket.attach(99);

    assertThat(text(hello, "resume")).isEqualTo("reset");
    assertThat(pos(hello)).isEqualTo(2);
    assertThat(hello.get("from").longValue()).isLessThanOrEqualTo(2);
    socket.await("caught-up");
    sendFromAnn(1);
    assertThat(pos(socket.await("message"))).isEqualTo(3);
  }

  @Test
  void the_stream_waits_for_an_acknowledgement_after_256_entries() {
    sendFromAnn(WINDOW + 10);
    var socket = fixture.open(library, ben);

    socket.attach(0);
    var sent = socket.await("message", WINDOW);
    var ahead = socket.untilPong();
    socket.ack(4);
    var more = socket.await("message", 4);
    var furtherAhead = socket.untilPong();
    socket.ack(WINDOW + 4);

    assertThat(sent).extracting(SocketFixture::pos).isEqualTo(positions(1, WINDOW));
    assertThat(ahead).noneMatch(frame -> frame.has("pos"));
    assertThat(more).extracting(SocketFixture::pos).isEqualTo(positions(WINDOW + 1, 4));
    assertThat(furtherAhead).noneMatch(frame -> frame.has("pos"));
    assertThat(pos(socket.await("message", 6).getLast())).isEqualTo(WINDOW + 10);
    assertThat(pos(socket.await("caught-up"))).isEqualTo(WINDOW + 10);
  }

  @Test
  void a_long_mailbox_is_replayed_without_a_gap() {
    sendFromAnn(900);
    var socket = fixture.open(library, ben);

    socket.attach(0);

    for (long pos = 1; pos <= 900; pos++) {
      var frame = socket.await("message");
      assertThat(pos(frame)).isEqualTo(pos);
      assertThat(said(frame)).isEqualTo("m" + (pos - 1));
      if (pos % 50 == 0) {
        socket.ack(pos);
      }
    }
    assertThat(pos(socket.await("caught-up"))).isEqualTo(900);
  }

  @Test
  void a_ping_is_answered() {
    var socket = fixture.live(library, ann);

    socket.send("{'t':'ping'}");

    assertThat(socket.await("pong").size()).isEqualTo(1);
  }

  private void sendFromAnn(int count) {
    fixture.send(ann, ben, count);
  }

  private static List<Long> positions(long first, int count) {
    return IntStream.range(0, count).mapToObj(i -> first + i).toList();
  }
}
