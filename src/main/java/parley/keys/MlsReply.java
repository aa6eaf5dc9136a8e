package parley.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import parley.message.CborSerializable;
import parley.message.Opaque;
import parley.message.Refusal;

/** What the actor of an encrypted conversation answers. */
public sealed interface MlsReply extends CborSerializable {

  sealed interface ToClaim extends MlsReply permits Claimed, Refused {}

  /** The commit is the one of its epoch. */
  record Claimed() implements ToClaim {}

  /**
   * Another commit was first, or the epoch has not come: STALE_EPOCH. Or it is TOO_LARGE. Or the
   * last restart was a moment ago: TOO_MANY_REQUESTS.
   */
  record Refused(Refusal refusal) implements ToClaim {}

  /**
   * How far the conversation is.
   *
   * @param epoch 0: it is not encrypted
   * @param groupInfo of that epoch; empty when its commit brought none
   */
  record Standing(
      long epoch,
      int suite,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Opaque> groupInfo)
      implements MlsReply {}
}
