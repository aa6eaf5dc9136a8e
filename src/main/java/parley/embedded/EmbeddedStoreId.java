package parley.embedded;

import akka.actor.AbstractExtensionId;
import akka.actor.ClassicActorSystemProvider;
import akka.actor.ExtendedActorSystem;

/** What an actor system knows its store by. */
final class EmbeddedStoreId extends AbstractExtensionId<EmbeddedStore> {

  static final EmbeddedStoreId INSTANCE = new EmbeddedStoreId();

  private EmbeddedStoreId() {}

  @Override
  public EmbeddedStore createExtension(ExtendedActorSystem system) {
    return EmbeddedStore.openFor(system);
  }

  @Override
  public EmbeddedStore get(ClassicActorSystemProvider system) {
    return super.get(system);
  }
}
