package parley.keys;

import java.time.Duration;

/**
 * The limits of end-to-end encryption; application.conf says what each is for.
 *
 * @param packagesMax key packages that wait to be handed out, of one device and suite
 * @param packageBytesMax the most that one takes, in characters of base64
 * @param stockBytesMax the most that all those of one user take
 * @param logEntriesMax changes of keys in one user's log; above it only removals are taken
 * @param logBytesMax what those take
 * @param groupInfoBytesMax the most that a group's info takes, before it is base64
 * @param snapshotEvery commits between two snapshots
 * @param claimsMax commits that are remembered, for those who repeat theirs
 * @param restartPause how long a conversation waits after a restart before the next
 */
public record KeySettings(
    int packagesMax,
    int packageBytesMax,
    int stockBytesMax,
    int logEntriesMax,
    long logBytesMax,
    int groupInfoBytesMax,
    int snapshotEvery,
    int claimsMax,
    Duration restartPause) {

  /** One of each device goes in one message between nodes. */
  public static final int PACKAGE_BYTES_MOST = 16 * 1024;

  /** As one of a post-quantum suite; all those of a user go in one message between nodes. */
  public static final int KEY_BYTES_MOST = 4 * 1024;

  /** With a commit it goes in one request, and in one message between nodes. */
  public static final int GROUP_INFO_BYTES_MOST = 128 * 1024;
}
