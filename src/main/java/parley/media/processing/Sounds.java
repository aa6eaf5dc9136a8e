package parley.media.processing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.media.Description;
import parley.media.Kind;
import parley.media.Processed;
import parley.media.Variant;
import parley.media.processing.Ffmpeg.Input;

/**
 * Makes of a voice message, or a song, what is shown of it: its duration and how loud it is over
 * time. The sound stays as it was encoded, in its container, without what was written beside it.
 */
final class Sounds {

  private final Ffmpeg ffmpeg;
  private final VideoSettings settings;

  Sounds(Ffmpeg ffmpeg, VideoSettings settings) {
    this.ffmpeg = ffmpeg;
    this.settings = settings;
  }

  Processed.Ready process(Input input, Probe probe) throws IOException {
    var original = clean(input);
    var waveform = waveform(input);
    return new Processed.Ready(
        new Description(
            Kind.AUDIO,
            original.mime(),
            Optional.empty(),
            Optional.empty(),
            waveform.map(Waveform::duration).or(probe::duration),
            Optional.empty(),
            waveform.map(Waveform::levels).orElse(List.of())),
        List.of(original));
  }

  private Variant clean(Input input) throws IOException {
    var format =
        switch (input.format()) {
          case MP4, QUICKTIME -> Format.M4A;
          default -> input.format();
        };
    var file = input.workFolder().resolve("clean." + format.extension());
    var options = new ArrayList<>(List.of("-map", "0:a:0", "-c", "copy"));
    options.addAll(Ffmpeg.WITHOUT_METADATA);
    if (format == Format.M4A) {
      options.addAll(List.of("-movflags", "+faststart"));
    }
    options.add("file:" + file);
    return ffmpeg.convert(input, List.of(), options, settings.lookTimeout())
        ? new Variant(Variant.ORIGINAL, mime(format), file)
        : new Variant(Variant.ORIGINAL, mime(input.format()), input.file());
  }

  /** Of a container for videos, when it has none in it. */
  private static String mime(Format format) {
    return format.mime().replaceFirst("^video/", "audio/");
  }

  private Optional<Waveform> waveform(Input input) throws IOException {
    var file = input.workFolder().resolve("sound.pcm");
    var options =
        List.of(
            "-map",
            "0:a:0",
            "-ac",
            "1",
            "-ar",
            Integer.toString(Waveform.RATE),
            "-c:a",
            "pcm_s16le",
            "-f",
            "s16le",
            "file:" + file);
    return ffmpeg.convert(input, List.of(), options, settings.lookTimeout())
        ? Waveform.of(file)
        : Optional.empty();
  }
}
