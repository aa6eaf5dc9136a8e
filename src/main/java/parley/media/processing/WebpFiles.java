package parley.media.processing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.media.Variant;
import parley.media.processing.PictureFiles.Sized;

/**
 * Writes WebP with ffmpeg, all sizes of a picture in one process: a start of it costs about as much
 * as a thumbnail. It gets pixels, never a file that somebody uploaded.
 */
final class WebpFiles {

  private static final String ENCODER = "libwebp";

  /** Looks like the JPEGs beside it. */
  private static final String QUALITY = "80";

  private final Ffmpeg ffmpeg;
  private final VideoSettings settings;
  private Optional<Boolean> known = Optional.empty();

  WebpFiles(Ffmpeg ffmpeg, VideoSettings settings) {
    this.ffmpeg = ffmpeg;
    this.settings = settings;
  }

  /** Whether ffmpeg is there and was built with the encoder. Blocks; the answer is kept. */
  synchronized boolean canBeWritten(Path workFolder) throws IOException {
    if (known.isEmpty()) {
      known = Optional.of(ffmpeg.hasEncoder(ENCODER, workFolder));
    }
    return known.get();
  }

  /** One variant for each, in the same order; empty when it does not work out. */
  Optional<List<Variant>> write(List<Sized> pictures, Path folder) throws IOException {
    if (!canBeWritten(folder)) {
      return Optional.empty();
    }
    var options = new ArrayList<String>();
    for (var sized : pictures) {
      options.addAll(input(sized.picture(), pixels(sized, folder)));
    }
    var variants = new ArrayList<Variant>();
    for (var sized : pictures) {
      var file = folder.resolve(sized.size() + "." + Format.WEBP.extension());
      options.addAll(output(variants.size(), sized.lossless(), file));
      variants.add(new Variant(sized.size(), Format.WEBP.mime(), file));
    }
    boolean isWritten = ffmpeg.convert(options, folder, settings.lookTimeout());
    for (var sized : pictures) {
      Files.delete(pixelsFile(sized, folder));
    }
    return isWritten ? Optional.of(variants) : Optional.empty();
  }

  private static List<String> input(Picture picture, Path pixels) {
    return List.of(
        "-protocol_whitelist",
        "file",
        "-f",
        "rawvideo",
        "-pixel_format",
        "bgra",
        "-video_size",
        picture.width() + "x" + picture.height(),
        "-i",
        "file:" + pixels.toAbsolutePath());
  }

  private static List<String> output(int index, boolean lossless, Path file) {
    var options = new ArrayList<>(List.of("-map", Integer.toString(index), "-c:v", ENCODER));
    options.addAll(List.of("-lossless", lossless ? "1" : "0", "-quality", QUALITY));
    options.addAll(Ffmpeg.WITHOUT_METADATA);
    options.addAll(List.of("-f", "webp", "file:" + file.toAbsolutePath()));
    return options;
  }

  private static Path pixels(Sized sized, Path folder) throws IOException {
    var picture = sized.picture();
    var file = pixelsFile(sized, folder);
    // What ffmpeg calls bgra: an ARGB number, its lowest byte first.
    var row = ByteBuffer.allocate(picture.width() * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int y = 0; y < picture.height(); y++) {
        row.asIntBuffer().put(picture.argb(), y * picture.width(), picture.width());
        out.write(row.array());
      }
    }
    return file;
  }

  private static Path pixelsFile(Sized sized, Path folder) {
    return folder.resolve(sized.size() + ".pixels");
  }
}
