package parley.media;

import static java.util.concurrent.CompletableFuture.completedStage;

import akka.Done;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.archive.Archive;
import parley.media.MediumReply.Known;
import parley.media.MediumReply.Refused;
import parley.media.MediumReply.ToAsk;
import parley.message.Caller;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Failure;
import parley.message.Media;
import parley.message.MediaId;
import parley.message.MessageId;
import parley.message.Refusal;
import parley.message.UserId;

/**
 * Puts media into messages. A medium is told before a message is sent that it is about to be
 * carried, and afterwards by which message: so it is kept for as long as there may be one, whoever
 * crashes in between.
 */
public final class Carriage {

  private static final Logger log = LoggerFactory.getLogger(Carriage.class);

  private static final Refusal UNKNOWN =
      new Refusal(Failure.UNKNOWN_MEDIA, "There is no such medium, or it is not yours to send");

  private static final Refusal NO_MESSAGE =
      new Refusal(Failure.NOT_FOUND, "There is no such message");

  private final MediumAsker actors;
  private final Access access;
  private final Archive archive;
  private final Workshop workshop;

  public Carriage(MediumAsker actors, Access access, Archive archive, Workshop workshop) {
    this.actors = actors;
    this.access = access;
    this.archive = archive;
    this.workshop = workshop;
  }

  /**
   * A message that is about to be sent.
   *
   * @param name the sender's own name for the send; a repeat has the same
   */
  public record Load(Caller caller, ConversationId conversation, String name, Content content) {}

  /** What came of loading. */
  public sealed interface Loading {}

  /** The content with all that is known of its media. */
  public record Loaded(Content content) implements Loading {}

  /** With UNKNOWN_MEDIA, MEDIA_PROCESSING, MEDIA_REFUSED. */
  public record NotLoaded(Refusal reason) implements Loading {}

  /** Tells the media that a message carries them; content without any is as it was, at once. */
  public CompletionStage<Loading> load(Load load) {
    CompletionStage<Loading> all = completedStage(new Loaded(load.content()));
    for (var id : load.content().carries()) {
      all =
          all.thenCompose(before ->
              switch (before) {
                case Loaded loaded -> load(load, id, loaded.content());
                case NotLoaded refused -> completedStage((Loading) refused);
              });
    }
    return all.thenApply(loading -> {
      if (loading instanceof NotLoaded) {
        unload(load.caller().user(), load.name(), load.content());
      }
      return loading;
    });
  }

  private CompletionStage<Loading> load(Load load, MediaId id, Content content) {
    return access
        .find(load.caller(), id, Variant.ORIGINAL)
        .thenCompose(found ->
            found.isEmpty()
                ? completedStage((Loading) new NotLoaded(UNKNOWN))
                : actors
                    .<ToAsk>ask(
                        id,
                        replyTo ->
                            new MediumCommand.Refer(
                                load.conversation(), load.caller().user(), load.name(), replyTo))
                    .thenApply(reply ->
                        switch (reply) {
                          case Known(Facts facts) -> new Loaded(complete(content, facts));
                          case Refused(Refusal why) -> new NotLoaded(why);
                        }));
  }

  private static Content complete(Content content, Facts facts) {
    if (!(content instanceof Media media)) {
      return content;
    }
    var description = facts.description().orElseThrow();
    return new Media(
        facts.id(),
        description.kind().label(),
        description.mime(),
        facts.form(Variant.ORIGINAL).map(Form::sizeBytes).orElse(facts.sizeBytes()),
        facts.name(),
        description.width(),
        description.height(),
        description.duration().map(Duration::toMillis),
        description.placeholder(),
        description.waveform(),
        media.caption());
  }

  /** The message was sent. */
  public void carried(UserId by, String name, Content content, MessageId message) {
    for (var id : content.carries()) {
      actors.tell(id, new MediumCommand.Carry(by, name, message));
    }
  }

  /**
   * The message was refused; one that was answered as busy may be sent all the same, and another of
   * that name was sent when the name is taken.
   */
  public void refused(UserId by, String name, Content content, Refusal why) {
    if (why.failure() != Failure.BUSY && why.failure() != Failure.CLIENT_ID_REUSED) {
      unload(by, name, content);
    }
  }

  /** The same for an edit; what the message carries by an earlier one it carries still. */
  public void editRefused(UserId by, MessageId message, Content content, Refusal why) {
    if (why.failure() == Failure.BUSY || content.carries().isEmpty()) {
      return;
    }
    archive
        .find(List.of(message))
        .thenAccept(found -> {
          var carried =
              found.values().stream().flatMap(it -> it.message().content().carries().stream());
          var kept = carried.collect(Collectors.toSet());
          content.carries().stream()
              .filter(id -> !kept.contains(id))
              .forEach(id -> actors.tell(id, new MediumCommand.Abandon(by, editName(message))));
        })
        .exceptionally(failure -> {
          log.warn("Media of a refused edit stay, message={}", message, failure);
          return null;
        });
  }

  private void unload(UserId by, String name, Content content) {
    for (var id : content.carries()) {
      actors.tell(id, new MediumCommand.Abandon(by, name));
    }
  }

  /** The same for a message that is to say something else. */
  public CompletionStage<Loading> loadEdit(Caller caller, MessageId message, Content content) {
    if (content.carries().isEmpty()) {
      return completedStage(new Loaded(content));
    }
    return archive
        .find(List.of(message))
        .thenCompose(found ->
            found.containsKey(message)
                ? load(
                    new Load(
                        caller,
                        found.get(message).message().conversation(),
                        editName(message),
                        content))
                : completedStage((Loading) new NotLoaded(NO_MESSAGE)));
  }

  /** The name of an edit; one that a client makes up itself is its own to confuse. */
  public static String editName(MessageId message) {
    return "an edit of the message " + message;
  }

  /**
   * The message is about to be deleted, or to say something else: what it carries is looked at
   * afterwards. Done when that cannot be forgotten.
   */
  public CompletionStage<Done> aboutToChange(MessageId message) {
    return archive
        .find(List.of(message))
        .thenCompose(found ->
            workshop.mark(
                found.values().stream()
                    .flatMap(it -> it.message().content().carries().stream())
                    .toList()));
  }
}
