package parley.user;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import parley.message.Caller;
import parley.message.UserId;

/**
 * Tickets for sockets, each good for one, in memory only: one that is lost is asked for again.
 *
 * <p>Form: {@code <userId>.<base64url of 24 random bytes>}.
 */
final class Tickets {

  static final Duration LIFETIME = Duration.ofSeconds(30);

  /** The most tickets open at a time; one more pushes out the oldest. */
  static final int MOST = 32;

  private static final int RANDOM_BYTES = 24;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<String, Issued> open = new LinkedHashMap<>();

  private record Issued(Caller caller, Instant expiresAt) {}

  UserReply.Ticket issue(UserId owner, Caller caller, Instant now) {
    var bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    var ticket = owner + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    if (open.size() == MOST) {
      open.remove(open.keySet().iterator().next());
    }
    open.put(ticket, new Issued(caller, now.plus(LIFETIME)));
    return new UserReply.Ticket(ticket, now.plus(LIFETIME));
  }

  /** Whose ticket it is; from now on nobody's. */
  Optional<Caller> redeem(String ticket, Instant now) {
    return Optional.ofNullable(open.remove(ticket))
        .filter(issued -> now.isBefore(issued.expiresAt()))
        .map(Issued::caller);
  }
}
