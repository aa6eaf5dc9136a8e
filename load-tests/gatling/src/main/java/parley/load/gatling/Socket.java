package parley.load.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.asLongAsDuring;
import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.gatling.http.action.ws.WsInboundMessage;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.time.Duration;
import java.util.function.Function;

/** What users do on a socket. Their session has {@code user}, {@code token} and {@code inbox}. */
final class Socket {

  private static final int PATIENCE_SECONDS = 30;

  /** What was begun is done: Gatling would leave a loop between a send and its being noted. */
  static final boolean WHOLE_ROUNDS = false;

  private static final Duration BREATH = Duration.ofMillis(200);

  /** So long after all has come it is looked whether anything comes that should not. */
  private static final Duration LATE = Duration.ofMillis(1_500);

  /** How exactly times are measured. */
  private static final Duration LOOK = Duration.ofMillis(10);

  private static final long NANOS_PER_MILLI = 1_000_000;

  /** More than what is sent ahead of an acknowledgement. */
  private static final int FRAMES_KEPT_MAX = 1024;

  private final Ledger ledger;

  Socket(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The protocol of all simulations. */
  static HttpProtocolBuilder protocol(String url) {
    return http.baseUrl(url)
        .wsBaseUrl(url.replaceFirst("^http", "ws"))
        .contentTypeHeader("application/json")
        .disableWarmUp()
        .wsUnmatchedInboundMessageBufferSize(FRAMES_KEPT_MAX);
  }

  /** Connects, and reads on from where the user is; done when that is live. */
  ChainBuilder open() {
    return exec(
            session -> {
              inbox(session).reopened();
              return session;
            })
        .exec(
            ws("connect")
                .connect("/socket")
                .subprotocol("parley.v1")
                .header("Authorization", "Bearer #{token}"))
        .exec(
            ws("attach")
                .sendText(
                    session -> "{\"t\":\"attach\",\"after\":" + inbox(session).position() + "}"))
        .exec(await("caught up", session -> inbox(session).isCaughtUp()));
  }

  /** Says the next number to whoever {@code to} is: promised once {@code sent} has come. */
  ChainBuilder say() {
    return exec(take())
        .exec(send())
        .exec(await("sent", this::isSent))
        .doIf(this::isSent)
        .then(exec(this::promised));
  }

  /**
   * Sends the next number without waiting for an answer. Said again it is the same message, which
   * may have been taken or not.
   */
  ChainBuilder send() {
    return exec(session -> session.set("number", 1L + session.getLong("said")))
        .exec(
            ws("send")
                .sendText(
                    "{\"t\":\"send\",\"ref\":\"#{number}\",\"to\":\"#{to}\",\"text\":\"#{number}\"}"));
  }

  private boolean isSent(Session session) {
    return inbox(session).answered() >= session.getLong("number");
  }

  /**
   * Takes what comes until it is so. Not one of Gatling's own checks: while one is waited for,
   * Gatling drops all other frames.
   */
  private ChainBuilder await(String name, Function<Session, Boolean> isSo) {
    return exec(session -> session.set("since", System.nanoTime()))
        .exec(
            asLongAsDuring(
                    session -> !isSo.apply(session),
                    Duration.ofSeconds(PATIENCE_SECONDS),
                    WHOLE_ROUNDS)
                .on(pause(LOOK).exec(take())))
        .exec(
            dummy(
                    name,
                    session ->
                        (int) ((System.nanoTime() - session.getLong("since")) / NANOS_PER_MILLI))
                .withSuccess(isSo));
  }

  private Session promised(Session session) {
    ledger.accepted(session.getString("user"), session.getString("to"));
    return session.set("said", session.getLong("number"));
  }

  /**
   * Takes what comes while somebody talks, then waits until all has come and for what must not come
   * any more, and says whether it was right.
   */
  ChainBuilder settle() {
    return exec(asLongAs(session -> ledger.isTalking()).on(pause(BREATH).exec(take())))
        .exec(
            asLongAsDuring(
                    session -> !ledger.isSettled(session.getString("user")),
                    Duration.ofSeconds(PATIENCE_SECONDS),
                    WHOLE_ROUNDS)
                .on(pause(BREATH).exec(take())))
        .exec(pause(LATE))
        .exec(take())
        .exec(
            dummy("everything once and in order", 0)
                .withSuccess(session -> ledger.isSound(session.getString("user"))));
  }

  /** Takes what has come, and acknowledges it. */
  ChainBuilder take() {
    return exec(ws.processUnmatchedMessages((frames, session) -> {
      frames.forEach(frame -> take(frame, inbox(session)));
      return session;
    }))
        .doIf(session -> inbox(session).position() > session.getLong("acknowledged"))
        .then(
            exec(session -> session.set("acknowledged", inbox(session).position()))
                .exec(ws("ack").sendText("{\"t\":\"ack\",\"pos\":#{acknowledged}}")));
  }

  private static void take(WsInboundMessage frame, Inbox inbox) {
    if (frame instanceof WsInboundMessage.Text text) {
      inbox.frame(text.message());
    }
  }

  static Inbox inbox(Session session) {
    return session.get("inbox");
  }
}
