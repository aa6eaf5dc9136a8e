package parley.media.processing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.FileImageOutputStream;
import parley.media.Variant;

/** Writes pictures: pixels, and nothing else. */
final class PictureFiles {

  /** Above it files grow fast, and nobody sees why. */
  private static final float ORIGINAL_QUALITY = 0.85f;

  private static final float THUMBNAIL_QUALITY = 0.8f;

  /** For PNG it is speed against size, never quality: this is zlib's level 6. */
  private static final float PNG_QUALITY = 0.34f;

  private PictureFiles() {}

  /**
   * Writes one form of a picture; as PNG when it has to be without loss or is transparent.
   *
   * @param size as in {@link Variant}; it names the file as well
   */
  static Variant write(Picture picture, String size, boolean lossless, Path folder)
      throws IOException {
    boolean isPng = lossless || !picture.opaque();
    var format = isPng ? Format.PNG : Format.JPEG;
    var file = folder.resolve(size + "." + format.extension());
    float quality = size.equals(Variant.ORIGINAL) ? ORIGINAL_QUALITY : THUMBNAIL_QUALITY;
    write(picture, format, isPng ? PNG_QUALITY : quality, file);
    return new Variant(size, format.mime(), file);
  }

  private static void write(Picture picture, Format format, float quality, Path file)
      throws IOException {
    var image = picture.toImage();
    var type = ImageTypeSpecifier.createFromRenderedImage(image);
    var writer = ImageIO.getImageWriters(type, format.extension()).next();
    Files.deleteIfExists(file);
    try (var out = new FileImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      var parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(quality);
      if (parameters instanceof JPEGImageWriteParam jpeg) {
        jpeg.setOptimizeHuffmanTables(true);
      }
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
  }
}
