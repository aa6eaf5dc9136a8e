package parley.media.processing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Optional;

/**
 * What ffprobe says of a file.
 *
 * @param duration empty when the container does not tell, as recordings of browsers do not
 * @param bitRate in bits a second, of all together
 */
record Probe(
    Optional<VideoStream> video,
    Optional<String> soundCodec,
    Optional<Duration> duration,
    Optional<Long> bitRate) {

  /**
   * The stream that is shown.
   *
   * @param width in pixels, as shown: turned upright, its pixels square
   */
  record VideoStream(String codec, String pixelFormat, int width, int height) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MILLIS = 1000;
  private static final Duration DURATION_MAX = Duration.ofDays(30);

  /** Empty when it has neither pictures nor sound, or cannot be read. */
  static Optional<Probe> of(String json) {
    try {
      var root = JSON.readTree(json);
      Optional<VideoStream> video = Optional.empty();
      Optional<String> sound = Optional.empty();
      for (var stream : root.path("streams")) {
        var kind = stream.path("codec_type").asText();
        if (kind.equals("video") && video.isEmpty() && !isCover(stream)) {
          video = video(stream);
        } else if (kind.equals("audio") && sound.isEmpty()) {
          sound = Optional.of(stream.path("codec_name").asText());
        }
      }
      var format = root.path("format");
      return video.isEmpty() && sound.isEmpty()
          ? Optional.empty()
          : Optional.of(new Probe(video, sound, duration(format), bitRate(format)));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The picture on the cover of a song is no video. */
  private static boolean isCover(JsonNode stream) {
    return stream.path("disposition").path("attached_pic").asInt() == 1;
  }

  private static Optional<VideoStream> video(JsonNode stream) {
    int width = (int) Math.round(stream.path("width").asInt() * pixelShape(stream));
    int height = stream.path("height").asInt();
    if (width < 1 || height < 1) {
      return Optional.empty();
    }
    boolean onItsSide = Math.abs(rotation(stream)) % 180 == 90;
    return Optional.of(
        new VideoStream(
            stream.path("codec_name").asText(),
            stream.path("pix_fmt").asText(),
            onItsSide ? height : width,
            onItsSide ? width : height));
  }

  private static int rotation(JsonNode stream) {
    for (var data : stream.path("side_data_list")) {
      if (data.has("rotation")) {
        return data.path("rotation").asInt();
      }
    }
    return stream.path("tags").path("rotate").asInt();
  }

  /** How wide a pixel is for its height, such as 4:3; one when it is not told, or is nonsense. */
  private static double pixelShape(JsonNode stream) {
    var parts = stream.path("sample_aspect_ratio").asText().split(":");
    if (parts.length != 2 || !parts[0].matches("\\d{1,6}") || !parts[1].matches("\\d{1,6}")) {
      return 1;
    }
    double shape = Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
    return shape >= 0.1 && shape <= 10 ? shape : 1;
  }

  private static Optional<Duration> duration(JsonNode format) {
    double seconds = format.path("duration").asDouble();
    return seconds > 0 && seconds < DURATION_MAX.toSeconds()
        ? Optional.of(Duration.ofMillis(Math.round(seconds * MILLIS)))
        : Optional.empty();
  }

  private static Optional<Long> bitRate(JsonNode format) {
    return Optional.of(format.path("bit_rate").asLong()).filter(rate -> rate > 0);
  }
}
