package parley.media;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Sink;
import akka.util.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store of media does. */
abstract class MediaStoreContract {

  static final ActorTestKit KIT = ActorTestKit.create();

  @TempDir Path files;

  /** The store under test, empty. */
  abstract MediaStore store();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, SECONDS);
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(Files.createTempFile(files, "", ""), bytes);
  }

  private void put(String key, String text) throws Exception {
    get(store().put(key, file(text.getBytes())));
  }

  private byte[] read(String key, long offset, long length) throws Exception {
    return get(store()
            .get(key, offset, length)
            .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), KIT.system()))
        .toArray();
  }

  private List<String> keys(String prefix, String after, int limit) throws Exception {
    return get(store().list(prefix, after, limit)).stream().map(MediaStore.Entry::key).toList();
  }

  @Test
  void what_was_put_is_read_in_any_part() throws Exception {
    put("media/a/one", "0123456789");

    assertThat(read("media/a/one", 0, 10)).asString().isEqualTo("0123456789");
    assertThat(read("media/a/one", 3, 4)).asString().isEqualTo("3456");
    assertThat(read("media/a/one", 9, 1)).asString().isEqualTo("9");
    assertThat(read("media/a/one", 0, 0)).isEmpty();
  }

  @Test
  void a_file_that_was_put_is_gone() throws Exception {
    var file = file(new byte[] {1});

    get(store().put("media/a/one", file));

    assertThat(file).doesNotExist();
  }

  @Test
  void a_large_object_comes_back_byte_for_byte() throws Exception {
    var bytes = new byte[20_000_001];
    new Random(7).nextBytes(bytes);

    get(store().put("media/a/large", file(bytes)));

    assertThat(read("media/a/large", 0, bytes.length)).isEqualTo(bytes);
    assertThat(read("media/a/large", 16_777_210, 20)).hasSize(20);
  }

  @Test
  void less_than_was_asked_for_is_a_failure() throws Exception {
    put("media/a/one", "0123456789");

    assertThatThrownBy(() -> read("media/a/one", 5, 10)).isNotNull();
  }

  @Test
  void a_key_that_is_not_there_is_a_failure() {
    assertThatThrownBy(() -> read("media/a/none", 0, 1)).isNotNull();
  }

  @Test
  void an_empty_object_can_be_put_twice() throws Exception {
    put("marks/a", "");
    put("marks/a", "");

    assertThat(keys("marks/", "", 10)).containsExactly("marks/a");
  }

  @Test
  void keys_are_listed_in_order_and_in_pages() throws Exception {
    for (var key : List.of("marks/c", "marks/a", "marks/b", "media/a/one")) {
      put(key, "x");
    }

    assertThat(keys("marks/", "", 2)).containsExactly("marks/a", "marks/b");
    assertThat(keys("marks/", "marks/b", 2)).containsExactly("marks/c");
    assertThat(keys("marks/", "marks/c", 2)).isEmpty();
    assertThat(keys("none/", "", 2)).isEmpty();
  }

  @Test
  void what_was_deleted_is_gone_and_may_be_deleted_again() throws Exception {
    put("media/a/one", "x");
    put("media/a/two", "x");

    get(store().delete(List.of("media/a/one", "media/a/none")));
    get(store().delete(List.of("media/a/one")));
    get(store().delete(List.of()));

    assertThat(keys("media/a/", "", 10)).containsExactly("media/a/two");
  }

  @Test
  void a_store_that_works_says_so() throws Exception {
    get(store().check());
  }
}
