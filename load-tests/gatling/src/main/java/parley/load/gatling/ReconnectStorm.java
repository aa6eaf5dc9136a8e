package parley.load.gatling;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.listFeeder;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.rendezVous;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.gatling.javaapi.core.Simulation;

/**
 * All sockets are lost at once, each with a send that is not answered yet, and all come back at
 * once, each where it was, and repeat that send; again and again.
 */
public final class ReconnectStorm extends Simulation {

  private static final int SOCKETS = Integer.getInteger("sockets", 300);
  private static final int STORMS = Integer.getInteger("storms", 3);
  private static final int MESSAGES = 3;
  private static final int RAMP_SECONDS = 5;

  private final Ledger ledger = new Ledger();
  private final Socket socket = new Socket(ledger);

  /** Takes its numbers from {@code -Dsockets= -Dstorms=}. */
  public ReconnectStorm() {
    var url = Target.url();
    var users = new Crowd(url, "u", SOCKETS).signedIn(ledger);
    ledger.begin(SOCKETS);
    var storm =
        scenario("reconnect")
            .feed(listFeeder(users))
            .exec(session -> session.set("to", session.getString("peer")))
            .exec(socket.open())
            .exec(
                repeat(STORMS)
                    .on(
                        exec(repeat(MESSAGES).on(exec(socket.say()).pause(1)))
                            .exec(rendezVous(SOCKETS))
                            .exec(socket.send())
                            .exec(ws("close").close())
                            .exec(socket.open())
                            .exec(socket.say())))
            .exec(ledger::end)
            .exec(socket.settle())
            .exec(ws("close").close())
            .exec(pause(1));
    setUp(storm.injectOpen(rampUsers(SOCKETS).during(RAMP_SECONDS)))
        .protocols(Socket.protocol(url))
        .assertions(global().failedRequests().count().is(0L));
  }
}
