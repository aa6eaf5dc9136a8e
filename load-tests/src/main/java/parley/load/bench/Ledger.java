package parley.load.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What was sent, acknowledged and received of each sender, and whether that is right: every message
 * once at each of its receivers, in the order of its sending.
 */
final class Ledger {

  private final long[] sent;
  private final long[] acknowledged;
  private final long[][] received;
  private final int copies;
  private long sentInAll;
  private long acknowledgedInAll;
  private long receivedInAll;
  private long duplicates;
  private long misplaced;

  /** Each sender writes to one receiver, which is its receiver 0. */
  Ledger(int senders) {
    this(senders, 1, 1);
  }

  private Ledger(int senders, int receivers, int copies) {
    this.sent = new long[senders];
    this.acknowledged = new long[senders];
    this.received = new long[senders][receivers];
    this.copies = copies;
  }

  /** Every member is told what the first of them write, but not what they wrote themselves. */
  static Ledger ofGroup(int senders, int members) {
    return new Ledger(senders, members, members - 1);
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

  /** A message has arrived at one of its receivers. */
  void received(int sender, int receiver, long sequence) {
    long last = received[sender][receiver];
    if (sequence <= last) {
      duplicates++;
    } else {
      misplaced += sequence - last - 1;
      receivedInAll++;
      received[sender][receiver] = sequence;
    }
  }

  /** How many are not acknowledged. */
  long outstanding() {
    return sent() - acknowledged();
  }

  long sent() {
    return sentInAll;
  }

  long acknowledged() {
    return acknowledgedInAll;
  }

  /** How many have arrived, at each receiver once, none counted twice. */
  long received() {
    return receivedInAll;
  }

  /** Whether all that was sent has been acknowledged and has arrived. */
  boolean isSettled() {
    return acknowledged() == sent() && received() == copies * sent();
  }

  /** What is wrong, now that nothing is under way any more; empty when nothing is. */
  List<String> faults() {
    var faults = new ArrayList<String>();
    long lost = 0;
    for (int sender = 0; sender < sent.length; sender++) {
      lost += lost(sender);
    }
    note(faults, lost, "acknowledged and not received");
    note(faults, sent() - acknowledged(), "not acknowledged");
    note(faults, duplicates, "received again, or behind a later one");
    note(faults, misplaced, "missing before a later one");
    return faults;
  }

  private long lost(int sender) {
    long lost = 0;
    for (int receiver = 0; receiver < received[sender].length; receiver++) {
      boolean own = received[sender].length > 1 && receiver == sender;
      lost += own ? 0 : Math.max(0, acknowledged[sender] - received[sender][receiver]);
    }
    return lost;
  }

  private static void note(List<String> faults, long count, String what) {
    if (count > 0) {
      faults.add("%,d messages %s".formatted(count, what));
    }
  }
}
