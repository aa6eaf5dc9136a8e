package parley.media.processing;

import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.Set;
import java.util.zip.InflaterInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * Walks through the chunks of a PNG file. Java's reader inflates texts without a limit: it gets a
 * copy that has only what the picture is made of.
 */
final class PngChunks {

  private static final long SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int HEADER = 0x49484452;
  private static final int PALETTE = 0x504C5445;
  private static final int TRANSPARENCY = 0x74524E53;
  private static final int DATA = 0x49444154;
  private static final int END = 0x49454E44;
  private static final int END_CRC = 0xAE426082;
  private static final int PROFILE = 0x69434350;
  private static final int SRGB = 0x73524742;
  private static final int EXIF = 0x65584966;
  private static final Set<Integer> KEPT = Set.of(HEADER, PALETTE, TRANSPARENCY, DATA);

  /** Real ones have some kilobytes, those of printers a few megabytes. */
  private static final int PROFILE_BYTES_MAX = 4 << 20;

  private static final int EXIF_BYTES_MAX = 1 << 20;
  private static final int NAME_BYTES_MAX = 80;
  private static final int CRC_BYTES = 4;
  private static final int COPY_BYTES = 8192;

  private final ImageInputStream in;
  private int width;
  private int height;
  private int depth;
  private int colours;
  private boolean hasTransparency;
  private long dataBytes;
  private boolean isSrgb;
  private Orientation orientation = Orientation.UPRIGHT;
  private Optional<ICC_Profile> profile = Optional.empty();

  PngChunks(ImageInputStream in) {
    this.in = in;
  }

  /** Of one chunk: its type, and where its content is. */
  private record Chunk(int type, long start, long length) {

    long end() {
      return start + length + CRC_BYTES;
    }
  }

  PictureHeader header() throws IOException, UnfitException {
    in.seek(Long.BYTES);
    var chunk = next();
    if (chunk.type != HEADER) {
      throw UnfitException.broken("The PNG does not begin with its header");
    }
    for (; chunk.type != END; chunk = next()) {
      look(chunk);
      in.seek(chunk.end());
    }
    if (dataBytes == 0) {
      throw UnfitException.broken("The PNG has no picture in it");
    }
    boolean hasPalette = colours == 3;
    // Less than a byte a pixel: a photograph is never that small as a PNG.
    boolean drawing = hasPalette || dataBytes < (long) width * height;
    return PictureHeader.of(width, height, decodedBytes())
        .turned(orientation)
        .drawn(drawing)
        .coloured(isSrgb ? Optional.empty() : profile);
  }

  /** The same picture, without what is said about it. */
  void copyClean(OutputStream to) throws IOException {
    var out = new DataOutputStream(to);
    out.writeLong(SIGNATURE);
    in.seek(Long.BYTES);
    for (var chunk = next(); chunk.type != END; chunk = next()) {
      if (KEPT.contains(chunk.type)) {
        out.writeInt((int) chunk.length);
        out.writeInt(chunk.type);
        copy(chunk.length + CRC_BYTES, out);
      }
      in.seek(chunk.end());
    }
    out.writeInt(0);
    out.writeInt(END);
    out.writeInt(END_CRC);
  }

  private void copy(long length, OutputStream out) throws IOException {
    var buffer = new byte[COPY_BYTES];
    for (long left = length; left > 0; ) {
      int count = (int) Math.min(left, buffer.length);
      in.readFully(buffer, 0, count);
      out.write(buffer, 0, count);
      left -= count;
    }
  }

  private Chunk next() throws IOException {
    long length = in.readUnsignedInt();
    int type = in.readInt();
    return new Chunk(type, in.getStreamPosition(), length);
  }

  private void look(Chunk chunk) throws IOException, UnfitException {
    switch (chunk.type) {
      case HEADER -> {
        if (width != 0) {
          throw UnfitException.broken("The PNG is damaged: it says two things about its size");
        }
        width = in.readInt();
        height = in.readInt();
        depth = in.readUnsignedByte();
        colours = in.readUnsignedByte();
      }
      case PALETTE, TRANSPARENCY -> {
        if (chunk.length > 3 * 256) {
          throw UnfitException.broken("The PNG has too large a palette");
        }
        hasTransparency |= chunk.type == TRANSPARENCY;
      }
      case DATA -> dataBytes += chunk.length;
      case SRGB -> isSrgb = true;
      case PROFILE -> profile = profile(content(chunk, PROFILE_BYTES_MAX));
      case EXIF -> orientation = Orientation.of(content(chunk, EXIF_BYTES_MAX));
      default -> {}
    }
  }

  private byte[] content(Chunk chunk, int max) throws IOException {
    var content = new byte[(int) Math.min(chunk.length, max)];
    in.readFully(content);
    return content;
  }

  /** A name, a zero, a zero for "deflate", and the profile; none when it is not one of colours. */
  private Optional<ICC_Profile> profile(byte[] content) {
    int nameEnd = 0;
    while (nameEnd < Math.min(content.length, NAME_BYTES_MAX) && content[nameEnd] != 0) {
      nameEnd++;
    }
    int start = Math.min(nameEnd + 2, content.length);
    try (var inflated =
        new InflaterInputStream(new ByteArrayInputStream(content, start, content.length - start))) {
      return Colours.profile(inflated.readNBytes(PROFILE_BYTES_MAX));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private int decodedBytes() {
    int channels =
        switch (colours) {
          case 2 -> hasTransparency ? 4 : 3;
          case 4 -> 2;
          case 6 -> 4;
          default -> hasTransparency ? 2 : 1;
        };
    return depth == Short.SIZE ? channels * Short.BYTES : channels;
  }
}
