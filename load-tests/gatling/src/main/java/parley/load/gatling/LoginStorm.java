package parley.load.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.listFeeder;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.gatling.javaapi.core.Simulation;
import java.util.Map;

/**
 * Everybody signs in within seconds, with passwords hashed as in production: a wrong password is
 * refused, a right one lets in, and after the sign-out its token is worth nothing.
 */
public final class LoginStorm extends Simulation {

  private static final int USERS = Integer.getInteger("users", 200);
  private static final int WITHIN_SECONDS = Integer.getInteger("seconds", 15);

  private final Ledger ledger = new Ledger();
  private final Socket socket = new Socket(ledger);

  /** Takes its numbers from {@code -Dusers= -Dseconds=}. */
  public LoginStorm() {
    var url = Target.urlWithRealHashes();
    var users =
        new Crowd(url, "u", USERS)
            .names().stream()
                .map(name ->
                    Map.<String, Object>of(
                        "user", name, "inbox", ledger.inbox(name), "acknowledged", 0L))
                .toList();
    var storm =
        scenario("sign in")
            .feed(listFeeder(users))
            .exec(
                http("wrong password")
                    .post("/sessions")
                    .body(StringBody("{\"userId\":\"#{user}\",\"password\":\"wrong\"}"))
                    .check(status().is(401)))
            .exec(
                http("sign in")
                    .post("/sessions")
                    .body(StringBody("{\"userId\":\"#{user}\",\"password\":\"secret\"}"))
                    .check(status().is(201), jsonPath("$.token").saveAs("token")))
            .exec(socket.open())
            .exec(ws("close").close())
            .exec(
                http("sign out")
                    .delete("/sessions/current")
                    .header("Authorization", "Bearer #{token}")
                    .check(status().is(204)))
            .exec(
                exec(
                    http("after it")
                        .get("/conversations")
                        .header("Authorization", "Bearer #{token}")
                        .check(status().is(401))));
    setUp(storm.injectOpen(rampUsers(USERS).during(WITHIN_SECONDS)))
        .protocols(Socket.protocol(url))
        .assertions(global().failedRequests().count().is(0L));
  }
}
