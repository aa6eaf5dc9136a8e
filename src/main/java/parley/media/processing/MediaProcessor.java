package parley.media.processing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import parley.media.Description;
import parley.media.Processed;
import parley.media.Processor;
import parley.media.Variant;
import parley.media.processing.Ffmpeg.Input;
import parley.message.Failure;
import parley.message.Refusal;

/**
 * Looks at media of all kinds. The type is that of the bytes: a name is never believed. Pictures
 * that cannot be shown are refused; of videos and sounds the file is kept whatever comes of it. All
 * else is a file, as {@code application/octet-stream} when it is not one of few known types, so
 * that no browser runs what it holds.
 */
public final class MediaProcessor implements Processor {

  private final Pictures pictures;
  private final Videos videos;
  private final Sounds sounds;
  private final Ffmpeg ffmpeg;
  private final WebpFiles webp;

  public MediaProcessor(PictureSettings pictures, VideoSettings videos) {
    this.ffmpeg = new Ffmpeg(videos);
    this.webp = new WebpFiles(ffmpeg, videos);
    var files = new PictureFiles(webp);
    this.pictures = new Pictures(pictures, files);
    this.videos = new Videos(ffmpeg, videos, files);
    this.sounds = new Sounds(ffmpeg, videos);
  }

  /** Whether ffmpeg and ffprobe can be run; without, videos and sounds are kept as they are. */
  public boolean hasFfmpeg() {
    return ffmpeg.isThere();
  }

  /**
   * Whether transparent pictures become WebP; else they become PNG, many times as large. Blocks
   * when it is asked first: it runs ffmpeg, in that folder.
   */
  public boolean writesWebp(Path workFolder) throws IOException {
    return webp.canBeWritten(workFolder);
  }

  @Override
  public Processed process(Path source, String nameHint, Path workFolder) throws IOException {
    if (Files.size(source) == 0) {
      return new Processed.Refused(new Refusal(Failure.MEDIA_REFUSED, "The file is empty"));
    }
    try {
      return ready(source, Magic.of(source), workFolder);
    } catch (UnfitException e) {
      return new Processed.Refused(e.refusal());
    }
  }

  private Processed ready(Path source, Format format, Path workFolder)
      throws IOException, UnfitException {
    return switch (format) {
      case JPEG, PNG, GIF, WEBP, BMP -> pictures.process(source, format, workFolder);
      case HEIC, AVIF ->
          throw UnfitException.wrongType(
              format + " pictures are not read here, and few devices show them: send a JPEG");
      case MP4, QUICKTIME, WEBM, MATROSKA, AVI, OGG, M4A, MP3, AAC, WAV, FLAC ->
          media(source, format, workFolder);
      case PDF, ZIP, OTHER -> file(source, format);
    };
  }

  /** Their containers hold both: what is inside decides. */
  private Processed media(Path source, Format format, Path workFolder) throws IOException {
    if (!ffmpeg.isThere()) {
      return asItIs(source, format);
    }
    var input = new Input(source, format, workFolder);
    var probe = ffmpeg.probe(input);
    if (probe.isEmpty()) {
      return file(source, format);
    }
    return probe.get().video().isPresent()
        ? videos.process(input, probe.get())
        : sounds.process(input, probe.get());
  }

  private static Processed asItIs(Path source, Format format) {
    var description =
        new Description(
            format.kind(),
            format.mime(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    return new Processed.Ready(description, original(source, format));
  }

  private static Processed file(Path source, Format format) {
    return new Processed.Ready(Description.file(format.mime()), original(source, format));
  }

  private static List<Variant> original(Path source, Format format) {
    return List.of(new Variant(Variant.ORIGINAL, format.mime(), source));
  }

  @Override
  public Optional<Variant> transcode(Path source, Path workFolder) throws IOException {
    return ffmpeg.isThere()
        ? videos.transcode(new Input(source, Magic.of(source), workFolder))
        : Optional.empty();
  }
}
