package parley.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nothing refers to goes, and what something refers to stays: on a node with no patience. */
class SweepTest {

  private static final byte[] BYTES = new byte[100_000];

  @TempDir private Path folder;

  private MediaNode node;

  @BeforeEach
  void start() {
    node =
        MediaNode.start(
            folder,
            Map.of(
                "parley.media.grace", "1500ms",
                "parley.media.settle-time", "3s",
                "parley.media.sweep-interval", "50ms"));
    node.register("ann", "ben");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private boolean isEmpty(String under) {
    var root = folder.resolve("media/objects").resolve(under);
    if (!Files.exists(root)) {
      return true;
    }
    try (var files = Files.walk(root)) {
      return files.noneMatch(Files::isRegularFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void what_was_sent_nowhere_is_removed_with_its_mark() {
    var id = node.upload("ann", BYTES);
    assertThat(isEmpty("media/" + id)).isFalse();

    MediaNode.await(() -> isEmpty("media/" + id) && isEmpty("marks"));

    assertThat(node.get("ann", "/media/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void what_a_message_carries_stays_until_the_message_is_deleted() {
    var kept = node.upload("ann", BYTES);
    var message = node.sendMedium("ann", "ben", kept);
    // Looked at, and found in use: there is nothing to do any more.
    MediaNode.await(() -> isEmpty("marks"));
    var unsent = node.upload("ann", BYTES);
    MediaNode.await(() -> isEmpty("media/" + unsent));
    assertThat(node.get("ben", "/media/" + kept).statusCode()).isEqualTo(200);

    node.call("ann", "DELETE", "/messages/" + message, "");

    MediaNode.await(() -> isEmpty("media") && isEmpty("marks"));
    assertThat(node.get("ann", "/media/" + kept).statusCode()).isEqualTo(404);
  }
}
