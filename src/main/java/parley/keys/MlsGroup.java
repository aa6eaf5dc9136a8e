package parley.keys;

import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.javadsl.CommandHandlerWithReply;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import akka.persistence.typed.javadsl.ReplyEffect;
import akka.persistence.typed.javadsl.RetentionCriteria;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import parley.message.ConversationId;
import parley.message.Failure;
import parley.message.Opaque;
import parley.message.Refusal;
import parley.message.Sealed;

/**
 * The actor of one encrypted conversation: it gives out each epoch once. That is all that MLS needs
 * of a server (RFC 9750, 5.2): members who commit at the same time must agree on whose commit
 * counts.
 *
 * <p>A commit is claimed here before it is sent. When its sender's actor ends between the two, the
 * commit is in this journal and in no mailbox: whoever misses it finds it with {@link Commits}, and
 * its sender, who was not answered, repeats it.
 *
 * <p>A member can commit what no other one can take in. Anybody of them may then begin anew: a
 * restart is the commit by which a new group begins, and takes its place in the same order. Epochs
 * are counted on, so that each still names one commit; who reads the group's own epoch adds the one
 * of the restart.
 */
public final class MlsGroup
    extends EventSourcedBehaviorWithEnforcedReplies<MlsCommand, MlsEvent, MlsState> {

  private static final Duration RESTART_PAUSE_MIN = Duration.ofMillis(200);
  private static final Duration RESTART_PAUSE_MAX = Duration.ofSeconds(10);
  private static final int SNAPSHOTS_KEPT = 2;

  private final InstantSource clock;
  private final KeySettings settings;

  /** The actor of the conversation. */
  public static Behavior<MlsCommand> create(
      ConversationId id, InstantSource clock, KeySettings settings) {
    return Behaviors.setup(context -> new MlsGroup(id, clock, settings));
  }

  private MlsGroup(ConversationId id, InstantSource clock, KeySettings settings) {
    super(
        persistenceId(id),
        SupervisorStrategy.restartWithBackoff(RESTART_PAUSE_MIN, RESTART_PAUSE_MAX, 0.2));
    this.clock = clock;
    this.settings = settings;
  }

  /** The name of the journal. */
  static PersistenceId persistenceId(ConversationId id) {
    return PersistenceId.of("mls", id.toString());
  }

  @Override
  public MlsState emptyState() {
    return MlsState.NOTHING;
  }

  @Override
  public EventHandler<MlsState, MlsEvent> eventHandler() {
    return (state, event) -> state.on(event, settings.claimsMax());
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(settings.snapshotEvery(), SNAPSHOTS_KEPT);
  }

  @Override
  public CommandHandlerWithReply<MlsCommand, MlsEvent, MlsState> commandHandler() {
    return (state, command) ->
        switch (command) {
          case MlsCommand.Claim claim -> onClaim(state, claim);
          case MlsCommand.GetStanding get ->
              Effect()
                  .reply(
                      get.replyTo(),
                      new MlsReply.Standing(state.epoch(), state.suite(), state.groupInfo()));
          case MlsCommand.Stop.INSTANCE -> Effect().stop().thenNoReply();
        };
  }

  private static MlsReply.Refused stale(long epoch) {
    return new MlsReply.Refused(
        new Refusal(
            Failure.STALE_EPOCH,
            "The conversation has epoch %d; catch up with its commits".formatted(epoch),
            Optional.of(epoch)));
  }

  private boolean isTooLarge(Opaque groupInfo) {
    return groupInfo.sizeBytes() / 4 * 3 > settings.groupInfoBytesMax();
  }

  private MlsReply.Refused tooLarge() {
    return new MlsReply.Refused(
        new Refusal(
            Failure.TOO_LARGE,
            "A group's info has at most %d bytes".formatted(settings.groupInfoBytesMax())));
  }

  private boolean isTooSoon(MlsState state, Sealed commit) {
    return commit.kind() == Sealed.Kind.RESTART
        && state.restartedAfter(clock.instant().minus(settings.restartPause()));
  }

  private MlsReply.Refused tooSoon() {
    return new MlsReply.Refused(
        new Refusal(
            Failure.TOO_MANY_REQUESTS,
            "A conversation begins anew once in %s at most".formatted(settings.restartPause())));
  }

  private ReplyEffect<MlsEvent, MlsState> onClaim(MlsState state, MlsCommand.Claim claim) {
    if (state.has(claim.by(), claim.clientId(), claim.commit())) {
      return Effect().reply(claim.replyTo(), new MlsReply.Claimed());
    }
    if (claim.commit().epoch() != state.epoch()) {
      return Effect().reply(claim.replyTo(), stale(state.epoch()));
    }
    if (claim.next().groupInfo().filter(this::isTooLarge).isPresent()) {
      return Effect().reply(claim.replyTo(), tooLarge());
    }
    if (isTooSoon(state, claim.commit())) {
      return Effect().reply(claim.replyTo(), tooSoon());
    }
    var committed =
        new MlsEvent.Committed(
            claim.by(),
            claim.device(),
            claim.clientId(),
            claim.commit(),
            claim.next(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    return Effect().persist(committed).thenReply(claim.replyTo(), after -> new MlsReply.Claimed());
  }
}
