package parley.load.gatling;

import static io.gatling.javaapi.core.CoreDsl.during;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.listFeeder;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/** Many sockets: most are silent and read what comes, a few write to the next one, now and then. */
public final class ChatProfile extends Simulation {

  private static final int SILENT = Integer.getInteger("silent", 450);
  private static final int TALKERS = Integer.getInteger("talkers", 50);
  private static final int SECONDS = Integer.getInteger("seconds", 20);
  private static final int RAMP_SECONDS = 5;

  private final Ledger ledger = new Ledger();
  private final Socket socket = new Socket(ledger);

  /** Takes its numbers from {@code -Dsilent= -Dtalkers= -Dseconds=}. */
  public ChatProfile() {
    var url = Target.url();
    var users = new Crowd(url, "u", TALKERS + SILENT).signedIn(ledger);
    ledger.begin(TALKERS);
    var talk =
        scenario("talk")
            .feed(listFeeder(users.subList(0, TALKERS)))
            .exec(session -> session.set("to", session.getString("peer")))
            .exec(socket.open())
            .exec(
                during(SECONDS, Socket.WHOLE_ROUNDS)
                    .on(
                        exec(socket.say())
                            .exec(pause(Duration.ofMillis(300), Duration.ofMillis(1500)))))
            .exec(ledger::end)
            .exec(socket.settle())
            .exec(ws("close").close());
    var listen =
        scenario("listen")
            .feed(listFeeder(users.subList(TALKERS, users.size())))
            .exec(socket.open())
            .exec(socket.settle())
            .exec(ws("close").close());
    setUp(
            talk.injectOpen(rampUsers(TALKERS).during(RAMP_SECONDS)),
            listen.injectOpen(rampUsers(SILENT).during(RAMP_SECONDS)))
        .protocols(Socket.protocol(url))
        .assertions(global().failedRequests().count().is(0L));
  }
}
