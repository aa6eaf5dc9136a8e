package parley.socket;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import parley.message.ClientId;

/**
 * The sends of a socket that were refused for now and not repeated yet, in order. Until they are,
 * whatever follows is refused as well: the device may have sent it before it heard of that, and may
 * lose the connection before it does; then it repeats all of them, and all are still in order.
 */
final class RefusedSends {

  private final int most;
  private final SequencedSet<ClientId> clientIds = new LinkedHashSet<>();

  /**
   * @param most how many are remembered; those beyond it wait for the others likewise
   */
  RefusedSends(int most) {
    this.most = most;
  }

  void add(ClientId clientId) {
    if (clientIds.size() < most) {
      clientIds.add(clientId);
    }
  }

  /** The device does not repeat them. */
  void forget() {
    clientIds.clear();
  }

  /**
   * Whether the device may send that now. One that repeats a refused send has heard of all that
   * were refused before it, and goes on without those that it has left out.
   */
  boolean admit(ClientId clientId) {
    if (!clientIds.contains(clientId)) {
      return clientIds.isEmpty();
    }
    while (!clientIds.removeFirst().equals(clientId)) {}
    return true;
  }
}
