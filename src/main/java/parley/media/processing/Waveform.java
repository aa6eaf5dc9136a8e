package parley.media.processing;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How loud a sound is over its duration.
 *
 * @param levels the peak of each of {@value #PARTS} equal parts, 100 being the loudest
 */
record Waveform(Duration duration, List<Integer> levels) {

  /** Samples a second that it is made from: peaks need no more. */
  static final int RATE = 8000;

  private static final int PARTS = 64;
  private static final int LOUDEST = 100;

  /** Below it, a hundredth of what there can be, is silence: noise is not made look like speech. */
  private static final int SILENCE = Short.MAX_VALUE / 100;

  private static final int CHUNK_SAMPLES = 4096;

  /** Of samples of 16 bits, the lower byte first, one channel; empty when there are none. */
  static Optional<Waveform> of(Path samples) throws IOException {
    long count = Files.size(samples) / Short.BYTES;
    if (count == 0) {
      return Optional.empty();
    }
    var peaks = new int[PARTS];
    try (var in = new DataInputStream(Files.newInputStream(samples))) {
      for (long at = 0; at < count; at += CHUNK_SAMPLES) {
        var chunk = in.readNBytes((int) Math.min(CHUNK_SAMPLES, count - at) * Short.BYTES);
        for (int i = 0; i + 1 < chunk.length; i += Short.BYTES) {
          int sample = Math.abs((short) (chunk[i] & 0xFF | chunk[i + 1] << Byte.SIZE));
          int part = (int) ((at + i / Short.BYTES) * PARTS / count);
          peaks[part] = Math.max(peaks[part], sample);
        }
      }
    }
    int loudest = Math.max(SILENCE, Arrays.stream(peaks).max().orElseThrow());
    return Optional.of(
        new Waveform(
            Duration.ofMillis(count * 1000 / RATE),
            Arrays.stream(peaks).mapToObj(peak -> peak * LOUDEST / loudest).toList()));
  }
}
