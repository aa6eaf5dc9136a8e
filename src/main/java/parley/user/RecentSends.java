package parley.user;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import parley.message.ClientId;
import parley.message.Fingerprint;
import parley.message.MessageId;

/**
 * The sends that a repeat would find: the last {@link #ALWAYS}, and all of the last {@link #WINDOW}
 * up to {@link #MOST}. Some fifty bytes each, in a ring of plain numbers; a client id is kept as
 * its fingerprint, and those that fall into one bucket are linked, newest first.
 */
final class RecentSends {

  static final int ALWAYS = 1_000;
  static final int MOST = 10_000;
  static final Duration WINDOW = Duration.ofHours(24);

  private static final int FIELDS = 5;

  private long[] ring;
  // Of slots in the ring, each plus one, so that 0 is none.
  private int[] newestOfBucket;
  private int[] olderInBucket;
  private int oldest;
  private int size;

  RecentSends() {
    this(new long[0]);
  }

  /** Those that {@link #toArray()} gave. */
  RecentSends(long[] stored) {
    ring = stored.clone();
    size = stored.length / FIELDS;
    link();
  }

  private void link() {
    int slots = ring.length / FIELDS;
    newestOfBucket = new int[Math.max(1, Integer.highestOneBit(slots) * 2)];
    olderInBucket = new int[slots];
    for (int slot = 0; slot < size; slot++) {
      link(slot);
    }
  }

  private void link(int slot) {
    int bucket = bucket(slot);
    olderInBucket[slot] = newestOfBucket[bucket];
    newestOfBucket[bucket] = slot + 1;
  }

  private int bucket(int slot) {
    return bucket(ring[slot * FIELDS]);
  }

  private int bucket(long name) {
    return Long.hashCode(name) & newestOfBucket.length - 1;
  }

  /**
   * One send that was accepted.
   *
   * @param pos of the sender's own copy
   */
  record Recent(MessageId id, long fingerprint, long pos) {}

  /** The latest send of that name, if it is remembered. */
  Optional<Recent> find(ClientId clientId) {
    long name = Fingerprint.of(clientId.value());
    for (int link = newestOfBucket[bucket(name)]; link != 0; link = olderInBucket[link - 1]) {
      int at = (link - 1) * FIELDS;
      if (ring[at] == name) {
        var id = new MessageId(ring[at + 1], ring[at + 2]);
        return Optional.of(new Recent(id, ring[at + 3], ring[at + 4]));
      }
    }
    return Optional.empty();
  }

  /** Remembers a send, and forgets those that it pushes out. */
  void add(ClientId clientId, Recent send) {
    while (size >= MOST || (size >= ALWAYS && isOutdated(oldestId(), send.id()))) {
      forgetOldest();
    }
    if (size * FIELDS == ring.length) {
      grow();
    }
    int slot = slot(size);
    int at = slot * FIELDS;
    ring[at] = Fingerprint.of(clientId.value());
    ring[at + 1] = send.id().clock();
    ring[at + 2] = send.id().conversation();
    ring[at + 3] = send.fingerprint();
    ring[at + 4] = send.pos();
    link(slot);
    size++;
  }

  /** The oldest of all is the last of its bucket. */
  private void forgetOldest() {
    int bucket = bucket(oldest);
    int link = newestOfBucket[bucket];
    if (link == oldest + 1) {
      newestOfBucket[bucket] = 0;
    } else {
      while (olderInBucket[link - 1] != oldest + 1) {
        link = olderInBucket[link - 1];
      }
      olderInBucket[link - 1] = 0;
    }
    oldest = (oldest + 1) % (ring.length / FIELDS);
    size--;
  }

  private MessageId oldestId() {
    return new MessageId(ring[at(0) + 1], ring[at(0) + 2]);
  }

  private static boolean isOutdated(MessageId id, MessageId latest) {
    return id.saidAt().isBefore(latest.saidAt().minus(WINDOW));
  }

  private void grow() {
    int sends = Math.min(MOST, Math.max(8, size * 2));
    ring = Arrays.copyOf(toArray(), sends * FIELDS);
    oldest = 0;
    link();
  }

  private int at(int i) {
    return slot(i) * FIELDS;
  }

  private int slot(int i) {
    return (oldest + i) % (ring.length / FIELDS);
  }

  /** All of them, oldest first. */
  long[] toArray() {
    var all = new long[size * FIELDS];
    for (int i = 0; i < size; i++) {
      System.arraycopy(ring, at(i), all, i * FIELDS, FIELDS);
    }
    return all;
  }
}
