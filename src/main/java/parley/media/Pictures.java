package parley.media;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.group.GroupCommand;
import parley.group.GroupReply;
import parley.media.MediumReply.Known;
import parley.media.MediumReply.Refused;
import parley.media.MediumReply.ToAsk;
import parley.message.Caller;
import parley.message.Failure;
import parley.message.GroupId;
import parley.message.MediaId;
import parley.message.Refusal;
import parley.message.UserId;
import parley.user.UserCommand;
import parley.user.UserReply;

/** The pictures of people and groups. What they show is what their own actors say. */
public final class Pictures {

  private static final Refused UNKNOWN =
      new Refused(new Refusal(Failure.UNKNOWN_MEDIA, "There is no such picture of yours"));

  private final MediumAsker actors;

  public Pictures(MediumAsker actors) {
    this.actors = actors;
  }

  /** Whether the medium is the picture that is shown there. */
  CompletionStage<Boolean> hangs(MediaId id, Place place) {
    return shown(place).thenApply(Optional.of(id)::equals);
  }

  /** The picture that is shown there now. */
  public CompletionStage<Optional<MediaId>> shown(Place place) {
    return switch (place) {
      case Place.OfUser(UserId user) ->
          actors
              .<UserReply.ToGetProfile>askUser(user, UserCommand.GetProfile::new)
              .thenApply(reply ->
                  switch (reply) {
                    case UserReply.Profile profile -> profile.picture();
                    case UserReply.Refused refused -> Optional.empty();
                  });
      case Place.OfGroup(GroupId group) ->
          actors
              .<GroupReply.Picture>askGroup(group, GroupCommand.GetPicture::new)
              .thenApply(reply -> reply.picture().flatMap(Pictures::id));
    };
  }

  private static Optional<MediaId> id(String text) {
    try {
      return Optional.of(new MediaId(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Keeps a picture for the place that is about to show it; refused with UNKNOWN_MEDIA when it is
   * not the caller's own, MEDIA_PROCESSING, MEDIA_REFUSED, WRONG_TYPE.
   */
  public CompletionStage<ToAsk> hang(Caller caller, MediaId id, Place place) {
    return actors
        .<ToAsk>ask(id, MediumCommand.Describe::new)
        .thenCompose(reply ->
            switch (reply) {
              case Known(Facts facts) when facts.owner().equals(caller.user()) ->
                  actors.<ToAsk>ask(id, replyTo -> new MediumCommand.Hang(place, replyTo));
              case Known(Facts facts) -> completedStage((ToAsk) UNKNOWN);
              case Refused refused -> completedStage((ToAsk) UNKNOWN);
            });
  }
}
