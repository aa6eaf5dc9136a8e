package parley.load.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAsDuring;
import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.listFeeder;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Users without a socket: they send, send again what they have sent, read what is unread, find one
 * message and mark all as read. In the end nothing is unread, and everything came once.
 */
public final class RestMix extends Simulation {

  private static final int USERS = Integer.getInteger("users", 100);
  private static final int SECONDS = Integer.getInteger("seconds", 20);
  private static final int RAMP_SECONDS = 5;
  private static final int PATIENCE_SECONDS = 30;
  private static final String MESSAGES = "/messages";

  private final Ledger ledger = new Ledger();

  /** Takes its numbers from {@code -Dusers= -Dseconds=}. */
  public RestMix() {
    var url = Target.url();
    var users = new Crowd(url, "u", USERS).signedIn(ledger);
    ledger.begin(USERS);
    var mix =
        scenario("send and read")
            .feed(listFeeder(users))
            .exec(
                during(SECONDS, Socket.WHOLE_ROUNDS)
                    .on(
                        exec(send())
                            .exec(read())
                            .exec(pause(Duration.ofMillis(100), Duration.ofMillis(900)))))
            .exec(ledger::end)
            .exec(
                asLongAsDuring(
                        session -> !ledger.isSettled(session.getString("user")),
                        Duration.ofSeconds(PATIENCE_SECONDS),
                        Socket.WHOLE_ROUNDS)
                    .on(pause(Duration.ofMillis(200)).exec(read())))
            .exec(signed(http("nothing unread").get(MESSAGES)).check(status().is(204)))
            .exec(
                dummy("everything once and in order", 0)
                    .withSuccess(session -> ledger.isSound(session.getString("user"))));
    setUp(mix.injectOpen(rampUsers(USERS).during(RAMP_SECONDS)))
        .protocols(Socket.protocol(url))
        .assertions(global().failedRequests().count().is(0L));
  }

  private static HttpRequestActionBuilder signed(HttpRequestActionBuilder request) {
    return request.header("Authorization", "Bearer #{token}");
  }

  private ChainBuilder send() {
    var form = StringBody("{\"to\":\"#{peer}\",\"clientId\":\"#{number}\",\"text\":\"#{number}\"}");
    return exec(session -> session.set("number", 1L + session.getLong("said")))
        .exec(
            signed(http("send").post(MESSAGES))
                .body(form)
                .check(status().is(200), jsonPath("$.id").saveAs("id")))
        .exec(this::promised)
        .exec(
            signed(http("send again").post(MESSAGES))
                .body(form)
                .check(status().is(200), jsonPath("$.id").isEL("#{id}")))
        .exec(
            signed(http("find").get("/messages/#{id}"))
                .check(status().is(200), jsonPath("$.content.text").isEL("#{number}")));
  }

  private Session promised(Session session) {
    ledger.accepted(session.getString("user"), session.getString("peer"));
    return session.set("said", session.getLong("number"));
  }

  private static ChainBuilder read() {
    return exec(session -> session.set("page", List.of()))
        .exec(
            signed(http("read").get("/messages?limit=500"))
                .check(status().in(200, 204))
                .checkIf((response, session) -> response.status().code() == 200)
                .then(jsonPath("$[*]").ofMap().findAll().saveAs("page")))
        .exec(RestMix::took)
        .doIf(session -> !session.getList("page").isEmpty())
        .then(
            exec(
                signed(http("mark as read").put("/conversations/#{conversation}/read"))
                    .body(StringBody("{\"upTo\":\"#{last}\"}"))
                    .check(status().is(200))));
  }

  private static Session took(Session session) {
    List<Map<String, Object>> page = session.getList("page");
    for (var message : page) {
      var content = (Map<?, ?>) message.get("content");
      Socket.inbox(session)
          .message(
              (String) message.get("from"),
              (String) message.get("conversation"),
              (String) message.get("id"),
              Long.parseLong((String) content.get("text")));
    }
    return page.isEmpty()
        ? session
        : session
            .set("conversation", page.getLast().get("conversation"))
            .set("last", page.getLast().get("id"));
  }
}
