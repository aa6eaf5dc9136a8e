package parley.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.message.ClientId;
import parley.message.Fingerprint;
import parley.message.Opaque;
import parley.message.Sealed;
import parley.message.UserId;

/**
 * How far an encrypted conversation is: what its events add up to. This is also its stored form;
 * fields are added, never renamed.
 *
 * @param epoch 0 before the first commit
 * @param recent the last commits, oldest first
 * @param restartedAt when a member began it anew last
 */
record MlsState(
    long epoch,
    int suite,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Opaque> groupInfo,
    List<Recent> recent,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Instant> restartedAt) {

  /** The suite that RFC 9420 makes mandatory. */
  static final int SUITE_DEFAULT = 1;

  static final MlsState NOTHING =
      new MlsState(0, SUITE_DEFAULT, Optional.empty(), List.of(), Optional.empty());

  MlsState {
    recent = List.copyOf(recent);
  }

  /**
   * One commit that was accepted, to know it again.
   *
   * @param fingerprint of its data
   */
  record Recent(UserId by, ClientId clientId, long fingerprint) {

    static Recent of(UserId by, ClientId clientId, Sealed commit) {
      return new Recent(by, clientId, Fingerprint.of(commit.data().base64()));
    }
  }

  /** Whether the very same commit was accepted lately. */
  boolean has(UserId by, ClientId clientId, Sealed commit) {
    return recent.contains(Recent.of(by, clientId, commit));
  }

  /** Whether a restart before then would come too soon after the last one. */
  boolean restartedAfter(Instant then) {
    return restartedAt.filter(then::isBefore).isPresent();
  }

  /**
   * The state after the event.
   *
   * @param recentMax how many commits are known again
   */
  MlsState on(MlsEvent event, int recentMax) {
    return switch (event) {
      case MlsEvent.Committed it -> {
        var last = new ArrayList<>(recent);
        last.add(Recent.of(it.by(), it.clientId(), it.commit()));
        boolean isRestart = it.commit().kind() == Sealed.Kind.RESTART;
        yield new MlsState(
            epoch + 1,
            epoch == 0 || isRestart ? it.next().suite().orElse(SUITE_DEFAULT) : suite,
            it.next().groupInfo(),
            last.subList(Math.max(0, last.size() - recentMax), last.size()),
            isRestart ? Optional.of(it.at()) : restartedAt);
      }
    };
  }
}
