package parley.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * One refusal.
 *
 * @param detail what was wrong this time and what to do, in words for people
 * @param epoch of STALE_EPOCH: the one that the conversation has
 */
public record Refusal(
    Failure failure,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> epoch) {

  @JsonCreator
  public Refusal {}

  public Refusal(Failure failure, String detail) {
    this(failure, detail, Optional.empty());
  }
}
