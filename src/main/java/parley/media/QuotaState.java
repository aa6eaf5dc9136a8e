package parley.media;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parley.message.MediaId;

/**
 * What of a user's quota is taken. Stored as a snapshot.
 *
 * @param open uploads that have begun
 * @param keptBytes of those that are whole
 * @param released the last that were, in order: told again, one counts once
 */
record QuotaState(Map<MediaId, Open> open, long keptBytes, List<MediaId> released) {

  private static final int RELEASED_MOST = 500;

  /** An upload that has expired is released soon: only then it is known not to have been kept. */
  private static final Duration RELEASED_WITHIN = Duration.ofDays(7);

  static final QuotaState EMPTY = new QuotaState(Map.of(), 0, List.of());

  QuotaState {
    open = Map.copyOf(open);
    released = List.copyOf(released);
  }

  record Open(long sizeBytes, Instant until) {}

  /** The uploads that go on. */
  List<Open> openAt(Instant now) {
    return open.values().stream().filter(it -> it.until().isAfter(now)).toList();
  }

  QuotaState on(QuotaEvent event) {
    return switch (event) {
      case QuotaEvent.Reserved it -> reserved(it);
      case QuotaEvent.Kept it -> kept(it.id());
      case QuotaEvent.Released it -> released(it);
    };
  }

  private QuotaState reserved(QuotaEvent.Reserved reserved) {
    var next = new LinkedHashMap<>(open);
    next.values().removeIf(it -> it.until().plus(RELEASED_WITHIN).isBefore(reserved.at()));
    next.put(reserved.id(), new Open(reserved.sizeBytes(), reserved.until()));
    return new QuotaState(next, keptBytes, released);
  }

  private QuotaState kept(MediaId id) {
    var upload = open.get(id);
    return new QuotaState(without(id), keptBytes + upload.sizeBytes(), released);
  }

  private QuotaState released(QuotaEvent.Released it) {
    boolean wasOpen = open.containsKey(it.id());
    var ids = new ArrayList<>(released);
    ids.add(it.id());
    return new QuotaState(
        without(it.id()),
        wasOpen ? keptBytes : Math.max(0, keptBytes - it.sizeBytes()),
        ids.subList(Math.max(0, ids.size() - RELEASED_MOST), ids.size()));
  }

  private Map<MediaId, Open> without(MediaId id) {
    var left = new LinkedHashMap<>(open);
    left.remove(id);
    return left;
  }
}
