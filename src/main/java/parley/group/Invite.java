package parley.group;

import java.time.Instant;
import parley.message.UserId;

/**
 * An invite that was made. Its components are stored by name.
 *
 * @param id to revoke it by
 * @param hash of its token's secret: the secret itself is nowhere
 * @param usesLeft how many may still join by it
 */
record Invite(
    String id, String hash, UserId createdBy, Instant createdAt, Instant expiresAt, int usesLeft) {

  boolean holds(Instant now) {
    return usesLeft > 0 && now.isBefore(expiresAt);
  }

  Invite used() {
    return new Invite(id, hash, createdBy, createdAt, expiresAt, usesLeft - 1);
  }

  GroupReply.InviteInfo info() {
    return new GroupReply.InviteInfo(id, createdBy, createdAt, expiresAt, usesLeft);
  }

  /** Never the hash: a log line may hold this. */
  @Override
  public String toString() {
    return "Invite[" + id + "]";
  }
}
