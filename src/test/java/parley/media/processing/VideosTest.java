package parley.media.processing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.media.processing.Processing.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.media.Kind;
import parley.media.Processed;
import parley.media.Variant;
import parley.services.InstalledFfmpeg;

/** Videos, made and looked at with the ffmpeg of this machine. */
class VideosTest {

  @TempDir Path folder;

  private FfmpegCorpus corpus;

  @BeforeAll
  static void needsFfmpeg() {
    InstalledFfmpeg.require();
  }

  @BeforeEach
  void start() {
    corpus = new FfmpegCorpus(folder);
  }

  @Test
  void a_video_gets_a_poster_thumbnails_and_a_duration() throws IOException {
    var ready = ready(corpus.video("960x540", 2));

    assertThat(ready.description().kind()).isEqualTo(Kind.VIDEO);
    assertThat(ready.description().mime()).isEqualTo("video/mp4");
    assertThat(ready.description().width()).contains(960);
    assertThat(ready.description().height()).contains(540);
    assertThat(ready.description().duration().orElseThrow())
        .isBetween(Duration.ofMillis(1900), Duration.ofMillis(2200));
    assertThat(ready.description().placeholder()).isPresent();
    assertThat(ready.variants())
        .extracting(Variant::size)
        .containsExactly("original", "poster", "800", "320", "128");
    assertThat(Corpus.decoded(bytes(ready, "poster")).getWidth()).isEqualTo(960);
    assertThat(Corpus.decoded(bytes(ready, "128")).getHeight()).isEqualTo(72);
  }

  @Test
  void nothing_is_left_of_metadata() throws IOException {
    var video = corpus.video("320x180", 1);
    assertThat(text(video)).contains(Corpus.SECRET);

    var ready = ready(video);

    for (var variant : ready.variants()) {
      assertThat(text(Files.readAllBytes(variant.file()))).doesNotContain(Corpus.SECRET);
    }
  }

  @Test
  void a_video_can_be_played_before_it_is_there_whole() throws IOException {
    var video = corpus.video("320x180", 1);
    assertThat(FfmpegCorpus.indexOf(video, "moov"))
        .isGreaterThan(FfmpegCorpus.indexOf(video, "mdat"));

    var kept = bytes(ready(video), "original");

    assertThat(FfmpegCorpus.indexOf(kept, "moov")).isLessThan(FfmpegCorpus.indexOf(kept, "mdat"));
  }

  @Test
  void a_video_taken_upright_stands_upright() throws IOException {
    var video = FfmpegCorpus.onItsSide(corpus.video("640x360", 1));

    var ready = ready(video);

    assertThat(ready.description().width()).contains(360);
    assertThat(ready.description().height()).contains(640);
    assertThat(Corpus.decoded(bytes(ready, "poster")).getHeight()).isEqualTo(640);
  }

  @Test
  void a_video_may_be_silent() throws IOException {
    var ready = ready(corpus.oldVideo("320x180"));

    assertThat(ready.description().kind()).isEqualTo(Kind.VIDEO);
    assertThat(ready.description().placeholder()).isPresent();
  }

  @Test
  void a_recording_of_a_browser_has_a_duration() throws IOException {
    var options = "-f lavfi -i testsrc=size=320x180:rate=10:duration=2 -c:v libvpx -live 1";
    var ready = ready(corpus.make("live.webm", options));

    assertThat(ready.description().mime()).isEqualTo("video/webm");
    assertThat(ready.description().duration().orElseThrow())
        .isBetween(Duration.ofMillis(1800), Duration.ofMillis(2200));
  }

  @Test
  void a_large_video_becomes_720p() throws IOException {
    var video = transcoded(corpus.oldVideo("1920x1080")).orElseThrow();

    var stream = probe(video).video().orElseThrow();
    assertThat(stream).isEqualTo(new Probe.VideoStream("h264", "yuv420p", 1280, 720));
    assertThat(text(video)).doesNotContain(Corpus.SECRET);
    assertThat(FfmpegCorpus.indexOf(video, "moov")).isLessThan(FfmpegCorpus.indexOf(video, "mdat"));
  }

  @Test
  void a_large_video_taken_upright_becomes_720p() throws IOException {
    var video = FfmpegCorpus.onItsSide(corpus.oldVideo("1920x1080"));

    var stream = probe(transcoded(video).orElseThrow()).video().orElseThrow();

    assertThat(stream.width()).isEqualTo(720);
    assertThat(stream.height()).isEqualTo(1280);
  }

  @Test
  void odd_sides_become_even() throws IOException {
    var stream = probe(transcoded(corpus.oldVideo("321x181")).orElseThrow()).video().orElseThrow();

    assertThat(stream.width() % 2 + stream.height() % 2).isZero();
  }

  @Test
  void sound_is_kept() throws IOException {
    var options =
        "-f lavfi -i testsrc=size=320x180:rate=10:duration=1 -f lavfi -i sine=duration=1"
            + " -c:v libvpx -c:a libopus";

    var video = transcoded(corpus.make("sound.webm", options)).orElseThrow();

    assertThat(probe(video).soundCodec()).contains("aac");
  }

  @Test
  void a_video_that_plays_everywhere_is_not_encoded_again() throws IOException {
    assertThat(transcoded(corpus.video("640x360", 1))).isEmpty();
  }

  @Test
  void what_is_no_video_is_not_encoded() throws IOException {
    assertThat(transcoded(Corpus.jpeg(Corpus.quarters(20, 20)))).isEmpty();
    assertThat(transcoded(corpus.sound("sound.wav", "pcm_s16le"))).isEmpty();
  }

  @Test
  void a_video_without_its_index_is_a_file() throws IOException {
    var video = corpus.video("320x180", 1);

    var ready = ready(Arrays.copyOf(video, video.length / 2));

    assertThat(ready.description().kind()).isEqualTo(Kind.FILE);
    assertThat(ready.description().mime()).isEqualTo("video/mp4");
  }

  @Test
  void a_video_without_its_end_is_shown_as_far_as_it_goes() throws IOException {
    var video = bytes(ready(corpus.video("320x180", 4)), "original");

    var ready = ready(Arrays.copyOf(video, video.length * 3 / 4));

    assertThat(ready.description().kind()).isEqualTo(Kind.VIDEO);
    assertThat(ready.description().placeholder()).isPresent();
  }

  private Processed.Ready ready(byte[] content) throws IOException {
    return (Processed.Ready) Processing.of(content, folder);
  }

  private Optional<byte[]> transcoded(byte[] content) throws IOException {
    var source = Files.write(folder.resolve("source"), content);
    var processor = new MediaProcessor(PictureSettings.DEFAULT, VideoSettings.DEFAULT);
    var variant = processor.transcode(source, Files.createTempDirectory(folder, "work"));
    return variant.isPresent()
        ? Optional.of(Files.readAllBytes(variant.get().file()))
        : Optional.empty();
  }

  private Probe probe(byte[] mp4) throws IOException {
    var file = Files.write(folder.resolve("probed"), mp4);
    var input = new Ffmpeg.Input(file, Format.MP4, folder);
    return new Ffmpeg(VideoSettings.DEFAULT).probe(input).orElseThrow();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
