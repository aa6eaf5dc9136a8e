package parley.media;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import parley.archive.Archive;
import parley.group.GroupCommand;
import parley.group.GroupReply;
import parley.media.MediumReply.Known;
import parley.media.MediumReply.Refused;
import parley.media.MediumReply.ToAsk;
import parley.message.Archived;
import parley.message.Caller;
import parley.message.ConversationId;
import parley.message.GroupId;
import parley.message.MediaId;
import parley.message.MessageId;
import parley.message.Refusal;
import parley.message.UserId;
import parley.user.UserCommand;
import parley.user.UserReply;

/**
 * Who may see a medium: its owner; who may read a message that carries it, which their own actor
 * knows; and as a small picture of a user everybody, of a group its members.
 */
public final class Access {

  private static final Set<String> SMALL = Set.of("128", "320");

  private final MediumAsker actors;
  private final Archive archive;
  private final Pictures pictures;

  public Access(MediumAsker actors, Archive archive, Pictures pictures) {
    this.actors = actors;
    this.archive = archive;
    this.pictures = pictures;
  }

  /** The medium, if there is one that the caller may see in that size. */
  public CompletionStage<Optional<Facts>> find(Caller caller, MediaId id, String size) {
    return actors
        .<ToAsk>ask(id, MediumCommand.Describe::new)
        .thenCompose(reply ->
            switch (reply) {
              case Known(Facts facts) ->
                  maySee(caller, facts, size)
                      .thenApply(may -> Optional.of(facts).filter(it -> may));
              case Refused refused -> completedStage(Optional.<Facts>empty());
            });
  }

  /** The medium, for who has a link to it. */
  public CompletionStage<Optional<Facts>> find(MediaId id) {
    return actors
        .<ToAsk>ask(id, MediumCommand.Describe::new)
        .thenApply(reply ->
            switch (reply) {
              case Known(Facts facts) -> Optional.of(facts);
              case Refused refused -> Optional.empty();
            });
  }

  private CompletionStage<Boolean> maySee(Caller caller, Facts facts, String size) {
    return isSignedIn(caller)
        .thenCompose(signedIn -> {
          if (!signedIn || facts.owner().equals(caller.user())) {
            return completedStage(signedIn);
          }
          return any(
              List.of(
                  () -> readsMessage(caller, facts),
                  () -> SMALL.contains(size) ? seesPicture(caller, facts) : completedStage(false)));
        });
  }

  /** Whether the caller's session goes on: their token outlives it. */
  public CompletionStage<Boolean> isSignedIn(Caller caller) {
    return actors
        .<UserReply.ToGetDevices>askUser(
            caller.user(), replyTo -> new UserCommand.GetDevices(caller, replyTo))
        .thenCompose(reply ->
            switch (reply) {
              case UserReply.Refused(Refusal why) -> refused(why);
              case UserReply.DeviceList devices -> completedStage(true);
            });
  }

  /** No; who is too busy to say has not said no, and it is as if there was no answer in time. */
  private static CompletionStage<Boolean> refused(Refusal why) {
    return why.failure().retryable()
        ? failedStage(new TimeoutException("Not known for the moment: " + why.detail()))
        : completedStage(false);
  }

  /** One question of several. */
  private interface Question {
    CompletionStage<Boolean> ask();
  }

  /** Whether one is answered so; asks one after the other, until then. */
  private static CompletionStage<Boolean> any(Collection<Question> questions) {
    CompletionStage<Boolean> last = completedStage(false);
    for (var question : questions) {
      last = last.thenCompose(yes -> yes ? completedStage(true) : question.ask());
    }
    return last;
  }

  private CompletionStage<Boolean> readsMessage(Caller caller, Facts facts) {
    Map<ConversationId, List<Reference>> byConversation =
        facts.references().reversed().stream()
            .filter(it -> it.conversation().concerns(caller.user()))
            .collect(
                Collectors.groupingBy(
                    Reference::conversation, LinkedHashMap::new, Collectors.toList()));
    return any(
        byConversation.entrySet().stream()
            .<Question>map(entry ->
                () -> readsIn(entry.getKey(), entry.getValue(), new Reader(caller, facts.id())))
            .toList());
  }

  /** Who wants to see what. */
  private record Reader(Caller caller, MediaId id) {

    private boolean reads(UserReply.Visibility visibility, Archived message) {
      return References.carries(message, id) && visibility.shows(message.message(), caller.user());
    }
  }

  private CompletionStage<Boolean> readsIn(
      ConversationId conversation, List<Reference> references, Reader reader) {
    var caller = reader.caller();
    return actors
        .<UserReply.ToGetVisibility>askUser(
            caller.user(), replyTo -> new UserCommand.GetVisibility(caller, conversation, replyTo))
        .thenCompose(reply ->
            switch (reply) {
              case UserReply.Refused(Refusal why) -> refused(why);
              case UserReply.Visibility visibility -> {
                var ids = references.stream().flatMap(it -> it.message().stream()).toList();
                yield archive
                    .find(ids)
                    .thenApply(found ->
                        found.values().stream().anyMatch(it -> reader.reads(visibility, it))
                            || isOnItsWay(references, found.keySet())
                                && seesTheEnd(visibility, conversation));
              }
            });
  }

  /** A message may be in a mailbox for a moment before the archive, or the medium, knows of it. */
  private static boolean isOnItsWay(List<Reference> references, Set<MessageId> archived) {
    return references.stream().anyMatch(it -> it.message().filter(archived::contains).isEmpty());
  }

  private static boolean seesTheEnd(UserReply.Visibility visibility, ConversationId conversation) {
    var end = MessageId.last(conversation);
    return visibility.before(end).equals(end);
  }

  private CompletionStage<Boolean> seesPicture(Caller caller, Facts facts) {
    return any(
        facts.places().stream()
            .<Question>map(place ->
                () ->
                    pictures
                        .hangs(facts.id(), place)
                        .thenCompose(
                            hangs -> hangs ? mayLook(caller, place) : completedStage(false)))
            .toList());
  }

  private CompletionStage<Boolean> mayLook(Caller caller, Place place) {
    return switch (place) {
      case Place.OfUser(UserId user) -> completedStage(true);
      case Place.OfGroup(GroupId group) ->
          actors
              .<GroupReply.ToDescribe>askUser(
                  caller.user(),
                  replyTo ->
                      new UserCommand.InGroup(
                          caller, group, new GroupCommand.Describe(caller.user(), replyTo)))
              .thenCompose(reply ->
                  switch (reply) {
                    case GroupReply.Refused(Refusal why) -> refused(why);
                    case GroupReply.Description description -> completedStage(true);
                  });
    };
  }
}
