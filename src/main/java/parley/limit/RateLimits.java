package parley.limit;

import java.time.InstantSource;

/**
 * The buckets of one node.
 *
 * @param signIns registrations, sign-ins and renewals, by the client's address
 * @param sends messages and changes to them, by user
 * @param calls everything else that a user asks for, by user
 * @param keyPackages of others, which are used up by it, by user
 */
public record RateLimits(
    TokenBuckets signIns, TokenBuckets sends, TokenBuckets calls, TokenBuckets keyPackages) {

  /** Buckets of these rates, all full. */
  public static RateLimits of(Rates rates, InstantSource clock) {
    return new RateLimits(
        new TokenBuckets(rates.signIns(), clock),
        new TokenBuckets(rates.sends(), clock),
        new TokenBuckets(rates.calls(), clock),
        new TokenBuckets(rates.keyPackages(), clock));
  }

  /** What each bucket holds. */
  public record Rates(Rate signIns, Rate sends, Rate calls, Rate keyPackages) {

    /** Nothing is limited. */
    public static final Rates UNLIMITED =
        new Rates(Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED);
  }
}
