package parley.media.processing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.media.Kind;
import parley.media.Processed;
import parley.message.Failure;

/** Broken media, bombs, and files that are something else than they say. */
class RefusalsTest {

  @TempDir Path folder;

  @Test
  void nothing_is_refused() throws IOException {
    assertThat(refusal(new byte[0])).isEqualTo(Failure.MEDIA_REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp"})
  void a_picture_that_was_cut_off_is_refused(String format) throws IOException {
    var whole = Corpus.encode(Corpus.quarters(300, 200, BufferedImage.TYPE_3BYTE_BGR), format);

    for (int length : new int[] {whole.length / 4, whole.length / 2, whole.length * 9 / 10}) {
      assertThat(refusal(Arrays.copyOf(whole, length))).isEqualTo(Failure.MEDIA_REFUSED);
    }
  }

  @Test
  void a_webp_that_was_cut_off_is_refused() throws IOException {
    assertThat(refusal(Arrays.copyOf(Corpus.WEBP, 30))).isEqualTo(Failure.MEDIA_REFUSED);
    assertThat(refusal(Arrays.copyOf(Corpus.ANIMATED_WEBP, 200))).isEqualTo(Failure.MEDIA_REFUSED);
  }

  @Test
  void a_bomb_is_refused_before_it_is_decoded() throws IOException {
    var jpeg = Corpus.jpeg(Corpus.quarters(64, 64));
    int frame = indexOf(jpeg, (byte) 0xC0);
    var largeJpeg = jpeg.clone();
    ByteBuffer.wrap(largeJpeg).putInt(frame + 4, 0xFFFFFFFF);
    var largePng = Corpus.encode(Corpus.quarters(64, 64), "png");
    ByteBuffer.wrap(largePng).putInt(16, 100_000).putInt(20, 100_000);
    var largeGif = Corpus.animatedGif(64, 64, 0x123456);
    ByteBuffer.wrap(largeGif).putInt(6, 0xFFFFFFFF);

    for (var bytes : new byte[][] {largeJpeg, largePng, largeGif}) {
      assertThat(refusal(bytes)).isEqualTo(Failure.TOO_LARGE);
    }
  }

  @Test
  void sizes_that_contradict_each_other_are_refused() throws IOException {
    var webp = Corpus.ANIMATED_WEBP.clone();
    webp[58] = 0x7F;

    assertThat(refusal(webp)).isEqualTo(Failure.MEDIA_REFUSED);
  }

  @Test
  void a_small_header_hides_no_bomb_behind_it() throws IOException {
    var largePng = Corpus.encode(Corpus.quarters(64, 64), "png");
    ByteBuffer.wrap(largePng).putInt(16, 23_170).putInt(20, 23_170).put(24, (byte) 16);
    var small = ByteBuffer.allocate(13).putInt(1).putInt(1).put((byte) 8).put((byte) 2).array();
    var largeWebp = Corpus.WEBP.clone();
    ByteBuffer.wrap(largeWebp).order(ByteOrder.LITTLE_ENDIAN).putInt(21, 0x0FFF_FFFF);

    assertThat(refusal(Corpus.withChunk(largePng, "IHDR", small))).isEqualTo(Failure.MEDIA_REFUSED);
    assertThat(refusal(Corpus.withWebpChunk(largeWebp, "VP8X", new byte[10])))
        .isEqualTo(Failure.MEDIA_REFUSED);
  }

  @Test
  void an_animation_of_too_many_frames_is_refused() throws IOException {
    var few = new PictureSettings(64_000_000, 32_000_000, 96 << 20, 2, 500_000_000);
    var small = new PictureSettings(64_000_000, 32_000_000, 96 << 20, 1_000, 10_000);
    var gif = Corpus.animatedGif(64, 64, 0xFF0000, 0x00FF00, 0x0000FF);

    assertThat(failure(Processing.of(gif, folder, with(few)))).isEqualTo(Failure.TOO_LARGE);
    assertThat(failure(Processing.of(gif, folder, with(small)))).isEqualTo(Failure.TOO_LARGE);
  }

  @Test
  void a_text_that_grows_without_end_is_never_read() throws IOException {
    var bomb = Corpus.deflated(new byte[64 << 20]);
    var indexed = Corpus.quarters(64, 64, BufferedImage.TYPE_BYTE_INDEXED);
    var content = Corpus.concat("Comment\0\0".getBytes(ISO_8859_1), bomb);
    var png = Corpus.withChunk(Corpus.encode(indexed, "png"), "zTXt", content);

    assertThat(Processing.of(png, folder)).isInstanceOf(Processed.Ready.class);
  }

  @Test
  void what_hides_behind_a_picture_is_gone() throws IOException {
    var page = "<html><script>alert(document.domain)</script></html>".getBytes(ISO_8859_1);
    var jpeg = Corpus.jpeg(Corpus.quarters(300, 200));
    var commented = Corpus.withSegment(jpeg, 0xFE, page);
    var archive = Corpus.concat("PK\3\4".getBytes(ISO_8859_1), page);

    for (var bytes : new byte[][] {Corpus.concat(commented, page), Corpus.concat(jpeg, archive)}) {
      var ready = (Processed.Ready) Processing.of(bytes, folder);
      for (var variant : ready.variants()) {
        assertThat(new String(Files.readAllBytes(variant.file()), ISO_8859_1))
            .doesNotContain("script");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html><script>alert(1)</script>",
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "just a text"
      })
  void what_a_browser_could_run_is_a_file_of_bytes(String content) throws IOException {
    var ready = (Processed.Ready) Processing.of(content.getBytes(ISO_8859_1), folder);

    assertThat(ready.description().kind()).isEqualTo(Kind.FILE);
    assertThat(ready.description().mime()).isEqualTo("application/octet-stream");
    assertThat(ready.variants()).singleElement().extracting("size").isEqualTo("original");
  }

  @Test
  void a_known_type_of_file_is_named() throws IOException {
    var ready = (Processed.Ready) Processing.of("%PDF-1.7\n".getBytes(ISO_8859_1), folder);

    assertThat(ready.description().mime()).isEqualTo("application/pdf");
    assertThat(ready.description().kind()).isEqualTo(Kind.FILE);
  }

  @Test
  void a_heic_is_refused_with_what_to_do_instead() throws IOException {
    var heic = "\0\0\0\u0018ftypheic\0\0\0\0mif1heic".getBytes(ISO_8859_1);
    var refused = (Processed.Refused) Processing.of(heic, folder);

    assertThat(refused.reason().failure()).isEqualTo(Failure.WRONG_TYPE);
    assertThat(refused.reason().detail()).contains("JPEG");
  }

  /** Whatever comes of it, it is an answer: no exception, no endless loop. */
  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "webp"})
  void damaged_bytes_get_an_answer(String format) throws IOException {
    var random = new Random(7);
    var whole =
        format.equals("webp")
            ? Corpus.ANIMATED_WEBP
            : Corpus.encode(Corpus.quarters(60, 40, BufferedImage.TYPE_3BYTE_BGR), format);
    for (int i = 0; i < 150; i++) {
      var damaged = whole.clone();
      for (int hits = 1 + random.nextInt(6); hits > 0; hits--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }

      assertThat(Processing.of(damaged, folder)).isNotNull();
    }
  }

  private static MediaProcessor with(PictureSettings settings) {
    return new MediaProcessor(settings, VideoSettings.DEFAULT);
  }

  private Failure refusal(byte[] content) throws IOException {
    return failure(Processing.of(content, folder));
  }

  private static Failure failure(Processed processed) {
    return ((Processed.Refused) processed).reason().failure();
  }

  private static int indexOf(byte[] jpeg, byte marker) {
    int at = 0;
    while (jpeg[at] != (byte) 0xFF || jpeg[at + 1] != marker) {
      at++;
    }
    return at + 1;
  }
}
