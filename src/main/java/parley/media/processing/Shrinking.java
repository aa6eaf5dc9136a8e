package parley.media.processing;

import java.util.Arrays;

/**
 * Makes a picture smaller by area averaging: each pixel of the result is the mean of exactly the
 * area that it covers. Reads the source once, row by row, and holds one row of it.
 */
final class Shrinking {

  /** Of a picture, in pixels. */
  record Size(int width, int height) {}

  private static final int CHANNELS = 4;

  private final Size from;
  private final Size to;
  private final int[] row;

  /** One row, shrunk across; and the sums of the rows of one row of the result. */
  private final float[] across;

  private final float[] sums;
  private final int[] result;

  private Shrinking(Size from, Size to) {
    this.from = from;
    this.to = to;
    row = new int[from.width];
    across = new float[to.width * CHANNELS];
    sums = new float[to.width * CHANNELS];
    result = new int[to.width * to.height];
  }

  /** To a size that is nowhere greater. */
  static Shrinking of(Size from, Size to) {
    if (to.width > from.width || to.height > from.height) {
      throw new IllegalArgumentException(from + " is not shrunk to " + to);
    }
    return new Shrinking(from, to);
  }

  /** The size that keeps the shape and has no side over the limit; never greater than it was. */
  static Size fit(int width, int height, int sideMax) {
    int longer = Math.max(width, height);
    if (longer <= sideMax) {
      return new Size(width, height);
    }
    double scale = (double) sideMax / longer;
    return new Size(
        Math.max(1, (int) Math.round(width * scale)),
        Math.max(1, (int) Math.round(height * scale)));
  }

  /** Used once. */
  Picture apply(PixelRows source) {
    if (from.equals(to)) {
      for (int y = 0; y < from.height; y++) {
        source.read(y, row);
        System.arraycopy(row, 0, result, y * from.width, from.width);
      }
      return Picture.of(to.width, to.height, result);
    }
    double ratio = (double) from.height / to.height;
    int next = 0;
    for (int y = 0; y < from.height; y++) {
      source.read(y, row);
      shrinkAcross();
      double end = Math.min((next + 1) * ratio, from.height);
      float inside = (float) Math.min(1, end - y);
      add(inside);
      if (end <= y + 1 && next < to.height) {
        finish(next++, ratio);
        add(1 - inside);
      }
    }
    if (next < to.height) {
      finish(next, ratio);
    }
    return Picture.of(to.width, to.height, result);
  }

  /** Premultiplied, so that the colour of what is transparent does not show. */
  private void shrinkAcross() {
    double ratio = (double) from.width / to.width;
    for (int x = 0; x < to.width; x++) {
      double start = x * ratio;
      double end = Math.min(start + ratio, from.width);
      float alpha = 0;
      float red = 0;
      float green = 0;
      float blue = 0;
      for (int i = (int) start; i < end; i++) {
        float weight = (float) (Math.min(i + 1, end) - Math.max(i, start));
        int pixel = row[i];
        int opacity = pixel >>> 24;
        float part = opacity == 0xFF ? weight : weight * opacity / 255f;
        alpha += part;
        red += part * (pixel >> 16 & 0xFF);
        green += part * (pixel >> 8 & 0xFF);
        blue += part * (pixel & 0xFF);
      }
      int at = x * CHANNELS;
      across[at] = alpha;
      across[at + 1] = red;
      across[at + 2] = green;
      across[at + 3] = blue;
    }
  }

  private void add(float weight) {
    if (weight <= 0) {
      return;
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] += across[i] * weight;
    }
  }

  private void finish(int y, double ratio) {
    double area = ratio * from.width / to.width;
    for (int x = 0; x < to.width; x++) {
      int at = x * CHANNELS;
      float alpha = sums[at];
      int opacity = level(255 * alpha / area);
      float divisor = alpha > 0 ? alpha : 1;
      result[y * to.width + x] =
          opacity << 24
              | level(sums[at + 1] / divisor) << 16
              | level(sums[at + 2] / divisor) << 8
              | level(sums[at + 3] / divisor);
    }
    Arrays.fill(sums, 0);
  }

  private static int level(double value) {
    return Math.clamp(Math.round(value), 0, 255);
  }
}
