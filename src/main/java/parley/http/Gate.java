package parley.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extract;

import akka.http.javadsl.server.Route;
import parley.message.Failure;
import parley.ops.Health;
import parley.ops.Metrics;

/**
 * The door of a node: health and metrics are told from the first moment on and whatever the node
 * does, all else is refused as busy until it is opened.
 */
public final class Gate {

  private volatile Route inside;

  /**
   * A closed one.
   *
   * @param why is told to whoever wants in
   */
  public Gate(Health health, Metrics metrics, String why) {
    inside =
        concat(new OpsRoutes(health, metrics).all(), complete(Problems.answer(Failure.BUSY, why)));
  }

  /** Lets requests in to the routes, which tell health and metrics too. */
  public void open(Route routes) {
    inside = routes;
  }

  public Route route() {
    return extract(request -> inside, route -> route);
  }
}
