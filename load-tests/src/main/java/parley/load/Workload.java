package parley.load;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import parley.embedded.Change;
import parley.embedded.EmbeddedStore;
import parley.embedded.Table;

/** Somebody who writes one event after the other, each when the one before is stored. */
enum Workload {

  /** Straight into the store: its own cost. */
  STORE {
    @Override
    void start(ActorSystem<?> system, int entities, Meter meter) {
      var store = EmbeddedStore.get(system);
      for (int entity = 0; entity < entities; entity++) {
        writeFrom(store, entity, 0, meter);
      }
    }
  },

  /** Event-sourced actors: what an event costs in Parley, serialization and all. */
  ACTORS {
    @Override
    void start(ActorSystem<?> system, int entities, Meter meter) {
      for (int entity = 0; entity < entities; entity++) {
        var name = "speaker-" + entity;
        system
            .systemActorOf(Speaker.create(name, meter), name, Props.empty())
            .tell(Speaker.Command.SPEAK);
      }
    }
  };

  // Random: it does not compress, so the disk has all of it to write.
  private static final byte[] EVENT = new byte[300];

  static {
    new Random(1).nextBytes(EVENT);
  }

  /** Starts as many writers, which go on until the actor system ends. */
  abstract void start(ActorSystem<?> system, int entities, Meter meter);

  static ActorSystem<?> system(Config config) {
    return ActorSystem.create(Behaviors.empty(), "benchmark", config);
  }

  private static void writeFrom(EmbeddedStore store, int entity, long event, Meter meter) {
    var key = ByteBuffer.allocate(16).putLong(entity).putLong(event).array();
    store
        .write(List.of(new Change.Put(Table.JOURNAL, key, EVENT)))
        .thenAccept(done -> next(store, entity, event, meter));
  }

  private static void next(EmbeddedStore store, int entity, long event, Meter meter) {
    if (meter.count()) {
      writeFrom(store, entity, event + 1, meter);
    }
  }
}
