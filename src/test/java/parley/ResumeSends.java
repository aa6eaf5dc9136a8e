package parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What one device sends: the unanswered, which it repeats on every new socket, and the rest. */
final class ResumeSends {

  private static final int REPEATED_MOST = 20;

  private final String sender;
  private final String device;
  private final Map<String, Send> unanswered = new LinkedHashMap<>();
  private final List<Answered> answered = new ArrayList<>();
  private final Map<String, Answered> byRef = new HashMap<>();
  private final Set<String> once = new HashSet<>();
  private final Set<String> again = new HashSet<>();
  private final Set<String> repeating = new LinkedHashSet<>();
  private final List<String> diary = new ArrayList<>();
  private int made;

  ResumeSends(String sender, String device) {
    this.sender = sender;
    this.device = device;
  }

  /** One send; its text tells who sent it, from where, and as which. */
  record Send(String ref, int number, String to, String text, long madeAt) {}

  /** One that was answered, with its first answer. */
  record Answered(Send send, String id, long pos) {}

  Send make(String to) {
    int number = made++;
    var ref = device + "-" + number;
    var send = new Send(ref, number, to, sender + "/" + ref, System.nanoTime());
    unanswered.put(ref, send);
    return send;
  }

  /** All that an answer is still to come to on this socket; refused ones are to be said again. */
  List<Send> awaiting() {
    var all = new ArrayList<>(unanswered.values());
    repeating.forEach(ref -> all.add(byRef.get(ref).send()));
    return all;
  }

  /** How many they are. */
  int awaited() {
    return unanswered.size() + repeating.size();
  }

  /** One of the latest that were answered, to be sent again for no reason. */
  Optional<Send> repeatAny(Random random) {
    if (answered.isEmpty()) {
      return Optional.empty();
    }
    int back = 1 + random.nextInt(Math.min(REPEATED_MOST, answered.size()));
    var send = answered.get(answered.size() - back).send();
    repeating.add(send.ref());
    return Optional.of(send);
  }

  /** A new socket begins: what was repeated for no reason is not waited for. */
  void begin() {
    note("a new socket");
    repeating.clear();
  }

  /** Notes what happened to the sends, for the time when something is found to be wrong. */
  void note(String event) {
    diary.add(Instant.now() + " " + event);
  }

  /** What happened to this device's sends, a line for each event. */
  String diary() {
    return String.join("\n", diary);
  }

  /** It goes out, perhaps not for the first time. */
  void sending(Send send) {
    note("-> " + send.ref() + " to " + send.to());
    if (!once.add(send.ref())) {
      again.add(send.ref());
    }
  }

  /** Whether it went out more than once. */
  boolean isRepeat(String ref) {
    return again.contains(ref);
  }

  boolean isAnswered(String ref) {
    return byRef.containsKey(ref);
  }

  /** Notes an answer, which is the same whenever it comes; what was sent. */
  Send answer(String ref, String id, long pos) {
    note("<- %s sent, %d %s".formatted(ref, pos, id));
    var first = byRef.get(ref);
    if (first != null) {
      assertThat(new Answered(first.send(), id, pos)).as("another answer").isEqualTo(first);
      repeating.remove(ref);
      return first.send();
    }
    var send = unanswered.remove(ref);
    assertThat(send).as("what %s answers", ref).isNotNull();
    var answer = new Answered(send, id, pos);
    byRef.put(ref, answer);
    answered.add(answer);
    return send;
  }

  /** All that were answered. */
  List<Answered> answered() {
    return answered;
  }
}
