package parley.media.processing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.FileImageOutputStream;
import parley.media.Variant;

/** Writes pictures: pixels, and nothing else. */
final class PictureFiles {

  /**
   * A picture that is to be written.
   *
   * @param size as in {@link Variant}; it names the file as well
   * @param lossless whether it has to be as it is, to the pixel
   */
  record Sized(Picture picture, String size, boolean lossless) {}

  /** Above it files grow fast, and nobody sees why. */
  private static final float ORIGINAL_QUALITY = 0.85f;

  private static final float THUMBNAIL_QUALITY = 0.8f;

  /** For PNG it is speed against size, never quality: this is zlib's level 6. */
  private static final float PNG_QUALITY = 0.34f;

  /** Of the longer side, in pixels: as the smallest thumbnail. */
  private static final int TINY_SIDE = Pictures.SIDES.getLast();

  private final WebpFiles webp;

  PictureFiles(WebpFiles webp) {
    this.webp = webp;
  }

  /**
   * Writes the sizes of a picture, in this order. What is transparent becomes WebP, or PNG where
   * that cannot be written or the picture is tiny; all else JPEG, or PNG when it has to be without
   * loss.
   */
  List<Variant> write(List<Sized> pictures, Path folder) throws IOException {
    var transparent = transparent(pictures, folder);
    var variants = new ArrayList<Variant>();
    for (var sized : pictures) {
      var known = transparent.get(sized.size());
      variants.add(known == null ? write(sized, folder) : known);
    }
    return variants;
  }

  /**
   * By their sizes; empty when there are none, and where WebP cannot be written. For what is no
   * larger than a thumbnail a process costs more than it saves; and of a few pixels libwebp leaves
   * the transparency uncompressed, which {@link PictureDecoder} could not read again.
   */
  private Map<String, Variant> transparent(List<Sized> pictures, Path folder) throws IOException {
    var found = pictures.stream().filter(it -> !it.picture().opaque()).toList();
    var written = new HashMap<String, Variant>();
    if (found.stream().anyMatch(it -> it.picture().longerSide() > TINY_SIDE)) {
      webp.write(found, folder).orElse(List.of()).forEach(it -> written.put(it.size(), it));
    }
    return written;
  }

  private static Variant write(Sized sized, Path folder) throws IOException {
    boolean isPng = sized.lossless() || !sized.picture().opaque();
    var format = isPng ? Format.PNG : Format.JPEG;
    var file = folder.resolve(sized.size() + "." + format.extension());
    float quality = sized.size().equals(Variant.ORIGINAL) ? ORIGINAL_QUALITY : THUMBNAIL_QUALITY;
    write(sized.picture(), format, isPng ? PNG_QUALITY : quality, file);
    return new Variant(sized.size(), format.mime(), file);
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
