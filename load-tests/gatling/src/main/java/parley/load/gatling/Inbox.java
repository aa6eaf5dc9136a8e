package parley.load.gatling;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What one user has been told: by position, and by sender. One that comes twice, a number that is
 * skipped, and ids that go back within a group are faults. Safe on any thread.
 */
final class Inbox {

  private static final Pattern POSITION = Pattern.compile("\"pos\":(\\d+)");
  private static final Pattern REF = Pattern.compile("\"ref\":\"(\\d+)\"");
  private static final Pattern ID = Pattern.compile("\"id\":\"(\\w{26})\"");
  private static final Pattern FROM = Pattern.compile("\"from\":\"([^\"]+)\"");
  private static final Pattern CONVERSATION = Pattern.compile("\"conversation\":\"([^\"]+)\"");
  private static final Pattern NUMBER = Pattern.compile("\"text\":\"(\\d+)\"");

  private final String user;
  private final Set<Long> own = new HashSet<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<String, String> ids = new HashMap<>();
  private final TreeSet<Long> ahead = new TreeSet<>();
  private long position;
  private long received;
  private long answered;
  private boolean caughtUp;
  private int faults;

  Inbox(String user) {
    this.user = user;
  }

  /** A frame that the user's socket has brought. */
  synchronized void frame(String json) {
    boolean isEntry =
        !json.startsWith("{\"t\":\"hello\"") && !json.startsWith("{\"t\":\"caught-up\"");
    var pos = POSITION.matcher(json);
    if (isEntry && pos.find()) {
      entry(json, Long.parseLong(pos.group(1)));
    }
    caughtUp |= json.startsWith("{\"t\":\"caught-up\"");
  }

  private void entry(String json, long pos) {
    var from = FROM.matcher(json);
    var ref = REF.matcher(json);
    boolean isSent = json.startsWith("{\"t\":\"sent\"");
    boolean isMessage = json.startsWith("{\"t\":\"message\"");
    boolean isOwn = isMessage && from.find() && from.group(1).equals(user);
    // What was sent on a socket that is gone may come as a message before its repetition is
    // answered.
    if (!isSent || !own.remove(pos)) {
      position(pos);
    }
    if (isOwn) {
      own.add(pos);
    } else if (isMessage) {
      message(json);
    }
    if (isSent && ref.find()) {
      answered = Long.parseLong(ref.group(1));
    }
  }

  private void position(long pos) {
    faults += pos <= position || !ahead.add(pos) ? 1 : 0;
    while (ahead.remove(position + 1)) {
      position++;
    }
  }

  private void message(String json) {
    var from = FROM.matcher(json);
    var conversation = CONVERSATION.matcher(json);
    var number = NUMBER.matcher(json);
    var id = ID.matcher(json);
    if (number.find() && from.find() && conversation.find() && id.find()) {
      message(from.group(1), conversation.group(1), id.group(1), Long.parseLong(number.group(1)));
    }
  }

  /** A message that the user was told. */
  synchronized void message(String from, String conversation, String id, long number) {
    var last = numbers.put(from + " " + conversation, number);
    faults += number == (last == null ? 1 : last + 1) ? 0 : 1;
    var before = ids.put(conversation, id);
    boolean isOutOfOrder = before != null && before.compareTo(id) >= 0;
    faults += conversation.startsWith("group:") && isOutOfOrder ? 1 : 0;
    received++;
  }

  /** The position up to which the user has been told everything. */
  synchronized long position() {
    return position;
  }

  synchronized long received() {
    return received;
  }

  /** A new socket: what comes is a replay at first. */
  synchronized void reopened() {
    caughtUp = false;
  }

  synchronized boolean isCaughtUp() {
    return caughtUp;
  }

  /** The last number of the user's own that is promised. */
  synchronized long answered() {
    return answered;
  }

  /** Whether everything came once and in order, as far as it came. */
  synchronized boolean isSound() {
    return faults == 0 && ahead.isEmpty();
  }
}
