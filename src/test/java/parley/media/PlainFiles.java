package parley.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Keeps everything as it is, as a file of which no more is known. */
final class PlainFiles implements Processor {

  private static final String OPAQUE = "application/octet-stream";

  @Override
  public Processed process(Path source, String nameHint, Path workFolder) throws IOException {
    return new Processed.Ready(
        Description.file(OPAQUE), List.of(new Variant(Variant.ORIGINAL, OPAQUE, source)));
  }

  @Override
  public Optional<Variant> transcode(Path source, Path workFolder) {
    return Optional.empty();
  }
}
