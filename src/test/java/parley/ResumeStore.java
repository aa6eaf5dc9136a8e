package parley;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one device has stored of a mailbox, by position; storing something again changes nothing.
 */
final class ResumeStore {

  private final Map<Long, Entry> entries = new HashMap<>();
  private volatile long cursor;
  private long furthest;

  /** What stands at a position: the same for everybody who is told of it, for ever. */
  sealed interface Entry {

    static Entry of(JsonNode frame) {
      return switch (frame.get("t").textValue()) {
        case "message" -> said(frame.get("message"));
        case "receipt" ->
            new Receipted(
                frame.get("conversation").textValue(),
                frame.get("by").textValue(),
                frame.path("delivered").asText(),
                frame.path("read").asText());
        default -> new Other(frame.toString());
      };
    }

    private static Said said(JsonNode message) {
      return new Said(
          message.get("id").textValue(),
          message.get("conversation").textValue(),
          message.get("from").textValue(),
          message.get("content").get("text").textValue());
    }
  }

  record Said(String id, String conversation, String from, String text) implements Entry {}

  /** A cumulative receipt; empty where it says nothing. */
  record Receipted(String conversation, String by, String delivered, String read)
      implements Entry {}

  /** Anything else that has a position, as it was told. */
  record Other(String frame) implements Entry {}

  /** Throws {@link AssertionError} when something else stands there already. */
  void put(long pos, Entry entry) {
    var before = entries.putIfAbsent(pos, entry);
    if (before != null && !before.equals(entry)) {
      throw new AssertionError("Two at %d: %s, now %s".formatted(pos, before, entry));
    }
    furthest = Math.max(furthest, pos);
    long dense = cursor;
    while (entries.containsKey(dense + 1)) {
      dense++;
    }
    cursor = dense;
  }

  /** All up to this position is stored. */
  long cursor() {
    return cursor;
  }

  boolean isDense() {
    return cursor == furthest;
  }

  /** All entries up to the cursor, in order. */
  List<Entry> inOrder() {
    var all = new ArrayList<Entry>();
    for (long pos = 1; pos <= cursor; pos++) {
      all.add(entries.get(pos));
    }
    return all;
  }
}
