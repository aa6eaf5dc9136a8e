package parley.media.processing;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import parley.media.Processed;

/** Runs what a test has made through the processor, each in a folder of its own. */
final class Processing {

  private static final MediaProcessor PROCESSOR =
      new MediaProcessor(PictureSettings.DEFAULT, VideoSettings.DEFAULT);

  private Processing() {}

  static Processed of(byte[] content, Path folder) throws IOException {
    return of(content, folder, PROCESSOR);
  }

  static Processed of(byte[] content, Path folder, MediaProcessor processor) throws IOException {
    return of("", content, folder, processor);
  }

  /** What its owner calls so. */
  static Processed named(String name, byte[] content, Path folder) throws IOException {
    return of(name, content, folder, PROCESSOR);
  }

  private static Processed of(String name, byte[] content, Path folder, MediaProcessor processor)
      throws IOException {
    var source = Files.write(Files.createTempFile(folder, "source", ""), content);
    var processed = processor.process(source, name, Files.createTempDirectory(folder, "work"));
    if (!Arrays.equals(Files.readAllBytes(source), content)) {
      throw new AssertionError("The source was changed");
    }
    return processed;
  }

  /** One form of what came of it. */
  static byte[] bytes(Processed.Ready ready, String size) throws IOException {
    var variant =
        ready.variants().stream().filter(it -> it.size().equals(size)).findFirst().orElseThrow();
    return Files.readAllBytes(variant.file());
  }

  static BufferedImage image(Processed.Ready ready, String size) throws IOException {
    return Corpus.decoded(bytes(ready, size));
  }
}
