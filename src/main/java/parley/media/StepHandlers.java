package parley.media;

import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.message.Failure;
import parley.message.Refusal;

/** What is to be done about a medium, and what came of it. */
final class StepHandlers {

  /** How often a step is begun that never ends: a file that takes a node down stops at this. */
  static final int ATTEMPTS_MOST = 4;

  /** Before a step is begun again that failed: quadruples each time, to half an hour in all. */
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(5);

  private final EffectFactories<MediumEvent, MediumState> effects;
  private final Medium.Surroundings surroundings;
  private Instant reservedUntil = Instant.MIN;

  StepHandlers(
      EffectFactories<MediumEvent, MediumState> effects, Medium.Surroundings surroundings) {
    this.effects = effects;
    this.surroundings = surroundings;
  }

  ReplyEffect<MediumEvent, MediumState> onReview(
      MediumState state, MediumCommand.Review review) {
    if (state.facts().isEmpty()) {
      return effects.reply(review.replyTo(), new MediumReply.Unknown());
    }
    var facts = state.facts().get();
    if (state.isRemoved()) {
      return effects.reply(review.replyTo(), new MediumReply.Gone(facts));
    }
    var now = surroundings.now();
    var due = new Due(facts, now, surroundings.settings().grace());
    return switch (due.next()) {
      case LOOK -> begin(facts, due, review);
      case TRANSCODE ->
          review.transcodes()
              ? begin(facts, due, review)
              : effects.reply(review.replyTo(), new MediumReply.Slow());
      case CHECK -> effects.reply(review.replyTo(), new MediumReply.Check(facts));
      case WAIT -> effects.reply(review.replyTo(), new MediumReply.Wait(due.until()));
      case REMOVE ->
          effects
              .persist(new MediumEvent.Removed(now))
              .thenReply(review.replyTo(), after -> new MediumReply.Gone(facts));
    };
  }

  /** One node at a time: that the other one has ended is only known by the time. */
  private ReplyEffect<MediumEvent, MediumState> begin(
      Facts facts, Due due, MediumCommand.Review review) {
    var now = surroundings.now();
    if (reservedUntil.isAfter(now)) {
      return effects.reply(review.replyTo(), new MediumReply.Wait(reservedUntil));
    }
    boolean looks = due.next() == Due.Step.LOOK;
    var events = new ArrayList<MediumEvent>(List.of(new MediumEvent.Begun(now)));
    if (facts.begun() >= ATTEMPTS_MOST) {
      events.add(
          looks
              ? new MediumEvent.Refused(
                  Failure.MEDIA_REFUSED, "It could not be looked at, again and again", now)
              : new MediumEvent.Transcoded(Optional.empty(), now));
      return effects
          .persist(events)
          .thenReply(review.replyTo(), after -> new MediumReply.Wait(now));
    }
    reservedUntil = now.plus(surroundings.settings().stepTimeout());
    return effects
        .persist(events)
        .thenReply(
            review.replyTo(),
            after ->
                looks ? new MediumReply.Look(facts) : new MediumReply.Transcode(facts));
  }

  ReplyEffect<MediumEvent, MediumState> onReport(Facts facts, MediumCommand.Report report) {
    reservedUntil = Instant.MIN;
    boolean looked = facts.state() == Facts.State.PROCESSING;
    return switch (report.outcome()) {
      case MediumCommand.Described it when looked ->
          persist(
              new MediumEvent.Described(it.description(), it.forms(), surroundings.now()), report);
      case MediumCommand.Refused(Refusal why) when looked ->
          persist(new MediumEvent.Refused(why.failure(), why.detail(), surroundings.now()), report);
      case MediumCommand.Failed failed -> {
        reservedUntil = surroundings.now().plus(RETRY_PAUSE.multipliedBy(1L << 2 * facts.begun()));
        yield known(facts, report);
      }
      case MediumCommand.Transcoded it when facts.mayChange() ->
          persist(new MediumEvent.Transcoded(it.original(), surroundings.now()), report);
      case MediumCommand.Described late -> known(facts, report);
      case MediumCommand.Refused late -> known(facts, report);
      case MediumCommand.Transcoded late -> known(facts, report);
    };
  }

  private ReplyEffect<MediumEvent, MediumState> known(Facts facts, MediumCommand.Report report) {
    return effects.reply(report.replyTo(), new MediumReply.Known(facts));
  }

  private ReplyEffect<MediumEvent, MediumState> persist(
      MediumEvent event, MediumCommand.Report report) {
    return effects
        .persist(event)
        .thenReply(
            report.replyTo(), after -> new MediumReply.Known(after.facts().orElseThrow()));
  }
}
