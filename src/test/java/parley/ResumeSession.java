package parley;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * What a device says and hears on one connection: it sends, stores and acknowledges. Everything
 * that it hears is held against PROTOCOL.md.
 */
final class ResumeSession {

  private static final int HELLO_WITHIN_MS = 30_000;
  private static final int RETRY_AFTER_MS = 200;
  private static final int IN_FLIGHT_MOST = 16;
  private static final int UNACKED_MOST = 64;
  private static final int BURST = 5;

  private final ResumeDevice device;
  private final SocketClient socket;
  private final long helloBy = in(HELLO_WITHIN_MS);
  private Optional<Long> after = Optional.empty();
  private Optional<ResumeStream> stream = Optional.empty();
  private Optional<Long> retryAt = Optional.empty();
  private boolean wantsToLeave;
  private long acked;
  private long nextSendAt;

  ResumeSession(ResumeDevice device, SocketClient socket) {
    this.device = device;
    this.socket = socket;
    this.nextSendAt = untilNextSend();
  }

  static long in(int millis) {
    return System.nanoTime() + Duration.ofMillis(millis).toNanos();
  }

  static boolean isDue(long time) {
    return time - System.nanoTime() <= 0;
  }

  /** From the device's own memory, or from the node's. */
  void attach() {
    device.sends().begin();
    if (device.random().nextBoolean()) {
      after = Optional.of(device.store().cursor());
      socket.send("{'t':'attach','after':%d}", after.get());
    } else {
      socket.send("{'t':'attach'}");
    }
  }

  /** Whether the node has asked to come back later. */
  boolean wantsToLeave() {
    return wantsToLeave;
  }

  void on(JsonNode frame) {
    switch (frame.get("t").textValue()) {
      case "hello" -> onHello(frame);
      case "sent" -> onSent(frame);
      case "caught-up" -> stream().caughtUp(frame.get("pos").longValue(), device.sends().awaited());
      case "error" -> onError(frame);
      case "typing", "presence", "pong", "draining" -> {}
      default -> onEntry(frame);
    }
  }

  private ResumeStream stream() {
    assertThat(stream).as("hello").isPresent();
    return stream.get();
  }

  private void onHello(JsonNode hello) {
    long from = hello.get("from").longValue();
    long latest = hello.get("pos").longValue();
    assertThat(hello.get("resume").textValue()).isEqualTo("complete");
    assertThat(latest).as("latest").isGreaterThanOrEqualTo(device.store().cursor());
    after.ifPresentOrElse(
        asked -> assertThat(from).as("from").isEqualTo(asked),
        () -> assertThat(from).as("from").isLessThanOrEqualTo(device.acked()));
    stream = Optional.of(new ResumeStream(from, latest));
    device.sends().awaiting().forEach(this::send);
  }

  private void onEntry(JsonNode frame) {
    long pos = frame.get("pos").longValue();
    stream().entry(pos, device.sends().awaited());
    var entry = ResumeStore.Entry.of(frame);
    device.keep(pos, entry);
    if (entry instanceof ResumeStore.Said said && isOfOthers(said) && oneIn(20)) {
      socket.send("{'t':'read','conversation':'%s','upTo':'%s'}", said.conversation(), said.id());
    }
    if (device.store().cursor() - acked >= UNACKED_MOST || oneIn(10)) {
      acknowledge();
    }
  }

  private boolean isOfOthers(ResumeStore.Said said) {
    return !said.from().equals(device.user().id());
  }

  private void onSent(JsonNode frame) {
    var ref = frame.get("ref").textValue();
    var id = frame.get("id").textValue();
    long pos = frame.get("pos").longValue();
    boolean isFirst = !device.sends().isAnswered(ref);
    var send = device.sends().answer(ref, id, pos);
    if (isFirst) {
      device.world().waited(System.nanoTime() - send.madeAt());
    }
    stream().sent(pos, device.sends().isRepeat(ref));
    var conversation = frame.get("conversation").textValue();
    device.keep(pos, new ResumeStore.Said(id, conversation, device.user().id(), send.text()));
  }

  private void onError(JsonNode error) {
    assertThat(error.get("problem").get("retryable").booleanValue()).as(error.toString()).isTrue();
    if (error.has("ref")) {
      var why = error.get("problem").get("detail").textValue();
      device.sends().note("<- %s refused: %s".formatted(error.get("ref").textValue(), why));
      retryAt = Optional.of(in(RETRY_AFTER_MS));
    } else {
      wantsToLeave = true;
    }
  }

  /** Nothing has come for a while. */
  void rest() {
    if (device.world().isSettling() || device.random().nextBoolean()) {
      acknowledge();
    }
  }

  private void acknowledge() {
    if (device.store().cursor() > acked && stream.isPresent()) {
      acked = device.store().cursor();
      device.acked(acked);
      socket.ack(acked);
    }
  }

  /** Says what is to be said now. */
  void speak() {
    if (stream.isEmpty()) {
      assertThat(isDue(helloBy)).as("no hello").isFalse();
      return;
    }
    if (retryAt.filter(ResumeSession::isDue).isPresent()) {
      retryAt = Optional.empty();
      device.sends().awaiting().forEach(this::send);
    }
    if (!device.world().isSettling() && isDue(nextSendAt)) {
      nextSendAt = untilNextSend();
      sendSome();
    }
  }

  private long untilNextSend() {
    return in(device.random().nextInt(2 * (int) device.world().sendEvery().toMillis()));
  }

  private void sendSome() {
    if (oneIn(20)) {
      device.sends().repeatAny(device.random()).ifPresent(this::send);
    }
    for (int left = oneIn(10) ? BURST : 1; left > 0; left--) {
      if (device.sends().awaited() < IN_FLIGHT_MOST) {
        send(device.sends().make(anybodyElse()));
      }
    }
  }

  private String anybodyElse() {
    var ids = device.world().userIds();
    int self = ids.indexOf(device.user().id());
    return ids.get((self + 1 + device.random().nextInt(ids.size() - 1)) % ids.size());
  }

  private void send(ResumeSends.Send send) {
    device.sends().sending(send);
    socket.sendMessage(send.ref(), send.to(), send.text());
  }

  private boolean oneIn(int times) {
    return device.random().nextInt(times) == 0;
  }

  /** What is still to come on this connection, in words; empty when there is nothing. */
  String missing() {
    if (device.sends().awaited() > 0) {
      return "answers to " + device.sends().awaiting().stream().map(ResumeSends.Send::ref).toList();
    }
    if (stream.filter(ResumeStream::isComplete).isEmpty() || !device.store().isDense()) {
      return "entries after " + device.store().cursor();
    }
    return acked < device.store().cursor() ? "an acknowledgement" : "";
  }
}
