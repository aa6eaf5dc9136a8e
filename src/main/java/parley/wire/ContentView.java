package parley.wire;

import java.util.Optional;
import parley.message.Archived;
import parley.message.Content;
import parley.message.GroupNotice;

/** What a message says now: {@code {"type":"text","text":"hi"}}, or that it was deleted. */
public record ContentView(String type, Optional<String> text) {

  private static final ContentView DELETED = new ContentView("deleted", Optional.empty());

  /** What anybody is shown: of a deleted message nothing that it ever said. */
  static ContentView of(Archived archived) {
    return archived.deletedAt().isPresent() ? DELETED : of(archived.message().content());
  }

  private static ContentView of(Content content) {
    return switch (content) {
      case Content.Text text -> new ContentView("text", Optional.of(text.text()));
      case GroupNotice notice -> new ContentView("notice", Optional.empty());
    };
  }

  /** Never what was said: a log line may hold this. */
  @Override
  public String toString() {
    return "ContentView[" + type + "]";
  }
}
