package parley.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EmbeddedStoreTest {

  private static final byte[] KEY = Keys.bytes(1);
  private static final byte[] VALUE = {1, 2, 3};

  @TempDir Path temporary;

  private static Change put(long row) {
    return new Change.Put(Table.ARCHIVE, Keys.bytes(row), VALUE);
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, SECONDS);
  }

  private static byte[] value(EmbeddedStore store, long row) throws Exception {
    return get(store.read(rows -> rows.get(Table.ARCHIVE, Keys.bytes(row)).orElseThrow()));
  }

  @Test
  void what_was_written_is_read_at_once_and_after_a_restart() throws Exception {
    var folder = new StoreFolder(temporary.resolve("new/data"));
    var store = folder.open();
    get(store.write(List.of(put(1))));
    assertThat(value(store, 1)).isEqualTo(VALUE);
    store.close();

    var again = folder.open();
    assertThat(value(again, 1)).isEqualTo(VALUE);
    again.close();
  }

  @Test
  void a_folder_below_a_file_is_refused_in_one_sentence() throws Exception {
    var file = Files.createFile(temporary.resolve("file"));

    assertThatThrownBy(new StoreFolder(file.resolve("data"))::open)
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageStartingWith("The data folder " + file.resolve("data") + " cannot be created")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void a_refused_open_lets_the_folder_go() throws Exception {
    var folder = new StoreFolder(temporary);
    folder.open().close();
    var current = temporary.resolve("CURRENT");
    var good = Files.readAllBytes(current);
    Files.writeString(current, "nonsense\n");
    assertThatThrownBy(folder::open).isInstanceOf(StoreException.class);
    Files.write(current, good);

    folder.open().close();
  }

  @Test
  void late_calls_are_refused_after_a_close() throws Exception {
    var store = new StoreFolder(temporary).open();
    store.close();
    store.close();

    assertThat(store.isOpen()).isFalse();
    assertThat(failure(store.write(List.of(put(1)))))
        .isInstanceOf(StoreException.Unavailable.class);
    assertThat(failure(store.read(rows -> rows.get(Table.ARCHIVE, KEY))))
        .isInstanceOf(StoreException.Unavailable.class);
  }

  @Test
  void reads_beyond_the_queue_are_refused_as_busy() throws Exception {
    var settings = new StoreFolder(temporary).settings();
    var narrow = new EmbeddedSettings.Reading(1, 1, 0);
    var store =
        EmbeddedStore.open(
            new EmbeddedSettings(
                settings.folder(), true, settings.writing(), narrow, settings.memory()),
            Runnable::run);
    var release = new CountDownLatch(1);
    var running = store.read(rows -> await(release));
    var waiting = store.read(rows -> true);

    assertThat(failure(store.read(rows -> true))).isInstanceOf(StoreException.Busy.class);
    release.countDown();
    assertThat(get(running)).isTrue();
    assertThat(get(waiting)).isTrue();
    store.close();
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(10, SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_close_in_the_middle_of_reads_and_writes_loses_nothing_acknowledged() throws Exception {
    var folder = new StoreFolder(temporary);
    var store = folder.open();
    Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    var warm = new CountDownLatch(2000);
    var threads = new CompletableFuture<?>[4];
    var refused = new AtomicInteger();
    for (int thread = 0; thread < threads.length; thread++) {
      long first = thread * 1_000_000L;
      threads[thread] =
          CompletableFuture.runAsync(() -> {
            try {
              for (long row = first; ; row++) {
                long written = row;
                store.read(rows -> rows.get(Table.ARCHIVE, KEY));
                store.write(List.of(put(row))).toCompletableFuture().join();
                acknowledged.add(written);
                warm.countDown();
              }
            } catch (CompletionException e) {
              refused.incrementAndGet();
            }
          });
    }
    assertThat(warm.await(30, SECONDS)).isTrue();
    store.close();
    CompletableFuture.allOf(threads).get(20, SECONDS);

    assertThat(refused).hasValue(threads.length);
    var again = folder.open();
    for (long row : acknowledged) {
      assertThat(value(again, row)).isEqualTo(VALUE);
    }
    again.close();
  }

  @Test
  void the_end_of_the_actor_system_closes_it() throws Exception {
    var folder = new StoreFolder(temporary);
    var system = ActorSystem.create("closing", folder.config());
    var store = EmbeddedStore.get(system);
    assertThat(EmbeddedStore.get(system)).isSameAs(store);
    get(store.write(List.of(put(1))));
    system.terminate();
    get(system.getWhenTerminated());

    assertThat(store.isOpen()).isFalse();
    folder.open().close();
  }

  @Test
  void an_actor_system_hears_why_its_store_does_not_open() throws Exception {
    var folder = new StoreFolder(temporary);
    var holder = folder.open();
    var system = ActorSystem.create("refused", folder.config());

    assertThatThrownBy(() -> EmbeddedStore.get(system))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("already open in this process");
    system.terminate();
    get(system.getWhenTerminated());
    holder.close();
  }

  private static Throwable failure(CompletionStage<?> stage) {
    return stage.toCompletableFuture().exceptionNow();
  }
}
