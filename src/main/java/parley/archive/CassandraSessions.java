package parley.archive;

import akka.actor.ActorSystem;
import akka.stream.alpakka.cassandra.CqlSessionProvider;
import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/** Gives Akka's Cassandra plugin the session of the node; made by Akka from the configuration. */
public final class CassandraSessions implements CqlSessionProvider {

  private final ActorSystem system;

  /** Called by Akka. */
  public CassandraSessions(ActorSystem system, Config config) {
    this.system = system;
  }

  @Override
  public Future<CqlSession> connect(ExecutionContext context) {
    return FutureConverters.asScala(CassandraCluster.get(system).session());
  }
}
