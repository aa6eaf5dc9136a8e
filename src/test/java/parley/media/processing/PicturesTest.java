package parley.media.processing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.media.processing.Processing.bytes;
import static parley.media.processing.Processing.image;
import static parley.media.processing.Quarters.assertQuarters;
import static parley.media.processing.Quarters.at;

import java.awt.image.BufferedImage;
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

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp"})
  void what_memory_does_not_hold_is_read_in_fewer_pixels(String format) throws IOException {
    var small = new PictureSettings(64_000_000, 24_000_000, 1 << 20, 1_000, 500_000_000);
    var processor = new MediaProcessor(small, VideoSettings.DEFAULT);
    var large = Corpus.encode(Corpus.quarters(1500, 1000, BufferedImage.TYPE_3BYTE_BGR), format);

    var ready = (Processed.Ready) Processing.of(large, folder, processor);

    var original = image(ready, "original");
    assertThat(original.getWidth()).isLessThan(1500);
    assertThat((double) original.getWidth() / original.getHeight())
        .isCloseTo(1.5, Offset.offset(0.01));
    assertQuarters(original, RED, GREEN, BLUE, WHITE);
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
  void nothing_is_left_of_the_place_where_it_was_taken() throws IOException {
    var place = Corpus.place();
    var jpeg = Corpus.withPlace(Corpus.jpeg(Corpus.quarters(300, 200)));
    assertThat(contains(jpeg, new String(place, ISO_8859_1))).isTrue();

    for (var variant : ready(jpeg).variants()) {
      var bytes = Files.readAllBytes(variant.file());
      assertThat(contains(bytes, new String(place, ISO_8859_1))).as(variant.size()).isFalse();
      assertThat(contains(bytes, "Exif")).as(variant.size()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"film.mp4", "notes.txt", "setup.exe", "page.html", "picture.png"})
  void a_picture_is_one_whatever_it_is_called(String name) throws IOException {
    var jpeg = Corpus.jpeg(Corpus.quarters(300, 200));

    var ready = (Processed.Ready) Processing.named(name, jpeg, folder);

    assertThat(ready.description().kind()).isEqualTo(Kind.IMAGE);
    assertThat(ready.description().mime()).isEqualTo("image/jpeg");
    assertQuarters(image(ready, "original"), RED, GREEN, BLUE, WHITE);
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
