package parley.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import parley.message.Archived;
import parley.message.Content;

/** What a message says now: {@code {"type":"text","text":"hi"}}, or that it was deleted. */
public sealed interface ContentView {

  /** What anybody is shown: of a deleted message nothing that it ever said. */
  static ContentView of(Archived archived) {
    return archived.deletedAt().isPresent() ? Gone.DELETED : new Said(archived.message().content());
  }

  /** Content in its own form, which is its outer form. */
  record Said(@JsonValue Content content) implements ContentView {

    /** Never what was said: a log line may hold this. */
    @Override
    public String toString() {
      return "ContentView[" + content.getClass().getSimpleName() + "]";
    }
  }

  /**
   * It says nothing any more.
   *
   * @param type why
   */
  record Gone(@JsonProperty String type) implements ContentView {
    private static final Gone DELETED = new Gone("deleted");
  }
}
