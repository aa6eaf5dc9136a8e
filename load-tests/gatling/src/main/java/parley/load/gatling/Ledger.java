package parley.load.gatling;

import io.gatling.javaapi.core.Session;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What was accepted of each sender, and what every inbox has to have in the end. Every text is a
 * number: dense, from 1, counted by its sender for each place they write to.
 */
final class Ledger {

  private final Map<String, Inbox> inboxes = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> owed = new ConcurrentHashMap<>();
  private final Map<String, List<String>> groups = new ConcurrentHashMap<>();
  private final AtomicInteger talking = new AtomicInteger();

  /** The inbox of the user, the same at every call. */
  Inbox inbox(String user) {
    return inboxes.computeIfAbsent(user, Inbox::new);
  }

  /** So many will talk. */
  void begin(int talkers) {
    talking.addAndGet(talkers);
  }

  /** One of them has stopped. */
  Session end(Session session) {
    talking.decrementAndGet();
    return session;
  }

  /** All of these are told what one of them says there. */
  void group(String conversation, List<String> members) {
    groups.put(conversation, members);
  }

  /** The node has promised to bring one more message there. */
  void accepted(String by, String to) {
    for (var member : groups.getOrDefault(to, List.of(to))) {
      if (!member.equals(by)) {
        owed.computeIfAbsent(member, it -> new LongAdder()).increment();
      }
    }
  }

  /** Whether some talk still. */
  boolean isTalking() {
    return talking.get() > 0;
  }

  /** Whether nobody talks any more and the user has all that was for them. */
  boolean isSettled(String user) {
    var theirs = owed.get(user);
    return !isTalking() && inbox(user).received() == (theirs == null ? 0 : theirs.sum());
  }

  /** Whether the user has everything, each once and in order. */
  boolean isSound(String user) {
    return isSettled(user) && inbox(user).isSound();
  }
}
