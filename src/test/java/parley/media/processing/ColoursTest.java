package parley.media.processing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.media.processing.Processing.image;
import static parley.media.processing.Quarters.assertQuarters;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.media.Processed;

/** Colours, however they are stored. */
class ColoursTest {

  private static final int RED = 0xFF0000;
  private static final int GREEN = 0x00FF00;
  private static final int BLUE = 0x0000FF;
  private static final int WHITE = 0xFFFFFF;

  @TempDir Path folder;

  @Test
  void a_cmyk_picture_has_the_colours_of_its_ink() throws IOException {
    var cyan = image(ready(Corpus.cmykJpeg(64, 64, 255, 0, 0, 0)), "original").getRGB(32, 32);
    var black = image(ready(Corpus.cmykJpeg(64, 64, 0, 0, 0, 255)), "original").getRGB(32, 32);
    var paper = image(ready(Corpus.cmykJpeg(64, 64, 0, 0, 0, 0)), "original").getRGB(32, 32);

    assertThat(cyan >> 16 & 0xFF).isLessThan(80);
    assertThat(cyan & 0xFF).isGreaterThan(180);
    assertThat(black & 0xFF).isLessThan(70);
    assertThat(paper & 0xFF).isGreaterThan(240);
  }

  @Test
  void a_profile_is_converted_to_srgb() throws IOException {
    var profile = Corpus.swappedProfile();
    var jpeg = Corpus.withProfile(Corpus.jpeg(Corpus.quarters(200, 200)), profile);
    var named = Corpus.concat("swapped\0\0".getBytes(ISO_8859_1), Corpus.deflated(profile));
    var png = Corpus.withChunk(Corpus.encode(Corpus.quarters(200, 200), "png"), "iCCP", named);

    assertQuarters(image(ready(jpeg), "original"), BLUE, GREEN, RED, WHITE);
    assertQuarters(image(ready(png), "original"), BLUE, GREEN, RED, WHITE);
  }

  @Test
  void a_profile_that_is_nonsense_is_passed_over() throws IOException {
    var png = Corpus.encode(Corpus.quarters(200, 200), "png");

    var ready = ready(Corpus.withChunk(png, "iCCP", "x\0\0nonsense".getBytes(ISO_8859_1)));

    assertQuarters(image(ready, "original"), RED, GREEN, BLUE, WHITE);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_BYTE_INDEXED,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR
      })
  void a_png_of_any_type_is_read(int type) throws IOException {
    var ready = ready(Corpus.encode(Corpus.quarters(400, 400, type), "png"));

    assertQuarters(image(ready, "original"), RED, GREEN, BLUE, WHITE);
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
  void a_grey_keeps_its_brightness(int type) throws IOException {
    var grey = new BufferedImage(64, 64, type);
    var samples = Corpus.filled(64 * 64, type == BufferedImage.TYPE_BYTE_GRAY ? 100 : 100 << 8);
    grey.getRaster().setPixels(0, 0, 64, 64, samples);

    assertThat(image(ready(Corpus.encode(grey, "png")), "original").getRGB(9, 9) & 0xFF)
        .isBetween(99, 101);
  }

  @Test
  void a_grey_jpeg_keeps_its_brightness() throws IOException {
    var grey = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setPixels(0, 0, 64, 64, Corpus.filled(64 * 64, 100));

    assertThat(image(ready(Corpus.jpeg(grey)), "128").getRGB(9, 9) & 0xFF).isBetween(98, 102);
  }

  @Test
  void a_picture_of_16_bits_a_colour_is_read() throws IOException {
    var model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    var raster = model.createCompatibleWritableRaster(64, 64);
    for (int i = 0; i < 64 * 64; i++) {
      raster.setPixel(i % 64, i / 64, new int[] {0x1234, 0x8000, 0xFFFF});
    }

    var ready = ready(Corpus.encode(new BufferedImage(model, raster, false, null), "png"));

    assertThat(image(ready, "original").getRGB(5, 5)).isEqualTo(0xFF1280FF);
  }

  @Test
  void transparency_is_kept() throws IOException {
    var clear = new BufferedImage(1000, 10, BufferedImage.TYPE_INT_ARGB);
    clear.setRGB(0, 0, 1000, 10, Corpus.filled(10_000, 0x80FF0000), 0, 1000);

    for (var bytes : new byte[][] {Corpus.encode(clear, "png"), Corpus.CLEAR_WEBP}) {
      var ready = ready(bytes);

      assertThat(ready.description().mime()).isIn("image/webp", "image/png");
      assertThat(image(ready, "800").getRGB(0, 0) >>> 24).isBetween(0x7F, 0x80);
    }
  }

  private Processed.Ready ready(byte[] content) throws IOException {
    return (Processed.Ready) Processing.of(content, folder);
  }
}
