package parley.archive;

import akka.actor.AbstractExtensionId;
import akka.actor.ClassicActorSystemProvider;
import akka.actor.ExtendedActorSystem;

/** What an actor system knows its Cassandra by. */
final class CassandraClusterId extends AbstractExtensionId<CassandraCluster> {

  static final CassandraClusterId INSTANCE = new CassandraClusterId();

  private CassandraClusterId() {}

  @Override
  public CassandraCluster createExtension(ExtendedActorSystem system) {
    return CassandraCluster.openFor(system);
  }

  @Override
  public CassandraCluster get(ClassicActorSystemProvider system) {
    return super.get(system);
  }
}
