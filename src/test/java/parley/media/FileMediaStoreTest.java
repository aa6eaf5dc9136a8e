package parley.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.ForkJoinPool;
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
}
