package parley.media.processing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.media.Description;
import parley.media.Kind;
import parley.media.Processed;
import parley.media.Variant;
import parley.media.processing.PictureFiles.Sized;

/**
 * Makes of a picture what is shown of it: a compressed original and thumbnails, upright, in sRGB,
 * and without anything that was written beside the pixels. Animations stay what they are, cleaned;
 * their thumbnails show the first frame.
 */
final class Pictures {

  /** Of the longer side, in pixels: a phone's screen shows no more. */
  static final int ORIGINAL_SIDE = 2048;

  /** The longer sides of the thumbnails, the largest first: each is made from the one before. */
  static final List<Integer> SIDES = List.of(800, 320, 128);

  private final PictureSettings settings;
  private final PictureFiles files;

  Pictures(PictureSettings settings, PictureFiles files) {
    this.settings = settings;
    this.files = files;
  }

  /** Blocks; takes {@code decodedBytesMax}, and some 40 MB for the forms that it makes. */
  Processed.Ready process(Path source, Format format, Path workFolder)
      throws IOException, UnfitException {
    var header = header(source, format);
    check(header);
    var decoder = new PictureDecoder(header, format, settings.decodedBytesMax());
    var stored = decoder.decode(source, workFolder, ORIGINAL_SIDE);
    var picture = header.orientation().upright(stored);
    var variants = new ArrayList<Variant>();
    var sizes = new ArrayList<Sized>();
    if (header.isAnimation()) {
      variants.add(animation(source, format, workFolder));
    } else {
      sizes.add(new Sized(picture, Variant.ORIGINAL, header.drawing()));
    }
    sizes.addAll(thumbnails(picture));
    variants.addAll(files.write(sizes, workFolder));
    var placeholder = placeholder(sizes);
    var mime = variants.getFirst().mime();
    return new Processed.Ready(describe(picture, header, mime, placeholder), variants);
  }

  private static PictureHeader header(Path source, Format format)
      throws IOException, UnfitException {
    try (var in = PictureDecoder.open(source)) {
      return PictureHeader.read(in, format);
    }
  }

  private void check(PictureHeader header) throws UnfitException {
    int max = header.whole() ? settings.wholePixelsMax() : settings.pixelsMax();
    if (header.pixels() > max) {
      throw UnfitException.tooLarge(
          "The picture has %d x %d pixels, more than the %d million that are taken"
              .formatted(header.width(), header.height(), max / 1_000_000));
    }
    if (header.frames() > settings.framesMax()) {
      throw UnfitException.tooLarge(
          "The animation has more than %d frames".formatted(settings.framesMax()));
    }
    if (header.isAnimation() && header.pixels() * header.frames() > settings.animationPixelsMax()) {
      throw UnfitException.tooLarge(
          "The animation has more than %d million pixels in all its frames"
              .formatted(settings.animationPixelsMax() / 1_000_000));
    }
  }

  private static Variant animation(Path source, Format format, Path workFolder)
      throws IOException, UnfitException {
    var file = workFolder.resolve(Variant.ORIGINAL + "." + format.extension());
    try (var in = PictureDecoder.open(source);
        var out = new BufferedOutputStream(Files.newOutputStream(file))) {
      if (format == Format.GIF) {
        new GifBlocks(in).copyClean(out);
      } else {
        new WebpChunks(in).copyClean(out);
      }
    }
    return new Variant(Variant.ORIGINAL, format.mime(), file);
  }

  /** The thumbnails, the smallest last. A picture that is smaller stays as it is. */
  static List<Sized> thumbnails(Picture picture) {
    var thumbnails = new ArrayList<Sized>();
    var smaller = picture;
    for (int side : SIDES) {
      smaller = smaller.within(side);
      thumbnails.add(new Sized(smaller, Integer.toString(side), false));
    }
    return thumbnails;
  }

  /** Made of the last one. */
  static String placeholder(List<Sized> sizes) {
    return ThumbHash.of(sizes.getLast().picture().within(ThumbHash.SIDE_MAX));
  }

  /** An animation is shown in its own size, all else in that of the original that is kept. */
  private static Description describe(
      Picture picture, PictureHeader header, String mime, String placeholder) {
    return new Description(
        Kind.IMAGE,
        mime,
        Optional.of(header.isAnimation() ? header.width() : picture.width()),
        Optional.of(header.isAnimation() ? header.height() : picture.height()),
        Optional.empty(),
        Optional.of(placeholder),
        List.of());
  }
}
