package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import akka.NotUsed;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.http.impl.engine.ws.FrameData;
import akka.http.impl.engine.ws.FrameEvent;
import akka.http.impl.engine.ws.FrameHeader;
import akka.http.impl.engine.ws.FrameStart;
import akka.http.impl.engine.ws.Protocol;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.testkit.TestPublisher;
import akka.stream.testkit.TestSubscriber;
import akka.stream.testkit.javadsl.TestSink;
import akka.stream.testkit.javadsl.TestSource;
import akka.util.ByteString;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.message.UserId;
import parley.socket.SessionCommand.Close;
import parley.socket.SessionCommand.Disconnected;
import parley.socket.SessionCommand.Opened;
import parley.socket.SessionCommand.Ready;
import parley.socket.SessionCommand.Received;
import parley.socket.SessionCommand.ToDevice;
import parley.socket.SessionCommand.Written;
import scala.Option;

class SocketStageTest {

  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString("akka.actor.provider = local")
              .withFallback(ConfigFactory.load()));
  private static final Duration QUIET = Duration.ofMillis(100);
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PONG = 10;

  private final TestProbe<SessionCommand> session = KIT.createTestProbe();
  private TestPublisher.Probe<FrameEvent> peer;
  private TestSubscriber.Probe<FrameEvent> toPeer;
  private Opened opened;

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @BeforeEach
  void open() {
    var both =
        TestSource.<FrameEvent>create(KIT.system())
            .via(stage(session))
            .toMat(TestSink.create(KIT.system()), Keep.both())
            .run(KIT.system());
    peer = both.first();
    toPeer = both.second();
    opened = session.expectMessageClass(Opened.class);
  }

  private static Flow<FrameEvent, FrameEvent, NotUsed> stage(TestProbe<SessionCommand> session) {
    return Flow.fromGraph(new SocketStage(session.ref(), new UserId("ann"), SessionTest.SETTINGS));
  }

  private static FrameEvent frame(int opcode, String text) {
    return FrameEvent.fullFrame(
        Protocol.Opcode$.MODULE$.forCode((byte) opcode),
        Option.apply(0),
        ByteString.fromString(text),
        true,
        false,
        false,
        false);
  }

  private static FrameEvent ack(long pos) {
    return frame(TEXT, "{\"t\":\"ack\",\"pos\":%d}".formatted(pos));
  }

  private void readOn() {
    opened.reader().tell(Ready.INSTANCE);
  }

  private List<ClientFrame> received() {
    return session.expectMessageClass(Received.class).frames();
  }

  private static String text(FrameEvent frame) {
    var start = (FrameStart) frame;
    return start.header().opcode().code() + " " + start.data().utf8String();
  }

  private static ToDevice pongs(int count, Optional<Close> close) {
    return new ToDevice(
        IntStream.range(0, count).<ServerFrame>mapToObj(i -> new ServerFrame.Pong()).toList(),
        close);
  }

  /** A session of its own, whose device has said all that before anything is read. */
  private static TestProbe<SessionCommand> hearing(List<FrameEvent> frames) {
    var other = KIT.<SessionCommand>createTestProbe();
    Source.from(frames)
        .concat(Source.maybe())
        .via(stage(other))
        .to(Sink.ignore())
        .run(KIT.system());
    return other;
  }

  @Test
  void what_arrives_together_is_handed_over_together_and_in_order() {
    var positions = LongStream.range(0, 20).boxed().toList();
    var other = hearing(positions.stream().map(SocketStageTest::ack).toList());

    other.expectMessageClass(Opened.class).reader().tell(Ready.INSTANCE);

    assertThat(other.expectMessageClass(Received.class).frames())
        .extracting(frame -> ((ClientFrame.Ack) frame).pos())
        .containsExactlyElementsOf(positions);
  }

  @Test
  void what_arrives_alone_does_not_wait() {
    for (long pos = 1; pos <= 3; pos++) {
      readOn();
      peer.sendNext(ack(pos));
      assertThat(received()).containsExactly(new ClientFrame.Ack(pos));
    }
  }

  @Test
  void what_arrives_while_the_session_is_busy_waits_for_it() {
    readOn();
    peer.sendNext(ack(1));
    assertThat(received()).hasSize(1);
    peer.sendNext(ack(2)).sendNext(ack(3));
    session.expectNoMessage(QUIET);

    readOn();

    assertThat(received()).containsExactly(new ClientFrame.Ack(2), new ClientFrame.Ack(3));
  }

  @Test
  void what_is_too_much_at_once_is_handed_over_in_parts() {
    var large =
        "{\"t\":\"send\",\"ref\":\"a\",\"to\":\"direct:ann:bob\",\"text\":\"%s\"}"
            .formatted("x".repeat(60_000));
    var other = hearing(Collections.nCopies(20, frame(TEXT, large)));
    var reader = other.expectMessageClass(Opened.class).reader();

    var parts = new ArrayList<Integer>();
    while (parts.stream().mapToInt(it -> it).sum() < 20) {
      reader.tell(Ready.INSTANCE);
      var frames = other.expectMessageClass(Received.class).frames();
      assertThat(frames).hasOnlyElementsOfType(ClientFrame.Send.class);
      parts.add(frames.size());
    }

    assertThat(parts).containsExactly(5, 5, 5, 5);
  }

  @Test
  void an_end_comes_after_what_came_before_it_though_the_session_is_busy() {
    peer.sendNext(ack(1)).sendNext(ack(2)).sendComplete();

    assertThat(received()).hasSize(2);
    session.expectMessage(Disconnected.INSTANCE);
    session.expectNoMessage(QUIET);
  }

  @Test
  void a_peer_that_breaks_off_is_an_end_too() {
    peer.sendError(new IllegalStateException("connection reset"));

    session.expectMessage(Disconnected.INSTANCE);
  }

  @Test
  void frames_go_out_as_the_peer_takes_them_and_one_batch_ahead_is_asked_for() {
    opened.device().tell(pongs(2, Optional.empty()));
    session.expectNoMessage(QUIET);

    toPeer.request(1);
    assertThat(text(toPeer.expectNext())).isEqualTo("1 {\"t\":\"pong\"}");
    session.expectMessage(Written.INSTANCE);
    opened.device().tell(pongs(1, Optional.of(new Close(4001, "later"))));
    session.expectNoMessage(QUIET);

    toPeer.request(2);
    assertThat(text(toPeer.expectNext())).isEqualTo("1 {\"t\":\"pong\"}");
    assertThat(text(toPeer.expectNext())).isEqualTo("1 {\"t\":\"pong\"}");
    session.expectMessage(Written.INSTANCE);
    toPeer.expectNoMessage();

    toPeer.request(1);
    assertThat(text(toPeer.expectNext())).startsWith("8 ").endsWith("later");
  }

  @Test
  void what_the_peer_says_while_it_is_said_goodbye_to_is_passed_over() {
    opened.device().tell(pongs(0, Optional.of(new Close(4001, "later"))));
    toPeer.request(2);
    assertThat(text(toPeer.expectNext())).startsWith("8 ");
    session.expectMessage(Written.INSTANCE);
    readOn();
    peer.sendNext(ack(1));
    session.expectNoMessage(QUIET);

    peer.sendNext(frame(CLOSE, ""));

    toPeer.expectComplete();
    session.expectMessage(Disconnected.INSTANCE);
  }

  @Test
  void a_violation_ends_it_after_what_came_before() {
    toPeer.request(2);
    peer.sendNext(ack(1)).sendNext(frame(3, "opcode 3"));

    assertThat(text(toPeer.expectNext())).startsWith("8 ");
    assertThat(received()).containsExactly(new ClientFrame.Ack(1));
    session.expectMessage(Disconnected.INSTANCE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_is_left_of_a_violation_is_passed_over(boolean comesFirst) {
    if (!comesFirst) {
      peer.sendNext(frame(PONG, ""));
    }
    var compressed =
        new FrameHeader(
            Protocol.Opcode$.MODULE$.forCode((byte) TEXT),
            Option.apply(0),
            3_000_000,
            true,
            true,
            false,
            false);
    toPeer.request(2);
    peer.sendNext(new FrameStart(compressed, ByteString.fromString("begin")));
    assertThat(text(toPeer.expectNext())).startsWith("8 ");
    peer.sendNext(new FrameData(ByteString.fromString("goes on"), false));
    peer.sendNext(new FrameData(ByteString.fromString("ends"), true));
    toPeer.expectNoMessage();

    peer.sendNext(frame(CLOSE, ""));

    toPeer.expectComplete();
  }

  @Test
  void a_session_that_ends_while_it_says_goodbye_leaves_its_reason() {
    opened.device().tell(pongs(1, Optional.of(new Close(4500, "signed out"))));

    toPeer.ensureSubscription();
    session.stop();
    toPeer.expectNoMessage();
    toPeer.request(1);

    assertThat(text(toPeer.expectNext())).startsWith("8 ").endsWith("signed out");
  }

  @Test
  void a_session_that_ends_by_itself_closes_the_socket() {
    toPeer.request(1);

    session.stop();

    assertThat(text(toPeer.expectNext())).startsWith("8 ").contains("connect again");
  }
}
