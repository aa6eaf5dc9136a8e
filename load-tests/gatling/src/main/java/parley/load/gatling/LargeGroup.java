package parley.load.gatling;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.listFeeder;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/** One group: some of its members talk, and all see everything in one order. */
public final class LargeGroup extends Simulation {

  private static final int MEMBERS = Integer.getInteger("members", 300);
  private static final int TALKERS = Integer.getInteger("talkers", 10);
  private static final int MESSAGES = Integer.getInteger("messages", 20);
  private static final int RAMP_SECONDS = 5;

  private final Ledger ledger = new Ledger();
  private final Socket socket = new Socket(ledger);

  /** Takes its numbers from {@code -Dmembers= -Dtalkers= -Dmessages=}, messages of each talker. */
  public LargeGroup() {
    var url = Target.url();
    var crowd = new Crowd(url, "m", MEMBERS);
    var users = crowd.signedIn(ledger);
    var group = crowd.group((String) users.getFirst().get("token"));
    ledger.group(group, crowd.names());
    ledger.begin(TALKERS);
    var talk =
        scenario("talk")
            .feed(listFeeder(users.subList(0, TALKERS)))
            .exec(session -> session.set("to", group))
            .exec(socket.open())
            .exec(
                repeat(MESSAGES)
                    .on(
                        exec(socket.say())
                            .exec(pause(Duration.ofMillis(200), Duration.ofMillis(1000)))))
            .exec(ledger::end)
            .exec(socket.settle())
            .exec(ws("close").close());
    var listen =
        scenario("listen")
            .feed(listFeeder(users.subList(TALKERS, MEMBERS)))
            .exec(socket.open())
            .exec(socket.settle())
            .exec(ws("close").close());
    setUp(
            talk.injectOpen(rampUsers(TALKERS).during(RAMP_SECONDS)),
            listen.injectOpen(rampUsers(MEMBERS - TALKERS).during(RAMP_SECONDS)))
        .protocols(Socket.protocol(url))
        .assertions(global().failedRequests().count().is(0L));
  }
}
