package parley.media.processing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Videos and sounds, made on the spot; all of them say where and by whom they were taken. */
final class FfmpegCorpus {

  private static final int TIMEOUT_SECONDS = 60;

  private final Path folder;

  FfmpegCorpus(Path folder) {
    this.folder = folder;
  }

  /** A moving picture with a tone, in H.264 and AAC. */
  byte[] video(String size, int seconds) {
    var picture = "testsrc=size=%s:rate=10:duration=%d".formatted(size, seconds);
    var tone = "sine=duration=" + seconds;
    return make(
        "video.mp4",
        "-f lavfi -i %s -f lavfi -i %s -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac"
            .formatted(picture, tone));
  }

  /** Quickly encoded, as large as it comes, in a codec that browsers do not know. */
  byte[] oldVideo(String size) {
    return make(
        "old.mp4", "-f lavfi -i testsrc=size=%s:rate=10:duration=1 -c:v mpeg4".formatted(size));
  }

  /** A second of a loud tone, then one that is a quarter as loud. */
  byte[] sound(String name, String codec) {
    return make(
        name,
        "-f lavfi -i aevalsrc=0.8*pow(4\\,-floor(t))*sin(2*PI*440*t):d=2:s=48000 -c:a " + codec);
  }

  /** What ffmpeg makes of these options. */
  byte[] make(String name, String options) {
    var file = folder.resolve(name);
    var command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y"));
    command.addAll(List.of(options.split(" ")));
    command.addAll(List.of("-metadata", "comment=" + Corpus.SECRET));
    command.addAll(List.of("-metadata", "location=" + Corpus.SECRET, file.toString()));
    try {
      var process = new ProcessBuilder(command).inheritIO().start();
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError("Not made: " + command);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As a phone held upright stores it: lying on its side, to be turned by a quarter. */
  static byte[] onItsSide(byte[] mp4) {
    var turned = mp4.clone();
    int header = indexOf(turned, "tkhd");
    ByteBuffer.wrap(turned)
        .position(header + 44)
        .putInt(0)
        .putInt(0x00010000)
        .putInt(0)
        .putInt(0xFFFF0000)
        .putInt(0)
        .putInt(0);
    return turned;
  }

  /** Where the first box of that name stands. */
  static int indexOf(byte[] mp4, String box) {
    for (int i = 0; i + 4 <= mp4.length; i++) {
      if (mp4[i] == box.charAt(0)
          && mp4[i + 1] == box.charAt(1)
          && mp4[i + 2] == box.charAt(2)
          && mp4[i + 3] == box.charAt(3)) {
        return i;
      }
    }
    throw new AssertionError("No " + box);
  }
}
