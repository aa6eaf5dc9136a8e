package parley;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A picture as a phone might take it: a sky, a sun, and a house before it. */
final class TestPicture {

  private TestPicture() {}

  static byte[] jpeg(int width, int height) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var pen = image.createGraphics();
    pen.setPaint(new GradientPaint(0, 0, new Color(0x3355cc), 0, height, new Color(0xffc080)));
    pen.fillRect(0, 0, width, height);
    pen.setPaint(new Color(0xfff0a0));
    pen.fillOval(width / 8, height / 8, height / 4, height / 4);
    pen.setPaint(new Color(0x402820));
    pen.fillRect(width / 2, height / 2, width / 3, height / 2);
    pen.dispose();
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
