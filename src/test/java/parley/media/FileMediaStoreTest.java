package parley.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMediaStoreTest extends MediaStoreContract {

  @TempDir private Path folder;
  private MediaStore store;

  @BeforeEach
  void open() {
    store = new FileMediaStore(folder.resolve("objects"), ForkJoinPool.commonPool());
  }

  @Override
  MediaStore store() {
    return store;
  }

  @Test
  void a_key_does_not_lead_out_of_the_folder() {
    assertThatThrownBy(() -> store.put("../one", folder))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(folder.resolve("one")).doesNotExist();
  }

  @Test
  void what_is_removed_while_it_is_listed_hurts_nothing() throws Exception {
    var stays = List.of("marks/a", "marks/z");
    for (var key : stays) {
      get(store.put(key, Files.createTempFile(files, "", "")));
    }
    var listed = new AtomicBoolean();
    // A thread of its own: the store has those of the pool.
    var churn =
        CompletableFuture.runAsync(
            () -> {
              var marks = folder.resolve("objects/marks");
              for (int i = 0; !listed.get(); i = (i + 1) % 50) {
                flicker(marks.resolve("m" + i));
              }
            },
            Thread.ofPlatform().daemon()::start);

    try {
      for (int i = 0; i < 1_000; i++) {
        assertThat(get(store.list("marks", "", 500)))
            .extracting(MediaStore.Entry::key)
            .containsAll(stays);
      }
    } finally {
      listed.set(true);
      churn.get(30, TimeUnit.SECONDS);
    }
  }

  private static void flicker(Path file) {
    try {
      Files.createFile(file);
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
