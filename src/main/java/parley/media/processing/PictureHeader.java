package parley.media.processing;

import java.awt.color.ICC_Profile;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/**
 * What a picture says of itself before anything of it is decoded.
 *
 * @param width in pixels, as stored: before it is turned upright
 * @param decodedBytes what its decoder takes for a pixel
 * @param whole whether its decoder can only hold it whole
 * @param frames more than one: an animation
 * @param drawing whether it looks like one, whose edges JPEG would blur
 */
record PictureHeader(
    int width,
    int height,
    Orientation orientation,
    int decodedBytes,
    boolean whole,
    int frames,
    boolean drawing,
    Optional<ICC_Profile> profile) {

  static PictureHeader of(int width, int height, int decodedBytes) {
    return new PictureHeader(
        width, height, Orientation.UPRIGHT, decodedBytes, false, 1, false, Optional.empty());
  }

  PictureHeader turned(Orientation as) {
    return new PictureHeader(width, height, as, decodedBytes, whole, frames, drawing, profile);
  }

  PictureHeader heldWhole(boolean isWhole) {
    return new PictureHeader(
        width, height, orientation, decodedBytes, isWhole, frames, drawing, profile);
  }

  PictureHeader animated(int count) {
    return new PictureHeader(
        width, height, orientation, decodedBytes, whole, count, drawing, profile);
  }

  PictureHeader drawn(boolean isDrawing) {
    return new PictureHeader(
        width, height, orientation, decodedBytes, whole, frames, isDrawing, profile);
  }

  PictureHeader coloured(Optional<ICC_Profile> by) {
    return new PictureHeader(width, height, orientation, decodedBytes, whole, frames, drawing, by);
  }

  long pixels() {
    return (long) width * height;
  }

  boolean isAnimation() {
    return frames > 1;
  }

  /** Reads it; the whole file is gone through, so that one that was cut off is found. */
  static PictureHeader read(ImageInputStream in, Format format) throws IOException, UnfitException {
    try {
      var header =
          switch (format) {
            case JPEG -> new JpegSegments(in).header();
            case PNG -> new PngChunks(in).header();
            case GIF -> new GifBlocks(in).header();
            case WEBP -> new WebpChunks(in).header();
            case BMP -> BmpHeader.read(in);
            default -> throw new IllegalArgumentException("No picture: " + format);
          };
      if (header.width < 1 || header.height < 1) {
        throw UnfitException.broken("The picture has no pixels");
      }
      return header;
    } catch (EOFException e) {
      throw UnfitException.broken("The picture is cut off: its end is missing");
    }
  }
}
