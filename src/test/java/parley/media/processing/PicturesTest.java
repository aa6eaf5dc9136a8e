package parley.media.processing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.media.Kind;
import parley.media.Processed;
import parley.media.Variant;

/** Good pictures, odd ones among them, and what is made of them. */
class PicturesTest {

  private static final int RED = 0xFF0000;
  private static final int GREEN = 0x00FF00;
  private static final int BLUE = 0x0000FF;
  private static final int WHITE = 0xFFFFFF;

  @TempDir Path folder;

  @Test
  void a_photograph_gets_an_original_and_thumbnails() throws IOException {
    var ready = ready(Corpus.jpeg(Corpus.quarters(4000, 3000)));

    assertThat(ready.description().kind()).isEqualTo(Kind.IMAGE);
    assertThat(ready.description().mime()).isEqualTo("image/jpeg");
    assertThat(ready.description().width()).contains(2048);
    assertThat(ready.description().height()).contains(1536);
    assertThat(ready.description().placeholder()).isPresent();
    assertThat(ready.variants())
        .extracting(Variant::size)
        .containsExactly("original", "800", "320", "128");
    for (var size : new int[] {800, 320, 128}) {
      var image = image(ready, Integer.toString(size));
      assertThat(image.getWidth()).isEqualTo(size);
      assertThat(image.getHeight()).isEqualTo(size * 3 / 4);
      assertQuarters(image, RED, GREEN, BLUE, WHITE);
    }
  }

  @Test
  void a_small_picture_is_not_enlarged() throws IOException {
    var ready = ready(Corpus.jpeg(Corpus.quarters(200, 100)));

    assertThat(image(ready, "original").getWidth()).isEqualTo(200);
    assertThat(image(ready, "800").getWidth()).isEqualTo(200);
    assertThat(image(ready, "128").getWidth()).isEqualTo(128);
  }

  @Test
  void one_pixel_is_a_picture() throws IOException {
    var ready = ready(Corpus.encode(Corpus.quarters(1, 1), "png"));

    assertThat(image(ready, "128").getWidth()).isEqualTo(1);
    assertThat(ready.description().placeholder()).isPresent();
  }

  /** Red, green, blue, white when upright. */
  @ParameterizedTest
  @CsvSource({
    "1, RGBW", "2, GRWB", "3, WBGR", "4, BWRG", "5, RBGW", "6, GWRB", "7, WGBR", "8, BRWG"
  })
  void a_rotated_picture_stands_upright(int orientation, String stored) throws IOException {
    var image = Corpus.quarters(200, 100);
    var cells = new int[] {at(image, 0, 0), at(image, 1, 0), at(image, 0, 1), at(image, 1, 1)};
    var tilted = new BufferedImage(200, 100, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 4; i++) {
      int colour = cells["RGBW".indexOf(stored.charAt(i))];
      tilted.setRGB(i % 2 * 100, i / 2 * 50, 100, 50, Corpus.filled(5000, colour), 0, 100);
    }

    var ready = ready(Corpus.withExif(Corpus.jpeg(tilted), orientation));

    assertThat(ready.description().width()).contains(orientation > 4 ? 100 : 200);
    assertQuarters(image(ready, "original"), RED, GREEN, BLUE, WHITE);
    assertQuarters(image(ready, "128"), RED, GREEN, BLUE, WHITE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "webp"})
  void other_formats_are_turned_as_well(String format) throws IOException {
    byte[] png = Corpus.encode(Corpus.quarters(60, 40), "png");
    var bytes =
        format.equals("png")
            ? Corpus.withChunk(png, "eXIf", Corpus.exif(6))
            : Corpus.withWebpChunk(Corpus.WEBP, "EXIF", Corpus.exif(6));

    var ready = ready(bytes);

    if (format.equals("png")) {
      assertThat(ready.description().width()).contains(40);
    }
    assertClean(ready);
  }

  @Test
  void nothing_is_left_of_metadata() throws IOException {
    var secret = Corpus.SECRET.getBytes(ISO_8859_1);
    var jpeg = Corpus.withExif(Corpus.jpeg(Corpus.quarters(300, 200)), 1);
    var commented = Corpus.withSegment(Corpus.withSegment(jpeg, 0xFE, secret), 0xED, secret);
    var png = Corpus.encode(Corpus.quarters(300, 200), "png");
    var texts = Corpus.withChunk(png, "tEXt", Corpus.concat("Author\0".getBytes(), secret));
    var behind = Corpus.concat(jpeg, secret);

    for (var bytes : new byte[][] {jpeg, commented, texts, behind}) {
      assertThat(contains(bytes, Corpus.SECRET)).isTrue();
      assertClean(ready(bytes));
    }
  }

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

      assertThat(ready.description().mime()).isEqualTo("image/png");
      assertThat(image(ready, "800").getRGB(0, 0) >>> 24).isBetween(0x7F, 0x80);
    }
  }

  @Test
  void a_webp_is_read() throws IOException {
    assertThat(image(ready(Corpus.WEBP), "original").getRGB(0, 0) & 0xFF0000)
        .isGreaterThan(0xF00000);
    assertThat(image(ready(Corpus.LOSSY_WEBP), "original").getRGB(0, 0) & 0xFF0000)
        .isGreaterThan(0xE00000);
  }

  @Test
  void a_bmp_is_read() throws IOException {
    var ready = ready(Corpus.encode(Corpus.quarters(200, 200), "bmp"));

    assertQuarters(image(ready, "original"), RED, GREEN, BLUE, WHITE);
  }

  @Test
  void a_progressive_jpeg_is_read() throws IOException {
    var ready = ready(Corpus.progressiveJpeg(Corpus.quarters(200, 200)));

    assertQuarters(image(ready, "original"), RED, GREEN, BLUE, WHITE);
  }

  @Test
  void a_gif_that_moves_goes_on_moving() throws IOException {
    var gif = Corpus.animatedGif(300, 200, 0xFF0000, 0x00FF00, 0x0000FF);
    assertThat(contains(gif, Corpus.SECRET)).isTrue();

    var ready = ready(Corpus.concat(gif, Corpus.SECRET.getBytes(ISO_8859_1)));

    assertThat(ready.description().mime()).isEqualTo("image/gif");
    assertThat(ready.description().width()).contains(300);
    assertThat(frames(bytes(ready, "original"))).isEqualTo(3);
    assertThat(image(ready, "128").getRGB(5, 5) & 0xFF0000).isGreaterThan(0xF00000);
    assertClean(ready);
  }

  @Test
  void a_gif_of_one_frame_is_a_picture_without_loss() throws IOException {
    var ready = ready(Corpus.animatedGif(300, 200, 0x123456));

    assertThat(ready.description().mime()).isEqualTo("image/png");
    assertThat(image(ready, "original").getRGB(5, 5)).isEqualTo(0xFF123456);
  }

  @Test
  void a_webp_that_moves_goes_on_moving() throws IOException {
    var secret = Corpus.SECRET.getBytes(ISO_8859_1);
    var ready = ready(Corpus.withWebpChunk(Corpus.ANIMATED_WEBP, "XMP ", secret));

    assertThat(ready.description().mime()).isEqualTo("image/webp");
    assertThat(bytes(ready, "original")).isEqualTo(Corpus.ANIMATED_WEBP);
    assertThat(image(ready, "128").getWidth()).isEqualTo(8);
    assertClean(ready);
  }

  @Test
  void the_same_picture_gives_the_same_again() throws IOException {
    var jpeg = Corpus.jpeg(Corpus.quarters(1000, 1000));
    var first = bytes(ready(jpeg), "original");

    assertThat(bytes(ready(jpeg), "original")).isEqualTo(first);
  }

  private Processed.Ready ready(byte[] content) throws IOException {
    return (Processed.Ready) Processing.of(content, folder);
  }

  private static int at(BufferedImage image, int column, int row) {
    return image.getRGB(
        image.getWidth() * (1 + 2 * column) / 4, image.getHeight() * (1 + 2 * row) / 4);
  }

  private static void assertQuarters(BufferedImage image, int... colours) {
    for (int i = 0; i < colours.length; i++) {
      int found = at(image, i % 2, i / 2);
      for (int shift = 0; shift <= 16; shift += 8) {
        assertThat(found >> shift & 0xFF)
            .as("quarter %d of %08X", i, found)
            .isCloseTo(colours[i] >> shift & 0xFF, Offset.offset(12));
      }
    }
  }

  private static void assertClean(Processed.Ready ready) throws IOException {
    for (var variant : ready.variants()) {
      var bytes = Files.readAllBytes(variant.file());
      assertThat(contains(bytes, Corpus.SECRET)).as(variant.size()).isFalse();
      assertThat(contains(bytes, "Exif")).as(variant.size()).isFalse();
    }
  }

  private static boolean contains(byte[] bytes, String text) {
    return new String(bytes, ISO_8859_1).contains(text);
  }

  private static byte[] bytes(Processed.Ready ready, String size) throws IOException {
    var variant =
        ready.variants().stream().filter(it -> it.size().equals(size)).findFirst().orElseThrow();
    return Files.readAllBytes(variant.file());
  }

  private static BufferedImage image(Processed.Ready ready, String size) throws IOException {
    return Corpus.decoded(bytes(ready, size));
  }

  private static int frames(byte[] gif) throws IOException {
    var reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (var in = ImageIO.createImageInputStream(new ByteArrayInputStream(gif))) {
      reader.setInput(in);
      return reader.getNumImages(true);
    } finally {
      reader.dispose();
    }
  }
}
