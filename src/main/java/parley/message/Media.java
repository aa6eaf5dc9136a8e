package parley.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A picture, video, sound or file, and what is said with it. A client names it; the rest the server
 * knows, and adds before the message is sent, so that a conversation can be laid out before a byte
 * of it is loaded.
 *
 * @param kind {@code image}, {@code video}, {@code audio} or {@code file}
 * @param mime empty while the rest is not known yet
 * @param sizeInBytes of its original
 * @param placeholder a ThumbHash in base64
 * @param waveform how loud it is over its duration, from 0 to 100
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Media(
    MediaId mediaId,
    String kind,
    String mime,
    @JsonProperty("size") long sizeInBytes,
    Optional<String> name,
    Optional<Integer> width,
    Optional<Integer> height,
    Optional<Long> durationMs,
    Optional<String> placeholder,
    List<Integer> waveform,
    Optional<String> caption)
    implements Content {

  /** The most that the names of keys, and the numbers, take. */
  private static final int FRAME_SIZE_BYTES = 512;

  @JsonCreator
  public Media {
    waveform = waveform == null ? List.of() : List.copyOf(waveform);
  }

  /** As a client names it. */
  public static Media named(MediaId id, Optional<String> caption) {
    return new Media(
        id,
        "file",
        "",
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        caption);
  }

  @Override
  public List<MediaId> carries() {
    return List.of(mediaId);
  }

  /** What the server adds may have changed between two sends of the same. */
  @Override
  public boolean says(Content other) {
    return other instanceof Media media
        && media.mediaId.equals(mediaId)
        && media.caption.equals(caption);
  }

  @Override
  public int sizeBytes() {
    return FRAME_SIZE_BYTES
        + bytes(caption)
        + bytes(name)
        + bytes(placeholder)
        + 4 * waveform.size();
  }

  private static int bytes(Optional<String> text) {
    return text.map(it -> it.getBytes(StandardCharsets.UTF_8).length).orElse(0);
  }

  /** Never what was said: a log line may hold this. */
  @Override
  public String toString() {
    return "Media[" + mediaId + "]";
  }
}
