package parley.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.media.MediaNode.json;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node on a machine without ffmpeg. */
class NoFfmpegTest {

  /** The beginning of a video, which is enough to know that it is one. */
  private static final byte[] VIDEO =
      "\0\0\0\u0018ftypisom\0\0\2\0isomiso2, and so on".getBytes(ISO_8859_1);

  @TempDir private Path folder;

  @Test
  void a_video_is_kept_as_it_is_and_health_says_why() {
    var settings =
        Map.of(
            "parley.media.videos.ffmpeg", "/nowhere/ffmpeg",
            "parley.media.videos.ffprobe", "/nowhere/ffprobe",
            "parley.media.sweep-interval", "200ms");
    try (var node = MediaNode.start(folder, settings)) {
      node.register("ann", "ben");

      var id = node.upload("ann", VIDEO);
      node.sendMedium("ann", "ben", id);

      assertThat(node.get("ben", "/media/" + id).body()).isEqualTo(VIDEO);
      assertThat(json(node.get("ben", "/media/" + id + "/info")).get("kind").asText())
          .isEqualTo("video");
      var health = node.get("", "/health/ready");
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(json(health).at("/impaired/media").asText()).contains("ffmpeg is missing");
    }
  }
}
