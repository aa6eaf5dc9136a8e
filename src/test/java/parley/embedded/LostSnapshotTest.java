package parley.embedded;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot only spares work: all is in the journal. */
class LostSnapshotTest {

  @TempDir static Path folder;
  private static ActorTestKit kit;

  @BeforeAll
  static void start() {
    kit = ActorTestKit.create(new StoreFolder(folder).config());
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  /** Adds a word, if there is one, and tells the whole. */
  private record Add(String word, ActorRef<String> replyTo) {}

  private static final class Diary extends EventSourcedBehavior<Add, String, String> {

    private Diary() {
      super(PersistenceId.ofUniqueId("diary"));
    }

    @Override
    public String emptyState() {
      return "";
    }

    @Override
    public CommandHandler<Add, String, String> commandHandler() {
      return (words, add) ->
          add.word.isEmpty()
              ? Effect().reply(add.replyTo, words)
              : Effect().persist(add.word).thenReply(add.replyTo, all -> all);
    }

    @Override
    public EventHandler<String, String> eventHandler() {
      return String::concat;
    }
  }

  @Test
  void a_damaged_snapshot_is_passed_over_and_the_journal_replayed() {
    TestProbe<String> reader = kit.createTestProbe();
    var before = kit.spawn(new Diary());
    List.of("all", "is", "here").forEach(word -> before.tell(new Add(word, reader.ref())));
    reader.receiveSeveralMessages(3);
    kit.stop(before);
    var damaged = new Change.Put(Table.SNAPSHOTS, Keys.of("diary", 2), new byte[] {1, 2, 3});
    EmbeddedStore.get(kit.system()).write(List.of(damaged)).toCompletableFuture().join();

    kit.spawn(new Diary()).tell(new Add("", reader.ref()));

    reader.expectMessage("allishere");
  }
}
