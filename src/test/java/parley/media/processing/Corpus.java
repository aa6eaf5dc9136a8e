package parley.media.processing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Odd pictures, made on the spot. */
final class Corpus {

  /** What no output may hold: it stands where the camera, the place and the author would. */
  static final String SECRET = "49.4521N 11.0767E, taken by Ann";

  /** 2 x 2, red, lossless. */
  static final byte[] WEBP = base64("UklGRhwAAABXRUJQVlA4TA8AAAAvAUAAAAcQ9Y/+ByKi/wEA");

  /** The same, half transparent. */
  static final byte[] CLEAR_WEBP = base64("UklGRhwAAABXRUJQVlA4TA8AAAAvAUAAEAcQ/Y/+BSKi/wEA");

  /** The same, opaque, lossy. */
  static final byte[] LOSSY_WEBP =
      base64(
          "UklGRjwAAABXRUJQVlA4IDAAAADQAQCdASoCAAIAAgA0JaACdLoB+AADsAD+8Oj3/yC5YXXI1/8gP+QH/ID/+PIAAAA=");

  /** 8 x 8, three frames, the first of which fills it. */
  static final byte[] ANIMATED_WEBP =
      base64(
          "UklGRj4BAABXRUJQVlA4WAoAAAACAAAABwAABwAAQU5JTQYAAAD/////AQBBTk1GagAAAAAAAAAAAAcAAAcAAPQBAAJW"
              + "UDhMUQAAAC8HwAEAb2CQbaQe2b/6kZ0GgaSNj/7kIxCgqGee88z8B+QGSAhwg9ItXrXxWIJiAECjVwq9g8gggRRS"
              + "qA1hGDfH7C6GiP6HirkiZ0KGf6lrHwBBTk1GTAAAAAAAAAMAAAcAAAEAAPQBAABWUDhMMwAAAC8HQAAAP0CQbfOa"
              + "33waAgHCujNnCAQoWMb1ljX/EWmNK1CFMy4IBdAYSxQZtIvof3h4AABBTk1GTAAAAAAAAAMAAAcAAAEAAPQBAABW"
              + "UDhMNAAAAC8HQAAAP0CQbTO033xm0yAQoMgyprOMQICgXLr5D3gXgduLWZIkCAXQGEsU3SiK6H9gYwM=");

  private Corpus() {}

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }

  /** Red, green, blue, white: its quarters, from left to right, from top to bottom. */
  static BufferedImage quarters(int width, int height, int type) {
    var image = new BufferedImage(width, height, type);
    var graphics = image.createGraphics();
    var colours = new Color[] {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
    for (int i = 0; i < colours.length; i++) {
      graphics.setColor(colours[i]);
      graphics.fillRect(i % 2 * width / 2, i / 2 * height / 2, (width + 1) / 2, (height + 1) / 2);
    }
    graphics.dispose();
    return image;
  }

  static BufferedImage quarters(int width, int height) {
    return quarters(width, height, BufferedImage.TYPE_INT_RGB);
  }

  static byte[] encode(BufferedImage image, String format) {
    var out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException("Not written as " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] jpeg(BufferedImage image) {
    return encode(image, "jpeg");
  }

  static byte[] progressiveJpeg(BufferedImage image) throws IOException {
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      var parameters = writer.getDefaultWriteParam();
      parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** One colour of ink, 0 to 255 each, as Adobe's programs write it: upside down. */
  static byte[] cmykJpeg(int width, int height, int... ink) throws IOException {
    var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        raster.setPixel(x, y, new int[] {255 - ink[0], 255 - ink[1], 255 - ink[2], 255 - ink[3]});
      }
    }
    return withSegment(rasterJpeg(raster), 0xEE, "Adobe\0d\0\0\0\0\0".getBytes(ISO_8859_1));
  }

  /** Four channels as they are: the JDK's own writer, since it knows no other way to have them. */
  private static byte[] rasterJpeg(WritableRaster raster) throws IOException {
    var writers = ImageIO.getImageWritersByFormatName("jpeg");
    var writer = writers.next();
    while (!writer.getClass().getName().startsWith("com.sun.imageio")) {
      writer = writers.next();
    }
    var bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** With one segment more, right behind the start. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    return ByteBuffer.allocate(jpeg.length + content.length + 4)
        .put(jpeg, 0, 2)
        .put((byte) 0xFF)
        .put((byte) marker)
        .putShort((short) (content.length + 2))
        .put(content)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  static byte[] withExif(byte[] jpeg, int orientation) {
    return withSegment(jpeg, 0xE1, concat("Exif\0\0".getBytes(ISO_8859_1), exif(orientation)));
  }

  /** Orientation, and a text where a camera writes the place. */
  static byte[] exif(int orientation) {
    var secret = SECRET.getBytes(ISO_8859_1);
    return ByteBuffer.allocate(38 + secret.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0x002A4949)
        .putInt(8)
        .putShort((short) 2)
        .put(new byte[] {0x0E, 0x01, 2, 0})
        .putInt(secret.length)
        .putInt(38)
        .put(new byte[] {0x12, 0x01, 3, 0})
        .putInt(1)
        .putInt(orientation)
        .putInt(0)
        .put(secret)
        .array();
  }

  /** As a phone writes it that knows where it is: a directory of GPS behind the first one. */
  static byte[] withPlace(byte[] jpeg) {
    var place = place();
    var exif =
        ByteBuffer.allocate(44 + place.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(0x002A4949)
            .putInt(8)
            .putShort((short) 1)
            .put(new byte[] {0x25, (byte) 0x88, 4, 0})
            .putInt(1)
            .putInt(26)
            .putInt(0)
            .putShort((short) 1)
            .put(new byte[] {2, 0, 5, 0})
            .putInt(3)
            .putInt(44)
            .putInt(0)
            .put(place)
            .array();
    return withSegment(jpeg, 0xE1, concat("Exif\0\0".getBytes(ISO_8859_1), exif));
  }

  /** 49 degrees, 27 minutes, 7.56 seconds, as GPS has it. */
  static byte[] place() {
    var place = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    return place.putInt(49).putInt(1).putInt(27).putInt(1).putInt(756).putInt(100).array();
  }

  /** As sRGB, but what it calls red is blue, and the other way round. */
  static byte[] swappedProfile() {
    var profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB);
    var red = profile.getData(ICC_Profile.icSigRedColorantTag);
    var blue = profile.getData(ICC_Profile.icSigBlueColorantTag);
    var copy = ICC_Profile.getInstance(profile.getData());
    copy.setData(ICC_Profile.icSigRedColorantTag, blue);
    copy.setData(ICC_Profile.icSigBlueColorantTag, red);
    return copy.getData();
  }

  static byte[] withProfile(byte[] jpeg, byte[] profile) {
    return withSegment(jpeg, 0xE2, concat("ICC_PROFILE\0\1\1".getBytes(ISO_8859_1), profile));
  }

  /** With one chunk more, right behind the header. */
  static byte[] withChunk(byte[] png, String type, byte[] content) {
    int headerEnd = 8 + 25;
    var typed = concat(type.getBytes(ISO_8859_1), content);
    var crc = new CRC32();
    crc.update(typed);
    return ByteBuffer.allocate(png.length + content.length + 12)
        .put(png, 0, headerEnd)
        .putInt(content.length)
        .put(typed)
        .putInt((int) crc.getValue())
        .put(png, headerEnd, png.length - headerEnd)
        .array();
  }

  /** A WebP file with one chunk more at its end. */
  static byte[] withWebpChunk(byte[] webp, String type, byte[] content) {
    int padded = content.length + content.length % 2;
    return ByteBuffer.allocate(webp.length + 8 + padded)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(webp)
        .put(type.getBytes(ISO_8859_1))
        .putInt(content.length)
        .put(content)
        .putInt(4, webp.length + padded)
        .array();
  }

  static byte[] deflated(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(out)) {
      deflater.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Frames of one colour each, played for ever, with a comment. */
  static byte[] animatedGif(int width, int height, int... colours) throws IOException {
    var writer = ImageIO.getImageWritersByFormatName("gif").next();
    var bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int colour : colours) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, filled(width * height, colour), 0, width);
        var type = ImageTypeSpecifier.createFromRenderedImage(image);
        var metadata = writer.getDefaultImageMetadata(type, null);
        var root = new IIOMetadataNode("javax_imageio_gif_image_1.0");
        var comments = new IIOMetadataNode("CommentExtensions");
        var comment = new IIOMetadataNode("CommentExtension");
        comment.setAttribute("value", SECRET);
        comments.appendChild(comment);
        root.appendChild(comments);
        metadata.mergeTree("javax_imageio_gif_image_1.0", root);
        writer.writeToSequence(new IIOImage(image, null, metadata), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  static int[] filled(int size, int colour) {
    var argb = new int[size];
    Arrays.fill(argb, colour);
    return argb;
  }

  static byte[] concat(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  static BufferedImage decoded(byte[] bytes) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(bytes));
  }
}
