package parley.media;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parley.archive.Archive;
import parley.message.Archived;
import parley.message.MediaId;
import parley.message.MessageId;

/** Finds out whether what refers to a medium still does. */
final class References {

  private final MediumAsker actors;
  private final Archive archive;
  private final Pictures pictures;

  References(MediumAsker actors, Archive archive, Pictures pictures) {
    this.actors = actors;
    this.archive = archive;
    this.pictures = pictures;
  }

  /** Tells the medium what does not refer to it any more; whether all does. */
  CompletionStage<Boolean> check(Facts facts) {
    var messages = facts.references().stream().flatMap(it -> it.message().stream()).toList();
    return archive
        .find(messages)
        .thenApply(found -> drop(facts, found))
        .thenCombine(takeDown(facts), (messagesHold, picturesHold) -> messagesHold && picturesHold);
  }

  private boolean drop(Facts facts, Map<MessageId, Archived> found) {
    var gone =
        facts.references().stream()
            .filter(it -> it.message().map(found::get).stream()
                .anyMatch(message -> !carries(message, facts.id())))
            .toList();
    gone.forEach(it -> actors.tell(facts.id(), new MediumCommand.Drop(it.by(), it.name())));
    return gone.isEmpty();
  }

  /** Whether the message, as it is now, shows the medium. */
  static boolean carries(Archived archived, MediaId id) {
    return archived.deletedAt().isEmpty() && archived.message().content().carries().contains(id);
  }

  private CompletionStage<Boolean> takeDown(Facts facts) {
    CompletionStage<Boolean> all = CompletableFuture.completedStage(true);
    for (var place : facts.places()) {
      all =
          all.thenCombine(
              pictures.hangs(facts.id(), place),
              (others, hangs) -> {
                if (!hangs) {
                  actors.tell(facts.id(), new MediumCommand.TakeDown(place));
                }
                return others && hangs;
              });
    }
    return all;
  }
}
