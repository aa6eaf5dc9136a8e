package parley.media.processing;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.util.Optional;

/** Brings colours into sRGB, which is what a picture without a profile is taken for. */
final class Colours {

  private Colours() {}

  /** The profile, when it is one that RGB pictures can have. */
  static Optional<ICC_Profile> profile(byte[] bytes) {
    try {
      return Optional.of(ICC_Profile.getInstance(bytes))
          .filter(profile -> profile.getColorSpaceType() == ColorSpace.TYPE_RGB);
    } catch (IllegalArgumentException | CMMException e) {
      return Optional.empty();
    }
  }

  /** The profile that a decoded image still has to be converted from. */
  static Optional<ICC_Profile> profile(BufferedImage image) {
    return image.getColorModel().getColorSpace() instanceof ICC_ColorSpace space
            && space.getType() == ColorSpace.TYPE_RGB
            && !space.isCS_sRGB()
        ? Optional.of(space.getProfile())
        : Optional.empty();
  }

  /** The picture in sRGB; as it is when the profile turns out to be of no use. */
  static Picture toSrgb(Picture picture, ICC_Profile from) {
    int width = picture.width();
    var row = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, 1, 3, null);
    var converted = row.createCompatibleWritableRaster();
    var samples = new int[width * 3];
    var argb = new int[picture.argb().length];
    try {
      var convert =
          new ColorConvertOp(
              new ICC_ColorSpace(from), ColorSpace.getInstance(ColorSpace.CS_sRGB), null);
      for (int start = 0; start < argb.length; start += width) {
        for (int x = 0; x < width; x++) {
          int pixel = picture.argb()[start + x];
          samples[3 * x] = pixel >> 16 & 0xFF;
          samples[3 * x + 1] = pixel >> 8 & 0xFF;
          samples[3 * x + 2] = pixel & 0xFF;
        }
        row.setPixels(0, 0, width, 1, samples);
        convert.filter(row, converted);
        converted.getPixels(0, 0, width, 1, samples);
        for (int x = 0; x < width; x++) {
          argb[start + x] =
              picture.argb()[start + x] & 0xFF000000
                  | samples[3 * x] << 16
                  | samples[3 * x + 1] << 8
                  | samples[3 * x + 2];
        }
      }
      return new Picture(width, picture.height(), argb, picture.opaque());
    } catch (IllegalArgumentException | CMMException e) {
      return picture;
    }
  }
}
