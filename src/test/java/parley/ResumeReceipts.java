package parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.ResumeStore.Entry;
import parley.ResumeStore.Receipted;
import parley.ResumeStore.Said;

/** How far the other sides are told to have got with what one user said. */
final class ResumeReceipts {

  private final String userId;
  private final Map<String, String> lastSaid = new HashMap<>();
  private final Map<String, String> delivered = new HashMap<>();

  ResumeReceipts(String userId) {
    this.userId = userId;
  }

  void note(Entry entry) {
    if (entry instanceof Said said && said.from().equals(userId)) {
      lastSaid.merge(said.conversation(), said.id(), ResumeReceipts::later);
    }
    if (entry instanceof Receipted receipt) {
      delivered.merge(receipt.conversation(), receipt.delivered(), ResumeReceipts::later);
      delivered.merge(receipt.conversation(), receipt.read(), ResumeReceipts::later);
    }
  }

  private static String later(String one, String other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /** What was said and not delivered; empty when there is nothing. */
  String missing() {
    for (var said : lastSaid.entrySet()) {
      var upTo = delivered.getOrDefault(said.getKey(), "");
      if (upTo.compareTo(said.getValue()) < 0) {
        return "the receipt of %s in %s, not of \"%s\""
            .formatted(said.getValue(), said.getKey(), upTo);
      }
    }
    return "";
  }

  /** Receipts only move forward. */
  static void assertForward(List<Entry> inOrder) {
    var furthest = new HashMap<String, Receipted>();
    for (var entry : inOrder) {
      if (entry instanceof Receipted receipt) {
        var before = furthest.put(receipt.conversation() + " " + receipt.by(), receipt);
        if (before != null) {
          assertForward(before.delivered(), receipt.delivered());
          assertForward(before.read(), receipt.read());
        }
      }
    }
  }

  private static void assertForward(String before, String now) {
    if (!now.isEmpty()) {
      assertThat(now).isGreaterThanOrEqualTo(before);
    }
  }
}
