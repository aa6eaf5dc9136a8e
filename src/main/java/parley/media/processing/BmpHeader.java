package parley.media.processing;

import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads the header of a BMP file. Only what is as plain as BMP files are is taken: no compression,
 * and no colour profile inside or outside of the file.
 */
final class BmpHeader {

  private static final int FILE_HEADER_BYTES = 14;
  private static final int OLD_HEADER_BYTES = 12;
  private static final int COLOUR_SPACE_AT = FILE_HEADER_BYTES + 56;
  private static final int EMBEDDED_PROFILE = 0x4D424544;
  private static final int LINKED_PROFILE = 0x4C494E4B;
  private static final int BIT_FIELDS = 3;
  private static final int DECODED_BYTES = 4;

  private BmpHeader() {}

  static PictureHeader read(ImageInputStream in) throws IOException, UnfitException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    try {
      in.seek(FILE_HEADER_BYTES - Integer.BYTES);
      long dataAt = in.readUnsignedInt();
      long size = in.readUnsignedInt();
      boolean isOld = size == OLD_HEADER_BYTES;
      int width = isOld ? in.readUnsignedShort() : in.readInt();
      int height = Math.abs(isOld ? in.readUnsignedShort() : in.readInt());
      in.readUnsignedShort();
      int bits = in.readUnsignedShort();
      if (!isOld) {
        checkPlain(in, size);
      }
      long rowBytes = ((long) width * bits + 31) / 32 * 4;
      if (dataAt + rowBytes * height > in.length()) {
        throw UnfitException.broken("The picture is cut off: its end is missing");
      }
      return PictureHeader.of(width, height, DECODED_BYTES).drawn(bits <= Byte.SIZE);
    } finally {
      in.setByteOrder(ByteOrder.BIG_ENDIAN);
    }
  }

  private static void checkPlain(ImageInputStream in, long size)
      throws IOException, UnfitException {
    long compression = in.readUnsignedInt();
    if (compression != 0 && compression != BIT_FIELDS) {
      throw UnfitException.broken("Compressed BMPs are not read");
    }
    in.skipBytes(3 * Integer.BYTES);
    long paletteColours = in.readUnsignedInt();
    if (paletteColours > 256) {
      throw UnfitException.broken("The BMP has too large a palette");
    }
    if (size >= COLOUR_SPACE_AT - FILE_HEADER_BYTES + Integer.BYTES) {
      in.seek(COLOUR_SPACE_AT);
      int colourSpace = in.readInt();
      if (colourSpace == EMBEDDED_PROFILE || colourSpace == LINKED_PROFILE) {
        throw UnfitException.broken("BMPs with a colour profile are not read");
      }
    }
  }
}
