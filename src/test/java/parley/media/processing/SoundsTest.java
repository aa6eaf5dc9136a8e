package parley.media.processing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.media.Kind;
import parley.media.Processed;
import parley.services.InstalledFfmpeg;

/** Voice messages, made and looked at with the ffmpeg of this machine. */
class SoundsTest {

  @TempDir Path folder;

  @BeforeAll
  static void needsFfmpeg() {
    InstalledFfmpeg.require();
  }

  @ParameterizedTest
  @CsvSource({
    "voice.ogg, libopus, audio/ogg",
    "voice.webm, libopus, audio/webm",
    "voice.m4a, aac, audio/mp4",
    "voice.mp4, aac, audio/mp4",
    "voice.mp3, libmp3lame, audio/mpeg",
    "voice.wav, pcm_s16le, audio/wav",
    "voice.flac, flac, audio/flac",
    "voice.aac, aac, audio/aac"
  })
  void a_voice_message_has_a_duration_and_a_waveform(String name, String codec, String mime)
      throws IOException {
    var ready = ready(new FfmpegCorpus(folder).sound(name, codec));

    assertThat(ready.description().kind()).isEqualTo(Kind.AUDIO);
    assertThat(ready.description().mime()).isEqualTo(mime);
    assertThat(ready.description().duration().orElseThrow())
        .isBetween(Duration.ofMillis(1950), Duration.ofMillis(2150));
    var waveform = ready.description().waveform();
    assertThat(waveform).hasSize(64).allMatch(level -> level >= 0 && level <= 100);
    assertThat(waveform.subList(4, 28)).allMatch(level -> level > 70);
    assertThat(waveform.subList(36, 60)).allMatch(level -> level > 10 && level < 45);
    assertThat(ready.variants()).singleElement().extracting("size").isEqualTo("original");
    var kept = new String(Files.readAllBytes(ready.variants().getFirst().file()), ISO_8859_1);
    assertThat(kept).doesNotContain(Corpus.SECRET);
  }

  @Test
  void silence_is_flat() throws IOException {
    var options = "-f lavfi -i anullsrc=duration=1 -t 1 -c:a pcm_s16le";

    var ready = ready(new FfmpegCorpus(folder).make("silence.wav", options));

    assertThat(ready.description().waveform()).hasSize(64).containsOnly(0);
  }

  private Processed.Ready ready(byte[] content) throws IOException {
    return (Processed.Ready) Processing.of(content, folder);
  }
}
