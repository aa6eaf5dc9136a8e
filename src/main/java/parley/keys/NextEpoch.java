package parley.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import parley.message.Opaque;

/**
 * What who commits tells of the epoch that the commit begins.
 *
 * @param suite of the group; told with its first commit, and the mandatory one when it is not
 * @param groupInfo an MLSMessage with the GroupInfo that others may join by; empty: nobody can,
 *     until the next commit brings one
 */
public record NextEpoch(
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> suite,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Opaque> groupInfo) {

  /** Nothing is told. */
  public static final NextEpoch UNTOLD = new NextEpoch(Optional.empty(), Optional.empty());

  /** What it takes on the way. */
  public int sizeBytes() {
    return groupInfo.map(Opaque::sizeBytes).orElse(0);
  }
}
