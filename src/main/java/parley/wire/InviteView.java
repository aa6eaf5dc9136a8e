package parley.wire;

import java.time.Instant;
import java.util.Optional;
import parley.group.GroupReply;
import parley.message.UserId;

/**
 * An invite to a group.
 *
 * @param id to revoke it by
 * @param token lets whoever has it join; told only once, when it is made
 * @param usesLeft how many may still join by it
 */
public record InviteView(
    String id,
    Optional<String> token,
    UserId createdBy,
    Instant createdAt,
    Instant expiresAt,
    int usesLeft) {

  /** What its maker is told. */
  public static InviteView of(GroupReply.Invited invited) {
    return of(invited.invite(), Optional.of(invited.token().text()));
  }

  /** What is told of it later. */
  public static InviteView of(GroupReply.InviteInfo invite) {
    return of(invite, Optional.empty());
  }

  private static InviteView of(GroupReply.InviteInfo invite, Optional<String> token) {
    return new InviteView(
        invite.id(),
        token,
        invite.createdBy(),
        invite.createdAt(),
        invite.expiresAt(),
        invite.usesLeft());
  }

  /** Never the token: a log line may hold this. */
  @Override
  public String toString() {
    return "InviteView[" + id + "]";
  }
}
