package parley.load.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What was sent, acknowledged and received of each sender, and whether that is right: every message
 * once, in the order of its sending. Each sender writes to one recipient.
 */
final class Ledger {

  private final long[] sent;
  private final long[] acknowledged;
  private final long[] received;
  private long sentInAll;
  private long acknowledgedInAll;
  private long receivedInAll;
  private long duplicates;
  private long misplaced;

  Ledger(int senders) {
    this.sent = new long[senders];
    this.acknowledged = new long[senders];
    this.received = new long[senders];
  }

  /** The sequence of the sender's next message, from 1. */
  long next(int sender) {
    sentInAll++;
    return ++sent[sender];
  }

  /** How many of the sender's messages are not acknowledged. */
  long outstanding(int sender) {
    return sent[sender] - acknowledged[sender];
  }

  void acknowledged(int sender) {
    acknowledgedInAll++;
    acknowledged[sender]++;
  }

  /** A message has arrived. */
  void received(int sender, long sequence) {
    if (sequence <= received[sender]) {
      duplicates++;
    } else {
      misplaced += sequence - received[sender] - 1;
      receivedInAll++;
      received[sender] = sequence;
    }
  }

  /** How many of the sender's messages are acknowledged. */
  long acknowledgedBy(int sender) {
    return acknowledged[sender];
  }

  /** How many are not. */
  long outstanding() {
    return sent() - acknowledged();
  }

  long sent() {
    return sentInAll;
  }

  long acknowledged() {
    return acknowledgedInAll;
  }

  /** How many have arrived, none counted twice. */
  long received() {
    return receivedInAll;
  }

  /** Whether all that was sent has been acknowledged and has arrived. */
  boolean isSettled() {
    return acknowledged() == sent() && received() == sent();
  }

  /** What is wrong, now that nothing is under way any more; empty when nothing is. */
  List<String> faults() {
    var faults = new ArrayList<String>();
    long lost = 0;
    for (int sender = 0; sender < sent.length; sender++) {
      lost += Math.max(0, acknowledged[sender] - received[sender]);
    }
    note(faults, lost, "acknowledged and not received");
    note(faults, sent() - acknowledged(), "not acknowledged");
    note(faults, duplicates, "received again, or behind a later one");
    note(faults, misplaced, "missing before a later one");
    return faults;
  }

  private static void note(List<String> faults, long count, String what) {
    if (count > 0) {
      faults.add("%,d messages %s".formatted(count, what));
    }
  }
}
