package parley.wire;

import java.util.Optional;
import parley.message.Failure;
import parley.message.Refusal;

/**
 * An error as clients see it: RFC 9457, extended by what programs tell it by.
 *
 * @param type a relative reference; the server describes the problem there
 * @param status of the HTTP answer, or what it would be on a socket
 * @param detail what was wrong this time, in words
 * @param retryable whether the same request may succeed later
 * @param epoch of {@code stale-epoch}: the one that the conversation has
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String code,
    boolean retryable,
    Optional<Long> epoch) {

  /** The media type of a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPE_PREFIX = "/problems/";

  /** The refusal, with the status that its failure has. */
  public static Problem of(Refusal refusal) {
    return of(refusal, refusal.failure().status());
  }

  /** The refusal, where HTTP has a more exact status for it. */
  public static Problem of(Refusal refusal, int status) {
    Failure failure = refusal.failure();
    return new Problem(
        TYPE_PREFIX + failure.code(),
        failure.title(),
        status,
        refusal.detail(),
        failure.code(),
        failure.retryable(),
        refusal.epoch());
  }
}
