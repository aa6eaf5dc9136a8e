package parley.message;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A message as it is now: with the changes that were made to it since it was said.
 *
 * @param message with the content that it has now; a deleted one still has its last content here,
 *     which nobody is shown
 * @param editedAt when it was last edited
 * @param deletedAt when it was taken back
 * @param reactions who reacted with what
 */
public record Archived(
    Message message,
    Optional<Instant> editedAt,
    Optional<Instant> deletedAt,
    SortedMap<String, SortedSet<UserId>> reactions) {

  /** The message as it was said. */
  public static Archived of(Message message) {
    return new Archived(message, Optional.empty(), Optional.empty(), new TreeMap<>());
  }

  /** The message after the amendment: the later edit wins, and nothing undoes a deletion. */
  public Archived with(Amendment amendment) {
    return switch (amendment) {
      case Edit edit when editedAt.filter(edit.at()::isBefore).isPresent() -> this;
      case Edit edit ->
          new Archived(
              message.saying(edit.content()), Optional.of(edit.at()), deletedAt, reactions);
      case Deletion deletion ->
          new Archived(
              message, editedAt, deletedAt.or(() -> Optional.of(deletion.at())), reactions);
      case Reaction reaction -> new Archived(message, editedAt, deletedAt, with(reaction));
    };
  }

  private SortedMap<String, SortedSet<UserId>> with(Reaction reaction) {
    var all = new TreeMap<String, SortedSet<UserId>>(reactions);
    var users = new TreeSet<>(all.getOrDefault(reaction.emoji(), new TreeSet<>()));
    if (reaction.on()) {
      users.add(reaction.by());
    } else {
      users.remove(reaction.by());
    }
    all.put(reaction.emoji(), users);
    all.values().removeIf(SortedSet::isEmpty);
    return all;
  }
}
