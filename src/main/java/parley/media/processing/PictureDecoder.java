package parley.media.processing;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import com.twelvemonkeys.imageio.stream.BufferedFileImageInputStreamSpi;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.w3c.dom.Element;
import parley.media.processing.Shrinking.Size;

/**
 * Decodes a picture whose header was found to be in order, into as few pixels as its limits and its
 * use allow. Decoders break in many ways on broken files: each is one refusal.
 */
final class PictureDecoder {

  private final PictureHeader header;
  private final Format format;
  private final int step;

  /**
   * A decoder for one picture.
   *
   * @param decodedBytesMax what it may take in memory
   */
  PictureDecoder(PictureHeader header, Format format, int decodedBytesMax) {
    this.header = header;
    this.format = format;
    double needed = (double) header.pixels() * header.decodedBytes();
    step = Math.max(1, (int) Math.ceil(Math.sqrt(needed / decodedBytesMax)));
  }

  /** Opens a file for parsers and decoders alike. */
  static ImageInputStream open(Path file) throws IOException {
    return new BufferedFileImageInputStreamSpi()
        .createInputStreamInstance(file.toFile(), false, null);
  }

  /** The first frame of it, as it is stored, no side over the limit, in sRGB. */
  Picture decode(Path source, Path workFolder, int sideMax) throws IOException, UnfitException {
    var file = format == Format.PNG ? cleanCopy(source, workFolder) : source;
    try (var in = open(file)) {
      var image = image(in);
      var size = Shrinking.fit(header.width(), header.height(), sideMax);
      var from = new Size(image.getWidth(), image.getHeight());
      var to =
          new Size(Math.min(size.width(), from.width()), Math.min(size.height(), from.height()));
      var picture = Shrinking.of(from, to).apply(PixelRows.of(image));
      return Colours.profile(image)
          .or(header::profile)
          .map(profile -> Colours.toSrgb(picture, profile))
          .orElse(picture);
    }
  }

  private static Path cleanCopy(Path source, Path workFolder) throws IOException, UnfitException {
    var copy = workFolder.resolve("clean.png");
    try (var in = open(source);
        var out = new BufferedOutputStream(Files.newOutputStream(copy))) {
      new PngChunks(in).copyClean(out);
    }
    return copy;
  }

  private BufferedImage image(ImageInputStream in) throws IOException, UnfitException {
    var reader = reader();
    try {
      reader.setInput(in, false, true);
      if ((long) reader.getWidth(0) * reader.getHeight(0) > header.pixels()) {
        // What it takes in memory was reckoned from the header.
        throw UnfitException.broken("The picture is damaged: it says two things about its size");
      }
      var image = reader.read(0, parameters(reader));
      return format == Format.GIF ? onScreen(image, reader) : image;
    } catch (ClosedChannelException e) {
      // Interrupted: the picture is not to blame.
      throw e;
    } catch (IOException | RuntimeException e) {
      throw UnfitException.broken("The picture is damaged: it cannot be decoded");
    } finally {
      reader.dispose();
    }
  }

  private ImageReader reader() throws IOException {
    return switch (format) {
      case JPEG -> registered(JPEGImageReaderSpi.class);
      case WEBP -> registered(WebPImageReaderSpi.class);
      default -> ImageIO.getImageReadersByFormatName(format.extension()).next();
    };
  }

  /** By its class: others may be there for the same format. */
  private static ImageReader registered(Class<? extends ImageReaderSpi> kind) throws IOException {
    return IIORegistry.getDefaultInstance().getServiceProviderByClass(kind).createReaderInstance();
  }

  private ImageReadParam parameters(ImageReader reader) throws IOException {
    var parameters = reader.getDefaultReadParam();
    parameters.setSourceSubsampling(step, step, 0, 0);
    if (format == Format.JPEG) {
      parameters.setDestinationType(destination(reader));
    }
    return parameters;
  }

  /** Its own RGB space if it has one, to be converted once it is small; else what Java's has. */
  private static ImageTypeSpecifier destination(ImageReader reader) throws IOException {
    var types = reader.getImageTypes(0);
    ImageTypeSpecifier first = null;
    while (types.hasNext()) {
      var type = types.next();
      if (Colours.profile(type.createBufferedImage(1, 1)).isPresent()) {
        return type;
      }
      first = first == null ? type : first;
    }
    return first;
  }

  /** A first frame may be smaller than what it is shown on. */
  private BufferedImage onScreen(BufferedImage frame, ImageReader reader) throws IOException {
    int width = Math.ceilDiv(header.width(), step);
    int height = Math.ceilDiv(header.height(), step);
    if (frame.getWidth() == width && frame.getHeight() == height) {
      return frame;
    }
    var metadata = reader.getImageMetadata(0).getAsTree("javax_imageio_gif_image_1.0");
    var place = (Element) ((Element) metadata).getElementsByTagName("ImageDescriptor").item(0);
    var screen = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    var graphics = screen.createGraphics();
    graphics.drawImage(
        frame,
        Integer.parseInt(place.getAttribute("imageLeftPosition")) / step,
        Integer.parseInt(place.getAttribute("imageTopPosition")) / step,
        null);
    graphics.dispose();
    return screen;
  }
}
