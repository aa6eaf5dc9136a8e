package parley.media.processing;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs ffmpeg and ffprobe, each time as a process of its own that may crash as it likes. Bounded
 * are: how many run at once, their time (the clock's and the processor's), memory, and the files
 * they write. They read one file, by the demuxer that they are told and the decoders that are
 * listed here; no network, no playlists. They see nothing of this process' environment but PATH.
 */
final class Ffmpeg {

  /** One medium on its way: the file, what it is, and where things may be put. */
  record Input(Path file, Format format, Path workFolder) {}

  private static final Logger log = LoggerFactory.getLogger(Ffmpeg.class);

  /** Sets limits, each where the system has it, and becomes the program, at a lower priority. */
  private static final String LIMITED =
      "ulimit -v \"$1\" 2>/dev/null; ulimit -f \"$2\" 2>/dev/null; ulimit -t \"$3\" 2>/dev/null;"
          + " ulimit -c 0 2>/dev/null; shift 3; exec nice -n 10 \"$@\"";

  /** Options of an output: nothing of when, where and with what it was made. */
  static final List<String> WITHOUT_METADATA =
      List.of(
          "-map_metadata",
          "-1",
          "-map_metadata:s",
          "-1",
          "-map_chapters",
          "-1",
          "-fflags",
          "+bitexact");

  /** What phones, browsers and cameras write. */
  private static final String DECODERS =
      "h264,hevc,mpeg4,mpeg2video,mpeg1video,h263,vp8,vp9,av1,libdav1d,libaom-av1,mjpeg,msmpeg4v3,"
          + "prores,theora,png,aac,mp3,mp3float,mp2,mp2float,opus,libopus,vorbis,libvorbis,flac,alac,"
          + "amrnb,amrwb,ac3,eac3,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s32le,pcm_f32le,pcm_u8,pcm_mulaw,"
          + "pcm_alaw";

  private static final int FILE_BLOCK_BYTES = 512;
  private static final int TOLD_BYTES = 300;
  private static final int PROBE_BYTES_MAX = 1 << 20;
  private static final Duration END_TIMEOUT = Duration.ofSeconds(10);

  private final VideoSettings settings;
  private final Semaphore permits;

  Ffmpeg(VideoSettings settings) {
    this.settings = settings;
    permits = new Semaphore(settings.parallel(), true);
  }

  boolean isThere() {
    return isProgram(settings.ffmpeg()) && isProgram(settings.ffprobe());
  }

  /** Whether it was built with an encoder; a run of it tells, and leaves nothing in the folder. */
  boolean hasEncoder(String name, Path workFolder) throws IOException {
    if (!isThere()) {
      return false;
    }
    var output = workFolder.resolve("encoders");
    try {
      var command = List.of(settings.ffmpeg(), "-v", "error", "-nostdin", "-encoders");
      return run(command, output, settings.lookTimeout())
          && Files.readString(output).contains(" " + name + " ");
    } finally {
      Files.deleteIfExists(output);
      Files.deleteIfExists(errors(output));
    }
  }

  private static boolean isProgram(String name) {
    if (name.contains("/")) {
      return Files.isExecutable(Path.of(name));
    }
    return Stream.of(path().split(":")).anyMatch(it -> Files.isExecutable(Path.of(it, name)));
  }

  private static String path() {
    return Optional.ofNullable(System.getenv("PATH")).orElse("/usr/local/bin:/usr/bin:/bin");
  }

  /** What a file holds; empty when nothing in it can be played. */
  Optional<Probe> probe(Input input) throws IOException {
    var command = new ArrayList<>(List.of(settings.ffprobe(), "-v", "error"));
    command.addAll(reading(input));
    command.addAll(List.of("-show_format", "-show_streams", "-of", "json"));
    var output = input.workFolder.resolve("probe.json");
    if (!run(command, output, settings.lookTimeout()) || Files.size(output) > PROBE_BYTES_MAX) {
      return Optional.empty();
    }
    return Probe.of(Files.readString(output));
  }

  /**
   * Runs ffmpeg on one file; false when it failed, or was stopped because it took too long.
   *
   * @param before options of the input, such as where to begin
   * @param after options of the output; the last one is the file
   */
  boolean convert(Input input, List<String> before, List<String> after, Duration timeout)
      throws IOException {
    var options = new ArrayList<>(before);
    options.addAll(List.of("-threads", "2"));
    options.addAll(reading(input));
    options.addAll(after);
    return convert(options, input.workFolder, timeout);
  }

  /** The same on what was not uploaded, but made here: inputs and outputs are among the options. */
  boolean convert(List<String> options, Path workFolder, Duration timeout) throws IOException {
    var command =
        new ArrayList<>(List.of(settings.ffmpeg(), "-v", "error", "-nostdin", "-nostats", "-y"));
    command.addAll(options);
    return run(command, workFolder.resolve("ffmpeg.out"), timeout);
  }

  /** Options hold for the input that follows them. */
  private static List<String> reading(Input input) {
    var demuxer = input.format.demuxer().orElseThrow();
    return List.of(
        "-protocol_whitelist",
        "file",
        "-format_whitelist",
        "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,ogg,mp3,aac,wav,flac",
        "-codec_whitelist",
        DECODERS,
        "-f",
        demuxer,
        "-i",
        "file:" + input.file.toAbsolutePath());
  }

  private boolean run(List<String> command, Path output, Duration timeout) throws IOException {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    try {
      return await(start(command, output, timeout), output, timeout);
    } finally {
      permits.release();
    }
  }

  private Process start(List<String> command, Path output, Duration timeout) throws IOException {
    var limited =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                "-c",
                LIMITED,
                "limited",
                Long.toString(settings.memoryBytesMax() / 1024),
                Long.toString(settings.outputBytesMax() / FILE_BLOCK_BYTES),
                // Two threads use the processor twice as fast; this ends what outlives this JVM.
                Long.toString(2 * timeout.toSeconds() + 1)));
    limited.addAll(command);
    var builder =
        new ProcessBuilder(limited)
            .directory(output.getParent().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(output.toFile())
            .redirectError(errors(output).toFile());
    builder.environment().clear();
    builder.environment().put("PATH", path());
    return builder.start();
  }

  private static Path errors(Path output) {
    return output.resolveSibling("ffmpeg.err");
  }

  private boolean await(Process process, Path output, Duration timeout) throws IOException {
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        log.debug("Stopped, it took too long, timeout={}", timeout);
        return false;
      }
      if (process.exitValue() != 0) {
        log.debug("Failed, exit={} said={}", process.exitValue(), said(errors(output)));
      }
      return process.exitValue() == 0;
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      end(process);
    }
  }

  /** It is gone when this returns: its folder is about to be removed. */
  private static void end(Process process) {
    if (!process.isAlive()) {
      return;
    }
    process.destroyForcibly();
    boolean wasInterrupted = Thread.interrupted();
    try {
      process.waitFor(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      wasInterrupted = true;
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static IOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("Interrupted while ffmpeg ran");
  }

  /** The first line or two: enough to know, too little to fill a log. */
  private static String said(Path errors) throws IOException {
    try (var in = Files.newInputStream(errors)) {
      return new String(in.readNBytes(TOLD_BYTES)).strip().replaceAll("\\s+", " ");
    }
  }
}
