package parley.media;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a medium once it was looked at; enough to lay out a conversation before a byte
 * of it is loaded.
 *
 * @param mime the type of the original as it is kept
 * @param width in pixels, as it is shown
 * @param height in pixels, as it is shown
 * @param placeholder a ThumbHash in base64
 * @param waveform how loud it is over its duration: 64 numbers from 0 to 100, or none
 */
public record Description(
    Kind kind,
    String mime,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> width,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> height,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Duration> duration,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> placeholder,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Integer> waveform) {

  public Description {
    width = width == null ? Optional.empty() : width;
    height = height == null ? Optional.empty() : height;
    duration = duration == null ? Optional.empty() : duration;
    placeholder = placeholder == null ? Optional.empty() : placeholder;
    waveform = waveform == null ? List.of() : List.copyOf(waveform);
  }

  /** A file of which no more is known. */
  public static Description file(String mime) {
    return new Description(
        Kind.FILE,
        mime,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** The same, of another type. */
  Description typed(String other) {
    return new Description(kind, other, width, height, duration, placeholder, waveform);
  }
}
