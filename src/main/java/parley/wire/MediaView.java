package parley.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parley.media.Description;
import parley.media.Facts;
import parley.media.Form;
import parley.media.Kind;
import parley.media.Variant;
import parley.message.MediaId;

/**
 * A medium as who may see it sees it.
 *
 * @param kind {@code file} until it was looked at
 * @param size of the original as it is now, in bytes
 * @param sizes what may be asked for
 * @param transcoded true or absent: a video's original is as it stays
 * @param problem why it was refused
 */
public record MediaView(
    MediaId id,
    String kind,
    String mime,
    long size,
    Optional<String> name,
    Optional<Integer> width,
    Optional<Integer> height,
    Optional<Long> durationMs,
    Optional<String> placeholder,
    Optional<List<Integer>> waveform,
    List<String> sizes,
    State state,
    Optional<Boolean> transcoded,
    Optional<Problem> problem) {

  private static final String UNKNOWN_TYPE = "application/octet-stream";

  /** How far it has got. */
  public enum State {
    @JsonProperty("uploading")
    UPLOADING,
    @JsonProperty("processing")
    PROCESSING,
    @JsonProperty("ready")
    READY,
    @JsonProperty("refused")
    REFUSED
  }

  public static MediaView of(Facts facts) {
    var description = facts.description();
    return new MediaView(
        facts.id(),
        description.map(Description::kind).orElse(Kind.FILE).label(),
        description.map(Description::mime).orElse(UNKNOWN_TYPE),
        facts.form(Variant.ORIGINAL).map(Form::sizeBytes).orElse(facts.sizeBytes()),
        facts.name(),
        description.flatMap(Description::width),
        description.flatMap(Description::height),
        description.flatMap(Description::duration).map(Duration::toMillis),
        description.flatMap(Description::placeholder),
        description.map(Description::waveform).filter(it -> !it.isEmpty()),
        facts.forms().stream().map(Form::size).toList(),
        state(facts),
        Optional.of(facts.transcoded()).filter(it -> it),
        facts.refusal().map(Problem::of));
  }

  private static State state(Facts facts) {
    return switch (facts.state()) {
      case UPLOADING -> State.UPLOADING;
      case PROCESSING -> State.PROCESSING;
      case READY -> State.READY;
      case REFUSED -> State.REFUSED;
    };
  }
}
