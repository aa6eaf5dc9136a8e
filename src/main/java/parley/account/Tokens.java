package parley.account;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import parley.message.Caller;
import parley.message.DeviceId;
import parley.message.SessionId;
import parley.message.UserId;

/**
 * Makes and checks access tokens: JSON Web Tokens signed with HMAC-SHA-256 (HS256).
 *
 * <pre>
 * sub      the user id
 * device   the device id; "default" when it is not there
 * session  the session id; "minted" when it is not there
 * iat      when it was made, in seconds since 1970
 * exp      when it ends, in seconds since 1970
 * </pre>
 *
 * Only {@code sub} and {@code exp} must be there, so that whoever has the signing key can mint
 * tokens with any JWT library, without signing in. Whether the session has ended is not told here:
 * that is known to the user's actor.
 */
public final class Tokens {

  private static final int LENGTH_MAX = 2048; // Ours have about 350 characters.
  private static final int SEAL_BYTES = 16;
  private static final String DEVICE = "device";
  private static final String SESSION = "session";
  private static final DeviceId DEVICE_DEFAULT = new DeviceId("default");
  private static final SessionId SESSION_DEFAULT = new SessionId("minted");

  private final MACSigner signer;
  private final MACVerifier verifier;
  private final SigningKey seals;
  private final Duration lifetime;
  private final InstantSource clock;

  public Tokens(SigningKey key, Duration lifetime, InstantSource clock) {
    try {
      signer = new MACSigner(key.secret());
      verifier = new MACVerifier(key.secret());
    } catch (JOSEException e) {
      throw new IllegalArgumentException("The key is not one for HS256", e);
    }
    this.seals = key;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /** A new token for the caller. */
  public AccessToken issue(Caller caller) {
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var expiresAt = now.plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
    var claims =
        new JWTClaimsSet.Builder()
            .subject(caller.user().value())
            .claim(DEVICE, caller.device().value())
            .claim(SESSION, caller.session().value())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(expiresAt))
            .build();
    var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
    }
    return new AccessToken(token.serialize(), expiresAt);
  }

  /** Who calls and until when they may; empty when it is no token of ours, or has expired. */
  public Optional<Verified> verify(String text) {
    if (text.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    try {
      var token = SignedJWT.parse(text);
      boolean ours =
          token.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) && token.verify(verifier);
      return ours ? read(token.getJWTClaimsSet()) : Optional.empty();
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<Verified> read(JWTClaimsSet claims) throws ParseException {
    var user = claims.getSubject();
    var expiresAt = claims.getExpirationTime();
    if (user == null || expiresAt == null || !clock.instant().isBefore(expiresAt.toInstant())) {
      return Optional.empty();
    }
    var device = Optional.ofNullable(claims.getStringClaim(DEVICE));
    var session = Optional.ofNullable(claims.getStringClaim(SESSION));
    var caller =
        new Caller(
            new UserId(user),
            device.map(DeviceId::new).orElse(DEVICE_DEFAULT),
            session.map(SessionId::new).orElse(SESSION_DEFAULT));
    return Optional.of(new Verified(caller, expiresAt.toInstant()));
  }

  /**
   * A ticket as clients get it: {@code <ticket>.<seconds since 1970>.<base64url of 16 bytes of an
   * HMAC-SHA-256>}. A node tells it from one that was made up without asking the user's actor.
   *
   * @param until how long a socket may stay open that it opens, in whole seconds
   */
  public String seal(String ticket, Instant until) {
    return sealed(ticket + "." + until.getEpochSecond());
  }

  private String sealed(String text) {
    var mac = Arrays.copyOf(seals.derived("socket-ticket-until " + text), SEAL_BYTES);
    return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
  }

  /** The ticket that was sealed so; empty when it was made up. */
  public Optional<Ticket> unseal(String sealed) {
    var text = sealed.substring(0, Math.max(0, sealed.lastIndexOf('.')));
    boolean isOurs =
        sealed.length() <= LENGTH_MAX
            && MessageDigest.isEqual(
                sealed(text).getBytes(StandardCharsets.UTF_8),
                sealed.getBytes(StandardCharsets.UTF_8));
    return isOurs ? Optional.of(ticket(text)) : Optional.empty();
  }

  private static Ticket ticket(String text) {
    int end = text.lastIndexOf('.');
    var until = Instant.ofEpochSecond(Long.parseLong(text.substring(end + 1)));
    return new Ticket(text.substring(0, end), until);
  }

  /** Who a token is for, and until when. */
  public record Verified(Caller caller, Instant expiresAt) {}

  /** A ticket as its user's actor knows it, and until when its socket may stay open. */
  public record Ticket(String name, Instant until) {}
}
