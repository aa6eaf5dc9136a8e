package parley.media.processing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.media.Description;
import parley.media.Kind;
import parley.media.Processed;
import parley.media.Variant;
import parley.media.processing.Ffmpeg.Input;
import parley.media.processing.PictureFiles.Sized;
import parley.media.processing.Shrinking.Size;

/**
 * Makes of a video what is shown of it. Each step may fail, and what it would have made is then not
 * there; the video itself always is.
 */
final class Videos {

  /** 720p, on its side or upright. */
  private static final int LONG_SIDE = 1280;

  private static final int SHORT_SIDE = 720;

  /** What a good 720p video has; one with less is not made worse by another encoding. */
  private static final long BIT_RATE = 2_500_000;

  /** A second in: the first picture is often black. */
  private static final Duration POSTER_AT = Duration.ofSeconds(1);

  /** 8K: more is a bomb, and gets no poster. */
  private static final long PIXELS_MAX = 7680L * 4320;

  private static final PictureSettings POSTER_LIMITS = PictureSettings.DEFAULT;

  private final Ffmpeg ffmpeg;
  private final VideoSettings settings;
  private final PictureFiles files;

  Videos(Ffmpeg ffmpeg, VideoSettings settings, PictureFiles files) {
    this.ffmpeg = ffmpeg;
    this.settings = settings;
    this.files = files;
  }

  /** What can be had quickly: the video without metadata, poster, thumbnails, duration. */
  Processed.Ready process(Input input, Probe source) throws IOException {
    var kept = clean(input);
    // Recordings of browsers tell their duration only once they are written anew.
    var probe = ffmpeg.probe(kept).orElse(source);
    var mime = kept.format().mime().replaceFirst("^audio/", "video/");
    var variants = new ArrayList<Variant>();
    variants.add(new Variant(Variant.ORIGINAL, mime, kept.file()));
    var placeholder = poster(kept, probe, variants);
    return new Processed.Ready(
        new Description(
            Kind.VIDEO,
            mime,
            probe.video().map(Probe.VideoStream::width),
            probe.video().map(Probe.VideoStream::height),
            probe.duration(),
            placeholder,
            List.of()),
        variants);
  }

  /** The same streams in a new container: no place, no device, no tracks of other data. */
  private Input clean(Input input) throws IOException {
    var format = input.format() == Format.QUICKTIME ? Format.MP4 : input.format();
    var file = input.workFolder().resolve("clean." + format.extension());
    var options = new ArrayList<>(List.of("-map", "0:V:0", "-map", "0:a:0?", "-c", "copy"));
    options.addAll(Ffmpeg.WITHOUT_METADATA);
    if (format == Format.MP4) {
      options.addAll(List.of("-movflags", "+faststart"));
    }
    options.add("file:" + file);
    return ffmpeg.convert(input, List.of(), options, settings.lookTimeout())
        ? new Input(file, format, input.workFolder())
        : input;
  }

  /** Adds the poster and the thumbnails; answers the placeholder. */
  private Optional<String> poster(Input input, Probe probe, List<Variant> variants)
      throws IOException {
    var file = input.workFolder().resolve("frame.png");
    if (probe.video().isEmpty() || !frame(input, probe, file)) {
      return Optional.empty();
    }
    try (var in = PictureDecoder.open(file)) {
      var header = PictureHeader.read(in, Format.PNG);
      var picture =
          new PictureDecoder(header, Format.PNG, POSTER_LIMITS.decodedBytesMax())
              .decode(file, input.workFolder(), Pictures.ORIGINAL_SIDE);
      var sizes = new ArrayList<Sized>();
      sizes.add(new Sized(picture, Variant.POSTER, false));
      sizes.addAll(Pictures.thumbnails(picture));
      variants.addAll(files.write(sizes, input.workFolder()));
      return Optional.of(Pictures.placeholder(sizes));
    } catch (UnfitException e) {
      return Optional.empty();
    }
  }

  private boolean frame(Input input, Probe probe, Path file) throws IOException {
    var stream = probe.video().orElseThrow();
    if (isBomb(stream)) {
      return false;
    }
    var size = Shrinking.fit(stream.width(), stream.height(), Pictures.ORIGINAL_SIDE);
    var start = probe.duration().map(Videos::posterAt).orElse(Duration.ZERO);
    var options = new ArrayList<>(List.of("-map", "0:V:0", "-frames:v", "1", "-vf"));
    options.add("scale=%d:%d,setsar=1".formatted(size.width(), size.height()));
    options.addAll(List.of("-pix_fmt", "rgb24", "-c:v", "png", "-f", "image2", "-update", "1"));
    options.add("file:" + file);
    var seek = List.of("-ss", start.toMillis() + "ms");
    return ffmpeg.convert(input, seek, options, settings.lookTimeout()) && Files.exists(file);
  }

  private static Duration posterAt(Duration duration) {
    var quarter = duration.dividedBy(4);
    return quarter.compareTo(POSTER_AT) < 0 ? quarter : POSTER_AT;
  }

  private static boolean isBomb(Probe.VideoStream stream) {
    return (long) stream.width() * stream.height() > PIXELS_MAX;
  }

  /** Empty when it is fine as it is, or when this fails: then what there is stays. */
  Optional<Variant> transcode(Input input) throws IOException {
    if (input.format().demuxer().isEmpty()) {
      return Optional.empty();
    }
    var probe = ffmpeg.probe(input).filter(it -> it.video().isPresent());
    if (probe.isEmpty() || isFine(probe.get(), input.format())) {
      return Optional.empty();
    }
    var stream = probe.get().video().orElseThrow();
    var file = input.workFolder().resolve("transcoded.mp4");
    var options = encoding(size(stream), file);
    return !isBomb(stream) && ffmpeg.convert(input, List.of(), options, settings.transcodeTimeout())
        ? Optional.of(new Variant(Variant.ORIGINAL, Format.MP4.mime(), file))
        : Optional.empty();
  }

  /** It plays everywhere already, and would not get smaller. */
  private static boolean isFine(Probe probe, Format format) {
    var stream = probe.video().orElseThrow();
    boolean fits =
        Math.min(stream.width(), stream.height()) <= SHORT_SIDE
            && Math.max(stream.width(), stream.height()) <= LONG_SIDE;
    return format == Format.MP4
        && fits
        && stream.codec().equals("h264")
        && stream.pixelFormat().matches("yuvj?420p")
        && probe.soundCodec().filter(codec -> !codec.equals("aac")).isEmpty()
        && probe.bitRate().filter(rate -> rate <= 2 * BIT_RATE).isPresent();
  }

  /** As 720p has it, upright or not; sides are even, because H.264 halves them for colours. */
  private static Size size(Probe.VideoStream stream) {
    double shorter = Math.min(stream.width(), stream.height());
    double longer = Math.max(stream.width(), stream.height());
    double scale = Math.min(1, Math.min(SHORT_SIDE / shorter, LONG_SIDE / longer));
    return new Size(even(stream.width() * scale), even(stream.height() * scale));
  }

  private static int even(double side) {
    return Math.max(2, (int) Math.round(side / 2) * 2);
  }

  private static List<String> encoding(Size size, Path file) {
    var options = new ArrayList<>(List.of("-map", "0:V:0", "-map", "0:a:0?", "-sn", "-dn"));
    options.addAll(List.of("-vf", "scale=%d:%d,setsar=1".formatted(size.width(), size.height())));
    options.addAll(List.of("-c:v", "libx264", "-preset", "veryfast", "-crf", "23"));
    options.addAll(
        List.of("-maxrate", Long.toString(BIT_RATE), "-bufsize", Long.toString(2 * BIT_RATE)));
    options.addAll(List.of("-pix_fmt", "yuv420p", "-fpsmax", "60", "-threads", "2"));
    options.addAll(List.of("-c:a", "aac", "-b:a", "128k", "-ac", "2"));
    options.addAll(Ffmpeg.WITHOUT_METADATA);
    options.addAll(List.of("-movflags", "+faststart", "-f", "mp4", "file:" + file));
    return options;
  }
}
