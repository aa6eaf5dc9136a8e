package parley.media;

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
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import parley.message.Failure;
import parley.message.Refusal;
import parley.message.UserId;

/**
 * The actor of one user's quota: what their uploads and media may take. It counts what was
 * announced; what processing makes of it is on the house.
 */
public final class Quota
    extends EventSourcedBehaviorWithEnforcedReplies<QuotaCommand, QuotaEvent, QuotaState> {

  static final String PERSISTENCE_NAME = "media-quota";

  private static final Duration RESTART_PAUSE_MIN = Duration.ofMillis(200);
  private static final Duration RESTART_PAUSE_MAX = Duration.ofSeconds(10);
  private static final int SNAPSHOT_EVERY = 100;
  private static final int SNAPSHOTS_KEPT = 2;

  private final InstantSource clock;
  private final MediaSettings.Limits limits;

  /** The actor of the user's quota. */
  public static Behavior<QuotaCommand> create(UserId user, Medium.Surroundings surroundings) {
    return Behaviors.setup(context -> new Quota(user, surroundings));
  }

  private Quota(UserId user, Medium.Surroundings surroundings) {
    super(
        PersistenceId.of(PERSISTENCE_NAME, user.value()),
        SupervisorStrategy.restartWithBackoff(RESTART_PAUSE_MIN, RESTART_PAUSE_MAX, 0.2));
    this.clock = surroundings.clock();
    this.limits = surroundings.settings().limits();
  }

  @Override
  public QuotaState emptyState() {
    return QuotaState.EMPTY;
  }

  @Override
  public CommandHandlerWithReply<QuotaCommand, QuotaEvent, QuotaState> commandHandler() {
    return this::onCommand;
  }

  @Override
  public EventHandler<QuotaState, QuotaEvent> eventHandler() {
    return QuotaState::on;
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY, SNAPSHOTS_KEPT);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private ReplyEffect<QuotaEvent, QuotaState> onCommand(QuotaState state, QuotaCommand command) {
    return switch (command) {
      case QuotaCommand.Reserve reserve -> onReserve(state, reserve);
      case QuotaCommand.Keep(var id) ->
          state.open().containsKey(id)
              ? Effect().persist(new QuotaEvent.Kept(id, now())).thenNoReply()
              : Effect().noReply();
      case QuotaCommand.Release(var id, long sizeBytes) ->
          state.released().contains(id)
              ? Effect().noReply()
              : Effect().persist(new QuotaEvent.Released(id, sizeBytes, now())).thenNoReply();
      case QuotaCommand.Stop.INSTANCE -> Effect().stop().thenNoReply();
    };
  }

  private ReplyEffect<QuotaEvent, QuotaState> onReserve(
      QuotaState state, QuotaCommand.Reserve reserve) {
    if (state.open().containsKey(reserve.id())) {
      return Effect().reply(reserve.replyTo(), new QuotaReply.Reserved());
    }
    var now = now();
    var refusal = refusal(state, reserve, now);
    if (refusal.isPresent()) {
      return Effect()
          .reply(
              reserve.replyTo(),
              new QuotaReply.Refused(new Refusal(Failure.MEDIA_QUOTA, refusal.get())));
    }
    return Effect()
        .persist(
            new QuotaEvent.Reserved(
                reserve.id(), reserve.sizeBytes(), now.plus(limits.uploadLifetime()), now))
        .thenReply(reserve.replyTo(), after -> new QuotaReply.Reserved());
  }

  private Optional<String> refusal(QuotaState state, QuotaCommand.Reserve reserve, Instant now) {
    var open = state.openAt(now);
    if (open.size() >= limits.uploadsOpenMax()) {
      return Optional.of(
          "%d uploads of yours go on already; finish or end one".formatted(open.size()));
    }
    long openBytes =
        open.stream().mapToLong(QuotaState.Open::sizeBytes).sum() + reserve.sizeBytes();
    if (openBytes > limits.openBytesMax()) {
      return Optional.of(
          "Your uploads would have %d bytes, %d at most are allowed at a time"
              .formatted(openBytes, limits.openBytesMax()));
    }
    return state.keptBytes() + openBytes > limits.keptBytesMax()
        ? Optional.of(
            "You would keep more than %d bytes of media; delete some"
                .formatted(limits.keptBytesMax()))
        : Optional.empty();
  }
}
