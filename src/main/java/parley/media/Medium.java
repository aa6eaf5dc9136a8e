package parley.media;

import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.javadsl.CommandHandlerWithReply;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import parley.message.Failure;
import parley.message.MediaId;
import parley.message.Refusal;
import parley.message.UserId;

/**
 * The actor of one medium: whose it is, which bytes of it are there, what is made of them, and what
 * refers to it. The bytes themselves are in the {@link MediaStore}; this is what says which of the
 * store's objects count. An object that no event names is left over, and removed with the medium.
 *
 * <p>Its few events are replayed each time that it wakes up: there are no snapshots.
 */
public final class Medium
    extends EventSourcedBehaviorWithEnforcedReplies<MediumCommand, MediumEvent, MediumState> {

  /** The most parts of one upload: of 100 MiB in parts of 64 KiB. */
  static final int PARTS_MOST = 2_000;

  /** The most messages that carry one medium; who sends it on after that uploads it again. */
  static final int REFERENCES_MOST = 1_000;

  static final String PERSISTENCE_NAME = "medium";

  private static final Duration RESTART_PAUSE_MIN = Duration.ofMillis(200);
  private static final Duration RESTART_PAUSE_MAX = Duration.ofSeconds(10);
  private static final MediumReply.Refused NOT_FOUND =
      refused(Failure.NOT_FOUND, "There is no such medium, or it is not yours");
  private static final MediumReply.Refused IN_USE =
      refused(Failure.NOT_ALLOWED, "It was sent already: delete the message instead");
  private static final MediumReply.Refused UNREADY =
      refused(Failure.MEDIA_PROCESSING, "It is not ready yet; try again");
  private static final MediumReply.Refused TOO_MANY_PARTS =
      refused(Failure.TOO_LARGE, "The upload came in too many pieces; begin it anew with larger");
  private static final MediumReply.Refused TOO_MANY_REFERENCES =
      refused(Failure.TOO_LARGE, "It was sent on too often; upload it again");
  private static final MediumReply.Refused NO_PICTURE =
      refused(Failure.WRONG_TYPE, "That is no picture");

  private final MediaId id;
  private final Surroundings surroundings;

  /** When it was last to be put where. In memory: who begins anew takes all for settled. */
  private final Map<Place, Instant> hungAt = new HashMap<>();

  private final StepHandlers steps;

  /** What every medium's actor works with. */
  public record Surroundings(InstantSource clock, MediaSettings settings) {

    /** The time of an event. */
    Instant now() {
      return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /** The actor of the medium. */
  public static Behavior<MediumCommand> create(MediaId id, Surroundings surroundings) {
    return Behaviors.setup(context -> new Medium(id, surroundings));
  }

  private Medium(MediaId id, Surroundings surroundings) {
    super(
        PersistenceId.of(PERSISTENCE_NAME, id.value()),
        SupervisorStrategy.restartWithBackoff(RESTART_PAUSE_MIN, RESTART_PAUSE_MAX, 0.2));
    this.id = id;
    this.surroundings = surroundings;
    this.steps = new StepHandlers(Effect(), surroundings);
  }

  private static MediumReply.Refused refused(Failure failure, String detail) {
    return new MediumReply.Refused(new Refusal(failure, detail));
  }

  @Override
  public MediumState emptyState() {
    return MediumState.empty(id);
  }

  @Override
  public CommandHandlerWithReply<MediumCommand, MediumEvent, MediumState> commandHandler() {
    return this::onCommand;
  }

  @Override
  public EventHandler<MediumState, MediumEvent> eventHandler() {
    return MediumState::on;
  }

  private Instant now() {
    return surroundings.now();
  }

  private ReplyEffect<MediumEvent, MediumState> onCommand(
      MediumState state, MediumCommand command) {
    if (command == MediumCommand.Stop.INSTANCE) {
      return Effect().stop().thenNoReply();
    }
    if (command instanceof MediumCommand.Open open) {
      return onOpen(state, open);
    }
    if (command instanceof MediumCommand.Review review) {
      return steps.onReview(state, review);
    }
    if (state.present().isEmpty()) {
      return command instanceof MediumCommand.Asked asked
          ? Effect().reply(asked.replyTo(), NOT_FOUND)
          : Effect().noReply();
    }
    var facts = state.present().get();
    return switch (command) {
      case MediumCommand.Open open -> onOpen(state, open);
      case MediumCommand.Review review -> steps.onReview(state, review);
      case MediumCommand.AddPart add -> onAddPart(facts, add);
      case MediumCommand.Describe ask -> Effect().reply(ask.replyTo(), known(state));
      case MediumCommand.Report report -> steps.onReport(facts, report);
      case MediumCommand.Refer refer -> onRefer(facts, refer);
      case MediumCommand.Carry carry -> onCarry(facts, carry);
      case MediumCommand.Abandon(var by, var name) ->
          onDrop(facts, by, name, it -> it.message().isEmpty());
      case MediumCommand.Drop(var by, var name) -> onDrop(facts, by, name, it -> true);
      case MediumCommand.Hang hang -> onHang(facts, hang);
      case MediumCommand.TakeDown down -> onTakeDown(facts, down);
      case MediumCommand.Remove remove -> onRemove(facts, remove);
      case MediumCommand.Stop.INSTANCE -> Effect().stop().thenNoReply();
    };
  }

  private static MediumReply.ToAsk known(MediumState state) {
    return new MediumReply.Known(state.facts().orElseThrow());
  }

  private ReplyEffect<MediumEvent, MediumState> persist(
      MediumEvent event, MediumCommand.Asked asked) {
    return Effect().persist(event).thenReply(asked.replyTo(), Medium::known);
  }

  private ReplyEffect<MediumEvent, MediumState> onOpen(MediumState state, MediumCommand.Open open) {
    if (state.facts().isPresent()) {
      return Effect().reply(open.replyTo(), NOT_FOUND);
    }
    var now = now();
    var expiresAt = now.plus(surroundings.settings().limits().uploadLifetime());
    return persist(
        new MediumEvent.Opened(
            open.owner(), open.name(), open.sizeBytes(), open.opaque(), expiresAt, now),
        open);
  }

  private ReplyEffect<MediumEvent, MediumState> onAddPart(Facts facts, MediumCommand.AddPart add) {
    if (facts.parts().contains(add.part())) {
      return known(facts, add);
    }
    if (facts.offset() != add.offset() || facts.state() != Facts.State.UPLOADING) {
      return Effect().reply(add.replyTo(), elsewhere(facts));
    }
    if (now().isAfter(facts.expiresAt())) {
      return Effect().reply(add.replyTo(), NOT_FOUND);
    }
    if (add.offset() + add.part().sizeBytes() > facts.sizeBytes()) {
      return Effect()
          .reply(add.replyTo(), refused(Failure.TOO_LARGE, "That is more than was announced"));
    }
    return facts.parts().size() >= PARTS_MOST
        ? Effect().reply(add.replyTo(), TOO_MANY_PARTS)
        : persist(new MediumEvent.PartAdded(add.part(), now()), add);
  }

  static MediumReply.Refused elsewhere(Facts facts) {
    return refused(Failure.UPLOAD_OFFSET, "The upload goes on from byte " + facts.offset());
  }

  private ReplyEffect<MediumEvent, MediumState> known(Facts facts, MediumCommand.Asked asked) {
    return Effect().reply(asked.replyTo(), new MediumReply.Known(facts));
  }

  private ReplyEffect<MediumEvent, MediumState> onRefer(Facts facts, MediumCommand.Refer refer) {
    if (facts.references().stream().anyMatch(it -> it.isOf(refer.by(), refer.name()))) {
      return known(facts, refer);
    }
    if (facts.state() != Facts.State.READY) {
      return Effect().reply(refer.replyTo(), unready(facts));
    }
    if (facts.references().size() >= REFERENCES_MOST) {
      return Effect().reply(refer.replyTo(), TOO_MANY_REFERENCES);
    }
    var now = now();
    var reference =
        new Reference(refer.conversation(), refer.by(), refer.name(), Optional.empty(), now);
    return persist(new MediumEvent.Referred(reference, now), refer);
  }

  private static MediumReply.Refused unready(Facts facts) {
    return facts.refusal().map(why -> refused(Failure.MEDIA_REFUSED, why.detail())).orElse(UNREADY);
  }

  private ReplyEffect<MediumEvent, MediumState> onCarry(Facts facts, MediumCommand.Carry carry) {
    boolean isNews =
        facts.references().stream()
            .anyMatch(it -> it.isOf(carry.by(), carry.name()) && it.message().isEmpty());
    return isNews
        ? Effect()
            .persist(new MediumEvent.Carried(carry.by(), carry.name(), carry.message(), now()))
            .thenNoReply()
        : Effect().noReply();
  }

  private ReplyEffect<MediumEvent, MediumState> onDrop(
      Facts facts, UserId by, String name, Predicate<Reference> condition) {
    return facts.references().stream().filter(condition).anyMatch(it -> it.isOf(by, name))
        ? Effect().persist(new MediumEvent.Dropped(by, name, now())).thenNoReply()
        : Effect().noReply();
  }

  private ReplyEffect<MediumEvent, MediumState> onHang(Facts facts, MediumCommand.Hang hang) {
    if (facts.places().contains(hang.place())) {
      hungAt.put(hang.place(), now());
      return known(facts, hang);
    }
    if (facts.state() != Facts.State.READY) {
      return Effect().reply(hang.replyTo(), unready(facts));
    }
    if (facts.description().orElseThrow().kind() != Kind.IMAGE) {
      return Effect().reply(hang.replyTo(), NO_PICTURE);
    }
    hungAt.put(hang.place(), now());
    return persist(new MediumEvent.Hung(hang.place(), now()), hang);
  }

  private ReplyEffect<MediumEvent, MediumState> onTakeDown(
      Facts facts, MediumCommand.TakeDown down) {
    var settledAt =
        hungAt.getOrDefault(down.place(), Instant.EPOCH).plus(surroundings.settings().settleTime());
    if (!facts.places().contains(down.place()) || now().isBefore(settledAt)) {
      // Who looked at the place may have done so before the picture was put there.
      return Effect().noReply();
    }
    hungAt.remove(down.place());
    return Effect().persist(new MediumEvent.TakenDown(down.place(), now())).thenNoReply();
  }

  private ReplyEffect<MediumEvent, MediumState> onRemove(Facts facts, MediumCommand.Remove remove) {
    return facts.hasReferences()
        ? Effect().reply(remove.replyTo(), IN_USE)
        : persist(new MediumEvent.Removed(now()), remove);
  }
}
