package parley.services;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The ffmpeg of this machine: what is tested, and what makes the videos to test it with. */
public final class InstalledFfmpeg {

  private InstalledFfmpeg() {}

  /** Skips the test when it, or its ffprobe, is not installed. */
  public static void require() {
    for (var program : List.of("ffmpeg", "ffprobe")) {
      Stream.of(System.getenv("PATH").split(File.pathSeparator))
          .map(folder -> Path.of(folder, program))
          .filter(Files::isExecutable)
          .findFirst()
          .orElseThrow(
              () -> Missing.skip("No " + program + " found: install it (apt-get install ffmpeg)"));
    }
  }
}
