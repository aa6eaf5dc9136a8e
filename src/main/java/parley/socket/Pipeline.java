package parley.socket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.roaringbitmap.longlong.Roaring64Bitmap;
import parley.message.ClientId;
import parley.message.Message;
import parley.message.Portion;
import parley.user.Draft;

/**
 * What a socket sends: one batch is in flight at a time, so that order holds; what comes meanwhile
 * makes the next one, so that frames which arrive together are journaled together.
 *
 * <p>It also knows which entries of the mailbox are this socket's own sends: their {@code sent}
 * frames stand for them. A send whose entry was kept back is journaled; it is not given up, but
 * goes out again with the next batch until it is answered.
 */
final class Pipeline {

  private final int draftsMax;
  private final int bytesMax;
  private final Deque<Draft> again = new ArrayDeque<>();
  private final Deque<Draft> waiting = new ArrayDeque<>();
  private final Map<ClientId, Draft> inFlight = new LinkedHashMap<>();
  private final Set<ClientId> withheld = new HashSet<>();
  private final Roaring64Bitmap answeredAhead = new Roaring64Bitmap();
  private int waitingBytes;

  Pipeline(int draftsMax, int bytesMax) {
    this.draftsMax = draftsMax;
    this.bytesMax = bytesMax;
  }

  /** Whether no more should be read from the client for now. */
  boolean isFull() {
    return again.size() + waiting.size() >= draftsMax || waitingBytes >= bytesMax;
  }

  /** Whether nothing waits and nothing is in flight. */
  boolean isIdle() {
    return again.isEmpty() && waiting.isEmpty() && inFlight.isEmpty();
  }

  void add(Draft draft) {
    waiting.addLast(draft);
    waitingBytes += draft.sizeBytes();
  }

  /**
   * What is to be sent next, from now on in flight; nothing while something is. It ends with a
   * {@link Portion}, and before a client id that it has already: each answer belongs to one draft.
   */
  List<Draft> next() {
    if (!inFlight.isEmpty()) {
      return List.of();
    }
    var all = new ArrayList<>(again);
    all.addAll(waiting);
    for (var draft : Portion.first(all, Draft::sizeBytes, draftsMax)) {
      if (inFlight.putIfAbsent(draft.clientId(), draft) != null) {
        break;
      }
      (again.isEmpty() ? waiting : again).removeFirst();
      waitingBytes -= draft.sizeBytes();
    }
    return inFlight();
  }

  /** What is in flight and not answered yet, in order. */
  List<Draft> inFlight() {
    return List.copyOf(inFlight.values());
  }

  /** The draft was answered; false when it was not in flight: its answer came too late. */
  boolean answered(ClientId clientId) {
    withheld.remove(clientId);
    return inFlight.remove(clientId) != null;
  }

  /**
   * The draft was refused for now. If it is journaled it goes out again; false when it is not, or
   * was not in flight.
   */
  boolean askAgain(ClientId clientId) {
    if (!withheld.contains(clientId) || !inFlight.containsKey(clientId)) {
      return false;
    }
    var draft = inFlight.remove(clientId);
    again.addLast(draft);
    waitingBytes += draft.sizeBytes();
    return true;
  }

  /** Gives up what waits and was not sent yet; in order. */
  List<Draft> dropWaiting() {
    var dropped = List.copyOf(waiting);
    dropped.forEach(draft -> waitingBytes -= draft.sizeBytes());
    waiting.clear();
    return dropped;
  }

  /** Gives up what is in flight and all behind it, but for what is journaled; in order. */
  List<Draft> dropUnknown() {
    List.copyOf(inFlight.keySet()).forEach(this::askAgain);
    var dropped = new ArrayList<>(inFlight.values());
    inFlight.clear();
    dropped.addAll(dropWaiting());
    return dropped;
  }

  /** Gives up everything. */
  List<Draft> dropAll() {
    var dropped = dropUnknown();
    dropped.addAll(again);
    again.clear();
    waitingBytes = 0;
    return dropped;
  }

  /** Whether the message is one in flight. */
  boolean isOwn(Message message) {
    var draft = inFlight.get(message.clientId());
    return draft != null
        && draft.conversation().equals(message.conversation())
        && draft.content().says(message.content())
        && draft.replyTo().equals(message.replyTo())
        && draft.mentions().equals(message.mentions());
  }

  /** Keeps the entry of a send in flight back: its answer stands for it. */
  void withhold(ClientId clientId) {
    withheld.add(clientId);
  }

  /** The position was told in a {@code sent} frame before the stream came to it. */
  void answerAhead(long pos) {
    answeredAhead.addLong(pos);
  }

  /** Whether it was. */
  boolean isAnsweredAhead(long pos) {
    return answeredAhead.contains(pos);
  }

  /** Whether it was; from now on it is not. */
  boolean takeAnsweredAhead(long pos) {
    boolean was = answeredAhead.contains(pos);
    answeredAhead.removeLong(pos);
    return was;
  }
}
