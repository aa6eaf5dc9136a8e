package parley.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Looks at a medium, and makes what is kept of it. Blocks: it is run on threads of its own. The
 * same source gives the same again, so what a crash cut off is simply done again.
 */
public interface Processor {

  /**
   * Looks at the source, which it leaves as it is.
   *
   * @param nameHint what its owner calls it, maybe empty; its type is found from its bytes
   * @param workFolder empty, for this run alone; the caller removes it
   */
  Processed process(Path source, String nameHint, Path workFolder) throws IOException;

  /**
   * The slow second step for videos: the form that replaces {@code original}. Empty when there is
   * nothing to gain, or nothing to do it with.
   */
  Optional<Variant> transcode(Path source, Path workFolder) throws IOException;
}
