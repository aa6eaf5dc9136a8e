package parley.media.processing;

import java.awt.image.BufferedImage;

/**
 * A picture in memory, small enough to be handled whole.
 *
 * @param argb row by row, sRGB, not premultiplied; not to be changed
 * @param opaque whether no pixel of it is transparent
 */
record Picture(int width, int height, int[] argb, boolean opaque) {

  Picture {
    if (width < 1 || height < 1 || argb.length != width * height) {
      throw new IllegalArgumentException(width + "x" + height + " of " + argb.length);
    }
  }

  static Picture of(int width, int height, int[] argb) {
    boolean opaque = true;
    for (int i = 0; i < argb.length && opaque; i++) {
      opaque = argb[i] >>> 24 == 0xFF;
    }
    return new Picture(width, height, argb, opaque);
  }

  int longerSide() {
    return Math.max(width, height);
  }

  /** Itself when it fits; else shrunk until it does. */
  Picture within(int sideMax) {
    if (longerSide() <= sideMax) {
      return this;
    }
    PixelRows rows = (y, row) -> System.arraycopy(argb, y * width, row, 0, width);
    return Shrinking.of(new Shrinking.Size(width, height), Shrinking.fit(width, height, sideMax))
        .apply(rows);
  }

  /** The same, as encoders want it. */
  BufferedImage toImage() {
    int type = opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB;
    var image = new BufferedImage(width, height, type);
    image.getRaster().setDataElements(0, 0, width, height, argb);
    return image;
  }
}
