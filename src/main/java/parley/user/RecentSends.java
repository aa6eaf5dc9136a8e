package parley.user;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import parley.message.ClientId;
import parley.message.Fingerprint;
import parley.message.MessageId;

/**
 * The sends that a repeat would find: the last {@link #ALWAYS}, and all of the last {@link #WINDOW}
 * up to {@link #MOST}. Forty bytes each, in a ring of plain numbers; a client id is kept as its
 * fingerprint and found by going through them, newest first, which costs microseconds at the most.
 */
final class RecentSends {

  static final int ALWAYS = 1_000;
  static final int MOST = 10_000;
  static final Duration WINDOW = Duration.ofHours(24);

  private static final int FIELDS = 5;

  private long[] ring;
  private int oldest;
  private int size;

  RecentSends() {
    this(new long[0]);
  }

  /** Those that {@link #toArray()} gave. */
  RecentSends(long[] stored) {
    ring = stored.clone();
    size = stored.length / FIELDS;
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
    for (int i = size - 1; i >= 0; i--) {
      int at = at(i);
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
      oldest = (oldest + 1) % (ring.length / FIELDS);
      size--;
    }
    if (size * FIELDS == ring.length) {
      grow();
    }
    int at = at(size);
    ring[at] = Fingerprint.of(clientId.value());
    ring[at + 1] = send.id().clock();
    ring[at + 2] = send.id().conversation();
    ring[at + 3] = send.fingerprint();
    ring[at + 4] = send.pos();
    size++;
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
  }

  private int at(int i) {
    return (oldest + i) % (ring.length / FIELDS) * FIELDS;
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
