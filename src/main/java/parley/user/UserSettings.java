package parley.user;

import java.time.Duration;

/**
 * The limits of one user's actor; application.conf says what each is for.
 *
 * @param snapshotEvery events between two snapshots
 * @param snapshotEveryEntries entries of the mailbox between two snapshots
 * @param recentEntriesMax entries of the mailbox kept in memory
 * @param recentBytesMax bytes of content that those may take
 * @param outboxEntriesMax entries journaled but not yet handed over; above it sends are refused
 * @param batchEntriesMax entries handed over together
 * @param answerWithin how long a send waits for its hand-over before it is answered BUSY
 * @param retryMin pause before a failed hand-over is repeated, doubled each time
 * @param retryMax the longest such pause
 * @param receiptDelay how long receipts are collected before they are sent
 * @param stopWithin how long a stop waits for the outbox to empty
 * @param peerTimeout how long another user's actor may take to answer
 */
public record UserSettings(
    int snapshotEvery,
    int snapshotEveryEntries,
    int recentEntriesMax,
    int recentBytesMax,
    int outboxEntriesMax,
    int batchEntriesMax,
    Duration answerWithin,
    Duration retryMin,
    Duration retryMax,
    Duration receiptDelay,
    Duration stopWithin,
    Duration peerTimeout) {

  /** How long a session that has ended is remembered: no access token may live longer. */
  public static final Duration ENDED_SESSION_MEMORY = Duration.ofHours(24);
}
