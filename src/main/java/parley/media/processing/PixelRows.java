package parley.media.processing;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;

/** A picture, row by row. */
interface PixelRows {

  /** Fills {@code row} with the pixels of row y, as ARGB that is not premultiplied. */
  void read(int y, int[] row);

  /**
   * The samples of an image as they are stored: its colour space is not applied, so that it can be
   * once the picture is small. (For greys Java would make of 128 a 188.)
   */
  static PixelRows of(BufferedImage image) {
    var model = image.getColorModel();
    boolean plain =
        model instanceof ComponentColorModel
            && !model.isAlphaPremultiplied()
            && model.getTransferType() <= DataBuffer.TYPE_USHORT
            && model.getComponentSize(0) >= Byte.SIZE;
    if (!plain) {
      return (y, row) -> image.getRGB(0, y, image.getWidth(), 1, row, 0, image.getWidth());
    }
    var samples = new int[image.getWidth() * model.getNumComponents()];
    int shift = model.getComponentSize(0) - Byte.SIZE;
    return (y, row) -> {
      image.getRaster().getPixels(0, y, image.getWidth(), 1, samples);
      pack(samples, shift, row);
    };
  }

  private static void pack(int[] samples, int shift, int[] row) {
    int width = row.length;
    int bands = samples.length / width;
    boolean grey = bands <= 2;
    boolean hasAlpha = bands == 2 || bands == 4;
    for (int x = 0, i = 0; x < width; x++, i += bands) {
      int red = samples[i] >> shift;
      int green = grey ? red : samples[i + 1] >> shift;
      int blue = grey ? red : samples[i + 2] >> shift;
      int alpha = hasAlpha ? samples[i + bands - 1] >> shift : 0xFF;
      row[x] = alpha << 24 | red << 16 | green << 8 | blue;
    }
  }
}
