package parley.media.processing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.media.Kind;
import parley.media.Processed;
import parley.media.Variant;
import parley.services.InstalledFfmpeg;

/** What happens when ffmpeg is not there, fails, hangs, or is fed what would lead it astray. */
class FfmpegTest {

  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration LATER = Duration.ofMinutes(2);

  /** A program that never ends, and says so much that it would fill any pipe. */
  private static final String HANGS =
      "#!/bin/sh\nhead -c 300000 /dev/zero >&2\nexec sleep 987654\n";

  @TempDir Path folder;

  @BeforeAll
  static void needsFfmpeg() {
    InstalledFfmpeg.require();
  }

  @Test
  void without_ffmpeg_a_video_is_kept_as_it_is() throws IOException {
    var processor = with(settings("/nowhere/ffmpeg", "/nowhere/ffprobe", LATER));
    var video = video();

    var ready = (Processed.Ready) Processing.of(video, folder, processor);

    assertThat(processor.hasFfmpeg()).isFalse();
    assertThat(ready.description().kind()).isEqualTo(Kind.VIDEO);
    assertThat(ready.description().mime()).isEqualTo("video/mp4");
    assertThat(kept(ready)).isEqualTo(video);
    assertThat(processor.transcode(folder.resolve("video.mp4"), folder)).isEmpty();
  }

  @Test
  void ffmpeg_is_found_in_the_path() {
    assertThat(with(VideoSettings.DEFAULT).hasFfmpeg()).isTrue();
  }

  @Test
  void an_ffmpeg_that_fails_hurts_nothing() throws IOException {
    var video = video();
    var processor = with(settings(script("#!/bin/sh\nexit 1\n"), "ffprobe", LATER));

    var ready = (Processed.Ready) Processing.of(video, folder, processor);

    assertThat(ready.description().width()).contains(320);
    assertThat(ready.variants()).extracting(Variant::size).containsExactly("original");
    assertThat(kept(ready)).isEqualTo(video);
  }

  @Test
  void an_ffmpeg_that_hangs_is_stopped() throws IOException {
    var processor = with(settings(script(HANGS), "ffprobe", SOON));

    var ready = (Processed.Ready) Processing.of(video(), folder, processor);

    assertThat(ready.description().kind()).isEqualTo(Kind.VIDEO);
    assertThat(ready.description().placeholder()).isEmpty();
    assertThat(hanging()).isEmpty();
  }

  @Test
  void who_waits_for_it_can_be_interrupted() throws Exception {
    var processor = with(settings(script(HANGS), "ffprobe", LATER));
    var video = video();
    var outcome = new CompletableFuture<Object>();
    var worker =
        new Thread(() -> {
          try {
            outcome.complete(Processing.of(video, folder, processor));
          } catch (IOException e) {
            outcome.complete(e);
          }
        });
    worker.start();
    while (hanging().isEmpty() && worker.isAlive()) {
      Thread.onSpinWait();
    }
    worker.interrupt();
    worker.join(LATER);

    assertThat(outcome.join()).isInstanceOf(InterruptedIOException.class);
    assertThat(hanging()).isEmpty();
  }

  @Test
  void an_ffmpeg_that_needs_too_much_memory_fails_alone() throws IOException {
    var video = video();
    var small = new VideoSettings("ffmpeg", "ffprobe", 1, LATER, LATER, 16L << 20, 256L << 20);

    var ready = (Processed.Ready) Processing.of(video, folder, with(small));

    assertThat(kept(ready)).isEqualTo(video);
  }

  @Test
  void an_ffmpeg_that_writes_too_much_is_stopped() throws IOException {
    var video = video();
    var small = new VideoSettings("ffmpeg", "ffprobe", 1, LATER, LATER, 2047L << 20, 12_288);

    var ready = (Processed.Ready) Processing.of(video, folder, with(small));

    assertThat(kept(ready)).isEqualTo(video);
    assertThat(ready.description().width()).contains(320);
  }

  /** Each makes a folder that only one can make, and removes it a little later. */
  @Test
  void no_more_of_them_run_at_once_than_may() throws Exception {
    var busy = folder.resolve("busy");
    var met = folder.resolve("met");
    var alone = "#!/bin/sh\nmkdir %s || touch %s\nsleep 0.2\nrmdir %s\nexit 1\n";
    var processor = with(settings("ffmpeg", script(alone.formatted(busy, met, busy)), LATER));
    var video = video();

    var all =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> processed(video, processor)))
            .toList();

    assertThat(all).extracting(CompletableFuture::join).hasSize(4).doesNotContainNull();
    assertThat(met).doesNotExist();
  }

  private Processed processed(byte[] video, MediaProcessor processor) {
    try {
      return Processing.of(video, folder, processor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_text_that_is_called_a_video_is_a_file() throws IOException {
    var source = Files.writeString(folder.resolve("holiday.mp4"), "just a text");
    var work = Files.createTempDirectory(folder, "work");

    var ready = (Processed.Ready) with(VideoSettings.DEFAULT).process(source, "holiday.mp4", work);

    assertThat(ready.description().kind()).isEqualTo(Kind.FILE);
    assertThat(ready.description().mime()).isEqualTo("application/octet-stream");
  }

  /** A playlist, plain and behind the first bytes of what it is not. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\0\0\0\u0010ftypisom\0\0\0\0", "ID3\3\0\0\0\0\0\0", "OggS", "fLaC"})
  void a_playlist_leads_nowhere(String disguise) throws IOException {
    var passwd = Files.writeString(folder.resolve("passwd"), Corpus.SECRET);
    var playlist =
        "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nfile://%s\n#EXT-X-ENDLIST\n"
            .formatted(passwd);

    var ready = (Processed.Ready) Processing.of((disguise + playlist).getBytes(ISO_8859_1), folder);

    assertThat(ready.description().kind()).isEqualTo(Kind.FILE);
    for (var variant : ready.variants()) {
      assertThat(new String(Files.readAllBytes(variant.file()), ISO_8859_1))
          .doesNotContain(Corpus.SECRET);
    }
  }

  @Test
  void the_environment_is_not_handed_on() throws IOException {
    var probe = script("#!/bin/sh\nenv > %s\nexit 1\n".formatted(folder.resolve("seen")));
    Processing.of(video(), folder, with(settings("ffmpeg", probe, LATER)));

    assertThat(Files.readString(folder.resolve("seen"))).contains("PATH=").doesNotContain("HOME=");
  }

  private static MediaProcessor with(VideoSettings settings) {
    return new MediaProcessor(PictureSettings.DEFAULT, settings);
  }

  private static VideoSettings settings(String ffmpeg, String ffprobe, Duration timeout) {
    return new VideoSettings(ffmpeg, ffprobe, 1, timeout, timeout, 2047L << 20, 256L << 20);
  }

  private byte[] video() {
    return new FfmpegCorpus(folder).oldVideo("320x180");
  }

  private String script(String content) throws IOException {
    var file = Files.createTempFile(folder, "program", "");
    Files.write(file, content.getBytes(UTF_8));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.toString();
  }

  private static List<ProcessHandle> hanging() {
    return ProcessHandle.current()
        .descendants()
        .filter(it -> it.info().commandLine().orElse("").contains("987654"))
        .toList();
  }

  private static byte[] kept(Processed.Ready ready) throws IOException {
    return Files.readAllBytes(ready.variants().getFirst().file());
  }
}
