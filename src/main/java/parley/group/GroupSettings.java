package parley.group;

import java.time.Duration;

/**
 * The limits of one group's actor; application.conf says what each is for.
 *
 * @param membersMax members at a time
 * @param formerMembersMax those who have left and are remembered; of more the first are forgotten
 * @param invitesMax invites that hold at a time
 * @param snapshotEvery events between two snapshots
 * @param outboxEntriesMax entries journaled but not yet handed over; above it posts have to wait
 * @param roundEntriesMax entries handed over together
 * @param batchDeliveriesMax deliveries handed over at a time
 * @param markEveryDeliveries deliveries that a crash may repeat
 * @param receiptsMembersMax up to how many members receipts tell of each one
 * @param typingMembersMax up to how many members typing is shown
 * @param receiptDelay how long marks are collected before they are journaled
 * @param retryMin pause before a failed hand-over is repeated, doubled each time
 * @param retryMax the longest such pause
 * @param stopWithin how long a stop waits for the outbox to empty
 * @param archiveTime how long a group is kept that everyone has left
 */
public record GroupSettings(
    int membersMax,
    int formerMembersMax,
    int invitesMax,
    int snapshotEvery,
    int outboxEntriesMax,
    int roundEntriesMax,
    int batchDeliveriesMax,
    int markEveryDeliveries,
    int receiptsMembersMax,
    int typingMembersMax,
    Duration receiptDelay,
    Duration retryMin,
    Duration retryMax,
    Duration stopWithin,
    Duration archiveTime) {}
