package parley.media.processing;

import java.util.Arrays;
import java.util.Base64;

/**
 * A picture in some 25 bytes: the lowest terms of its cosine transform, in brightness, two colours
 * and transparency, 4 bits each. Devices draw it, blurred, until the picture is there.
 *
 * <p>The algorithm and its form are those of ThumbHash by Evan Wallace
 * (https://github.com/evanw/thumbhash, MIT): the same pixels give the same bytes as there.
 */
final class ThumbHash {

  /** More would cost time and change nothing. */
  static final int SIDE_MAX = 100;

  private final int width;
  private final int height;
  private final boolean seesThrough;
  private final double[] brightness;
  private final double[] yellowBlue;
  private final double[] redGreen;
  private final double[] alpha;

  private ThumbHash(Picture picture) {
    width = picture.width();
    height = picture.height();
    int size = width * height;
    brightness = new double[size];
    yellowBlue = new double[size];
    redGreen = new double[size];
    alpha = new double[size];
    seesThrough = split(picture.argb());
  }

  /** In base64; of a picture of at most {@value #SIDE_MAX} pixels on each side. */
  static String of(Picture picture) {
    if (Math.max(picture.width(), picture.height()) > SIDE_MAX) {
      throw new IllegalArgumentException("Too large: " + picture.width() + "x" + picture.height());
    }
    return Base64.getEncoder().encodeToString(new ThumbHash(picture).bytes());
  }

  /** Fills the channels, over the average colour; answers whether any of it is transparent. */
  private boolean split(int[] argb) {
    double red = 0;
    double green = 0;
    double blue = 0;
    double opacity = 0;
    for (int pixel : argb) {
      double a = (pixel >>> 24) / 255.0;
      red += a / 255 * (pixel >> 16 & 0xFF);
      green += a / 255 * (pixel >> 8 & 0xFF);
      blue += a / 255 * (pixel & 0xFF);
      opacity += a;
    }
    double divisor = opacity == 0 ? 1 : opacity;
    for (int i = 0; i < argb.length; i++) {
      double a = (argb[i] >>> 24) / 255.0;
      double r = red / divisor * (1 - a) + a / 255 * (argb[i] >> 16 & 0xFF);
      double g = green / divisor * (1 - a) + a / 255 * (argb[i] >> 8 & 0xFF);
      double b = blue / divisor * (1 - a) + a / 255 * (argb[i] & 0xFF);
      brightness[i] = (r + g + b) / 3;
      yellowBlue[i] = (r + g) / 2 - b;
      redGreen[i] = r - g;
      alpha[i] = a;
    }
    return opacity < argb.length;
  }

  /** The terms of one channel: their mean, the others scaled to 0..1, and that scale. */
  private record Terms(double mean, double[] others, double scale) {}

  private byte[] bytes() {
    int termsMax = seesThrough ? 5 : 7;
    int across = Math.max(1, terms(termsMax, width));
    int down = Math.max(1, terms(termsMax, height));
    var light = transform(brightness, Math.max(3, across), Math.max(3, down));
    var yellow = transform(yellowBlue, 3, 3);
    var red = transform(redGreen, 3, 3);
    boolean landscape = width > height;
    int first =
        round(63, light.mean)
            | (int) Math.round(31.5 + 31.5 * yellow.mean) << 6
            | (int) Math.round(31.5 + 31.5 * red.mean) << 12
            | round(31, light.scale) << 18
            | (seesThrough ? 1 << 23 : 0);
    int second =
        (landscape ? down : across)
            | round(63, yellow.scale) << 3
            | round(63, red.scale) << 9
            | (landscape ? 1 << 15 : 0);
    var header =
        new byte[] {
          (byte) first,
          (byte) (first >> 8),
          (byte) (first >> 16),
          (byte) second,
          (byte) (second >> 8)
        };
    if (!seesThrough) {
      return pack(header, light, yellow, red);
    }
    var opacity = transform(alpha, 5, 5);
    var longer = Arrays.copyOf(header, header.length + 1);
    longer[header.length] = (byte) (round(15, opacity.mean) | round(15, opacity.scale) << 4);
    return pack(longer, light, yellow, red, opacity);
  }

  private int terms(int max, int side) {
    return (int) Math.round((double) max * side / Math.max(width, height));
  }

  private static int round(int steps, double value) {
    return (int) Math.round(steps * value);
  }

  private Terms transform(double[] channel, int across, int down) {
    var others = new double[across * down];
    double mean = 0;
    double scale = 0;
    int count = 0;
    for (int cy = 0; cy < down; cy++) {
      for (int cx = 0; cx * down < across * (down - cy); cx++) {
        double term = term(channel, cx, cy);
        if (cx == 0 && cy == 0) {
          mean = term;
        } else {
          others[count++] = term;
          scale = Math.max(scale, Math.abs(term));
        }
      }
    }
    for (int i = 0; i < count && scale > 0; i++) {
      others[i] = 0.5 + 0.5 / scale * others[i];
    }
    return new Terms(mean, Arrays.copyOf(others, count), scale);
  }

  private double term(double[] channel, int cx, int cy) {
    var waveX = new double[width];
    for (int x = 0; x < width; x++) {
      waveX[x] = Math.cos(Math.PI / width * cx * (x + 0.5));
    }
    double sum = 0;
    for (int y = 0; y < height; y++) {
      double waveY = Math.cos(Math.PI / height * cy * (y + 0.5));
      for (int x = 0; x < width; x++) {
        sum += channel[x + y * width] * waveX[x] * waveY;
      }
    }
    return sum / (width * height);
  }

  /** Two terms a byte, the lower half first. */
  private static byte[] pack(byte[] header, Terms... channels) {
    int count = Arrays.stream(channels).mapToInt(terms -> terms.others.length).sum();
    var hash = Arrays.copyOf(header, header.length + (count + 1) / 2);
    int index = 0;
    for (var channel : channels) {
      for (double term : channel.others) {
        hash[header.length + index / 2] |= (byte) (round(15, term) << (index % 2 * 4));
        index++;
      }
    }
    return hash;
  }
}
