package parley.media.processing;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a picture has to be turned to stand upright; the eight values of EXIF, in their order. */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(true, false, false),
  UPSIDE_DOWN(true, true, false),
  MIRRORED_UPSIDE_DOWN(false, true, false),
  TRANSPOSED(false, false, true),
  TO_TURN_RIGHT(false, true, true),
  TRANSVERSED(true, true, true),
  TO_TURN_LEFT(true, false, true);

  private static final int ORIENTATION_TAG = 0x0112;
  private static final int TIFF_MAGIC = 42;

  /** In the picture as it is stored, before it is transposed. */
  private final boolean flipsAcross;

  private final boolean flipsDown;
  private final boolean swapsSides;

  Orientation(boolean flipsAcross, boolean flipsDown, boolean swapsSides) {
    this.flipsAcross = flipsAcross;
    this.flipsDown = flipsDown;
    this.swapsSides = swapsSides;
  }

  /** As an EXIF block, which is a small TIFF file, tells it; upright when it does not. */
  static Orientation of(byte[] exif) {
    try {
      var tiff = ByteBuffer.wrap(exif);
      if (tiff.getShort() == 0x4949) {
        tiff.order(ByteOrder.LITTLE_ENDIAN);
      }
      if (tiff.getShort() != TIFF_MAGIC) {
        return UPRIGHT;
      }
      tiff.position(tiff.getInt());
      for (int left = tiff.getShort() & 0xFFFF; left > 0; left--) {
        int tag = tiff.getShort() & 0xFFFF;
        tiff.position(tiff.position() + 6);
        int value = tiff.getShort();
        if (tag == ORIENTATION_TAG) {
          return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
        }
        tiff.position(tiff.position() + 2);
      }
      return UPRIGHT;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return UPRIGHT;
    }
  }

  /** The picture as it is meant to be seen. */
  Picture upright(Picture stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int width = swapsSides ? stored.height() : stored.width();
    int height = swapsSides ? stored.width() : stored.height();
    var turned = new int[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int fromX = swapsSides ? y : x;
        int fromY = swapsSides ? x : y;
        fromX = flipsAcross ? stored.width() - 1 - fromX : fromX;
        fromY = flipsDown ? stored.height() - 1 - fromY : fromY;
        turned[y * width + x] = stored.argb()[fromY * stored.width() + fromX];
      }
    }
    return new Picture(width, height, turned, stored.opaque());
  }
}
