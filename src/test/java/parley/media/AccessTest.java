package parley.media;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.media.MediumFixture.ANN;
import static parley.media.MediumFixture.ID;
import static parley.media.MediumFixture.NOW;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.javadsl.Behaviors;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.message.Caller;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.Refusal;
import parley.message.SessionId;
import parley.user.MemoryArchive;
import parley.user.UserCommand;
import parley.user.UserReply;

/** Who may see a medium, when their own actor does not say who they are. */
class AccessTest {

  private static final Caller CALLER = new Caller(ANN, new DeviceId("phone"), new SessionId("s1"));

  private final ActorTestKit kit = ActorTestKit.create(MediumFixture.CONFIG);

  @AfterEach
  void close() {
    kit.shutdownTestKit();
  }

  /** Ann asks for a medium of her own. */
  private CompletionStage<Optional<Facts>> find(Failure refusedAs) {
    var facts = Facts.of(ID, new MediumEvent.Opened(ANN, Optional.empty(), 10, false, NOW, NOW));
    var medium =
        kit.spawn(
            Behaviors.<MediumCommand>receiveMessage(command -> {
              ((MediumCommand.Describe) command).replyTo().tell(new MediumReply.Known(facts));
              return Behaviors.same();
            }));
    var refused = new UserReply.Refused(new Refusal(refusedAs, "for a reason"));
    var user =
        kit.spawn(
            Behaviors.<UserCommand>receiveMessage(command -> {
              ((UserCommand.Owned) command).replyTo().tell(refused);
              return Behaviors.same();
            }));
    var nobody = kit.system().<Object>deadLetters();
    var actors =
        new MediumAsker(
            new MediumAsker.Actors(
                id -> medium, id -> nobody.narrow(), id -> user, id -> nobody.narrow()),
            Duration.ofSeconds(3),
            kit.system());
    return new Access(actors, new MemoryArchive(), new Pictures(actors))
        .find(CALLER, ID, Variant.ORIGINAL);
  }

  @Test
  void a_user_who_is_too_busy_to_say_is_not_refused() {
    assertThat(find(Failure.BUSY).toCompletableFuture())
        .failsWithin(Duration.ofSeconds(3))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void who_is_signed_out_sees_nothing() {
    assertThat(find(Failure.UNAUTHENTICATED).toCompletableFuture())
        .succeedsWithin(Duration.ofSeconds(3))
        .isEqualTo(Optional.empty());
  }
}
