package parley.media.processing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.media.processing.Processing.bytes;
import static parley.media.processing.Processing.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.media.Processed;
import parley.media.Variant;
import parley.services.InstalledFfmpeg;

/**
 * What becomes of pictures that can be seen through, with an ffmpeg that writes WebP and without.
 */
class WebpFilesTest {

  private static final int HALF_CLEAR = 0x80C02040;

  @TempDir Path folder;

  @Test
  void a_transparent_picture_becomes_webp_in_all_sizes() throws IOException {
    InstalledFfmpeg.require();

    var ready = ready(Corpus.encode(halfClear(1200, 900), "png"));

    assertThat(ready.description().mime()).isEqualTo("image/webp");
    assertThat(ready.variants())
        .extracting(Variant::size)
        .containsExactly("original", "800", "320", "128");
    for (var variant : ready.variants()) {
      assertThat(variant.mime()).isEqualTo("image/webp");
      assertThat(Magic.of(variant.file())).isEqualTo(Format.WEBP);
      assertHalfClear(image(ready, variant.size()));
    }
    assertThat(image(ready, "320").getWidth()).isEqualTo(320);
    assertThat(image(ready, "320").getHeight()).isEqualTo(240);
  }

  @Test
  void a_photograph_cut_out_is_many_times_smaller_than_as_png() throws IOException {
    InstalledFfmpeg.require();
    var cutOut = Corpus.encode(cutOut(), "png");

    var webp = bytes(ready(cutOut), "original");
    var png = bytes(ready(cutOut, with("/nowhere/ffmpeg")), "original");

    assertThat(png.length).isGreaterThan(5 * webp.length);
  }

  @Test
  void nothing_is_left_of_metadata() throws IOException {
    InstalledFfmpeg.require();
    var secret = Corpus.SECRET.getBytes(ISO_8859_1);
    var png = Corpus.encode(halfClear(300, 200), "png");
    var texts = Corpus.withChunk(png, "tEXt", Corpus.concat("Author\0".getBytes(UTF_8), secret));
    var placed = Corpus.withChunk(texts, "eXIf", Corpus.exif(1));

    for (var variant : ready(placed).variants()) {
      var written = new String(Files.readAllBytes(variant.file()), ISO_8859_1);
      assertThat(written).doesNotContain(Corpus.SECRET, "EXIF", "XMP ", "ICCP", "Lavf", "Lavc");
    }
  }

  @Test
  void a_transparent_drawing_keeps_every_pixel() throws IOException {
    InstalledFfmpeg.require();
    var drawing = drawing();

    var ready = ready(Corpus.encode(drawing, "png"));

    assertThat(ready.description().mime()).isEqualTo("image/webp");
    var kept = image(ready, "original");
    assertThat(kept.getRGB(10, 10)).isEqualTo(0xFF123456);
    assertThat(kept.getRGB(110, 10)).isEqualTo(0xFF654321);
    assertThat(kept.getRGB(10, 110) >>> 24).isZero();
  }

  @Test
  void a_transparent_gif_becomes_webp() throws IOException {
    InstalledFfmpeg.require();

    var ready = ready(Corpus.encode(drawing(), "gif"));

    assertThat(ready.description().mime()).isEqualTo("image/webp");
    assertThat(image(ready, "128").getRGB(5, 100) >>> 24).isZero();
    assertThat(image(ready, "128").getRGB(5, 5) >>> 24).isEqualTo(0xFF);
  }

  @Test
  void what_was_written_is_taken_again() throws IOException {
    InstalledFfmpeg.require();
    var first = ready(Corpus.encode(halfClear(400, 300), "png"));

    var second = ready(bytes(first, "original"));

    assertThat(second.description().mime()).isEqualTo("image/webp");
    assertThat(second.description().width()).contains(400);
    assertHalfClear(image(second, "original"));
  }

  @Test
  void a_tiny_one_stays_png() throws IOException {
    var ready = ready(Corpus.encode(halfClear(128, 100), "png"));

    assertThat(ready.description().mime()).isEqualTo("image/png");
    assertHalfClear(image(ready, "original"));
  }

  @Test
  void without_ffmpeg_a_transparent_picture_becomes_png() throws IOException {
    assertPng(with("/nowhere/ffmpeg"));
  }

  @Test
  void an_ffmpeg_without_libwebp_is_not_asked_for_it() throws IOException {
    var asked = folder.resolve("asked");
    var processor =
        with(script("#!/bin/sh\necho \"$@\" >> %s\necho ' V....D png  PNG'\n".formatted(asked)));

    assertPng(processor);
    assertPng(processor);

    assertThat(processor.writesWebp(folder)).isFalse();
    assertThat(asked).hasContent("-v error -nostdin -encoders");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit 1", "exec sleep 987654"})
  void an_ffmpeg_that_fails_costs_nothing_but_size(String failure) throws IOException {
    var processor =
        with(
            script(
                "#!/bin/sh\ncase \"$*\" in *-encoders) echo ' V....D libwebp  WebP';; *) %s;; esac\n"
                    .formatted(failure)));

    assertPng(processor);

    assertThat(processor.writesWebp(folder)).isTrue();
  }

  private void assertPng(MediaProcessor processor) throws IOException {
    var ready = ready(Corpus.encode(halfClear(400, 300), "png"), processor);

    assertThat(ready.description().mime()).isEqualTo("image/png");
    for (var variant : ready.variants()) {
      assertThat(Magic.of(variant.file())).isEqualTo(Format.PNG);
      assertHalfClear(image(ready, variant.size()));
      assertThat(variant.file().getParent()).isDirectoryNotContaining("glob:**.pixels");
    }
  }

  private static void assertHalfClear(BufferedImage image) {
    int found = image.getRGB(image.getWidth() / 2, image.getHeight() / 2);
    for (int shift = 0; shift <= 24; shift += 8) {
      assertThat(found >> shift & 0xFF)
          .as("%08X", found)
          .isCloseTo(HALF_CLEAR >> shift & 0xFF, Offset.offset(6));
    }
  }

  private static BufferedImage halfClear(int width, int height) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, width, height, Corpus.filled(width * height, HALF_CLEAR), 0, width);
    return image;
  }

  /** With the noise of a photograph, and nothing around a disc. */
  private static BufferedImage cutOut() {
    var random = new Random(1);
    var image = new BufferedImage(600, 600, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < 600; y++) {
      for (int x = 0; x < 600; x++) {
        if (Math.hypot(x - 300, y - 300) < 290) {
          int noise = random.nextInt(5) << 16 | random.nextInt(5) << 8 | random.nextInt(5);
          image.setRGB(x, y, 0xFF204060 + x / 6 * 0x010001 + y / 6 * 0x000100 + noise);
        }
      }
    }
    return image;
  }

  /** Two colours above, nothing below. */
  private static BufferedImage drawing() {
    var colours = new int[] {0xFF123456, 0xFF654321, 0};
    var model = new IndexColorModel(8, 3, colours, 0, true, 2, DataBuffer.TYPE_BYTE);
    var image = new BufferedImage(200, 200, BufferedImage.TYPE_BYTE_INDEXED, model);
    for (int y = 0; y < 200; y++) {
      for (int x = 0; x < 200; x++) {
        image.getRaster().setSample(x, y, 0, y >= 100 ? 2 : x / 100);
      }
    }
    return image;
  }

  private Processed.Ready ready(byte[] content) throws IOException {
    return (Processed.Ready) Processing.of(content, folder);
  }

  private Processed.Ready ready(byte[] content, MediaProcessor processor) throws IOException {
    return (Processed.Ready) Processing.of(content, folder, processor);
  }

  private static MediaProcessor with(String ffmpeg) {
    var soon = Duration.ofSeconds(5);
    return new MediaProcessor(
        PictureSettings.DEFAULT,
        new VideoSettings(ffmpeg, "/bin/sh", 1, soon, soon, 2047L << 20, 256L << 20));
  }

  private String script(String content) throws IOException {
    var file = Files.createTempFile(folder, "program", "");
    Files.write(file, content.getBytes(UTF_8));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.toString();
  }
}
