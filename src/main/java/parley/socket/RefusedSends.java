package parley.socket;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import parley.message.ClientId;

/**
 * The sends of a socket that were refused for now and not repeated yet. Until they are, whatever
 * follows is refused as well: the device may have sent it before it heard of that, and may lose the
 * connection before it does; then it repeats all of them, and all are still in order.
 *
 * <p>What is repeated may be refused again, while those behind it have been repeated already and
 * are still to come: so they wait too, until the device has heard of that.
 */
final class RefusedSends {

  private final int most;

  /** As they came first: those that were refused, and those on their way. */
  private final Map<ClientId, Long> places = new HashMap<>();

  /** As they were refused last. */
  private final SequencedSet<ClientId> refused = new LinkedHashSet<>();

  private long arrived;

  /**
   * @param most how many are remembered; those beyond it wait for the others likewise
   */
  RefusedSends(int most) {
    this.most = most;
  }

  /**
   * One comes from the device. Whether it may be sent now: not when one before it was refused, but
   * for those that were refused before it was itself. Whoever repeats it has heard of them, and
   * goes on without those that it has left out.
   */
  boolean admit(ClientId clientId) {
    long place = places.computeIfAbsent(clientId, it -> arrived++);
    for (var later : refused.reversed()) {
      if (later.equals(clientId)) {
        break;
      }
      if (places.get(later) < place) {
        return false;
      }
    }
    for (var each : List.copyOf(refused)) {
      if (places.get(each) <= place) {
        refused.remove(each);
        places.remove(each);
      }
    }
    places.put(clientId, place);
    return true;
  }

  /** It is refused for now, perhaps again. */
  void add(ClientId clientId) {
    refused.remove(clientId);
    if (refused.size() < most) {
      places.computeIfAbsent(clientId, it -> arrived++);
      refused.addLast(clientId);
    } else {
      places.remove(clientId);
    }
  }

  /** It is answered for good: it is not repeated, even if it was refused when it came twice. */
  void settle(ClientId clientId) {
    refused.remove(clientId);
    places.remove(clientId);
  }

  /** The device does not repeat them. */
  void forget() {
    places.keySet().removeAll(refused);
    refused.clear();
  }
}
