package parley.media;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import parley.message.ConversationId;
import parley.message.MediaId;
import parley.message.MessageId;
import parley.message.UserId;

/** A medium's actor on a journal in memory, with a clock that the test decides for. */
final class MediumFixture {

  static final UserId ANN = new UserId("ann");
  static final UserId BEN = new UserId("ben");
  static final ConversationId TALK = ConversationId.between(ANN, BEN);
  static final MediaId ID = new MediaId("01M83XJ8BV000YS02XEYJJR9QT");
  static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123Z");
  static final MessageId MESSAGE = MessageId.next(MessageId.first(TALK), NOW, TALK, ANN);
  static final Duration GRACE = Duration.ofDays(1);

  static final MediaSettings SETTINGS =
      new MediaSettings(
          Path.of("unused"),
          Path.of("unused"),
          MediaSettings.Keeper.FOLDER,
          new S3Settings(Optional.empty(), "", "", "", Optional.empty(), "", true),
          new MediaSettings.Limits(1_000, 500, 10, 2, 1_500, 3_000, Duration.ofHours(24)),
          Duration.ofHours(1),
          GRACE,
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          1,
          1,
          100);

  static final Config CONFIG =
      ConfigFactory.parseString("akka.actor.provider = local")
          .withFallback(EventSourcedBehaviorTestKit.config())
          .withFallback(ConfigFactory.load())
          .resolve();

  final EventSourcedBehaviorTestKit<MediumCommand, MediumEvent, MediumState> medium;
  private final ActorTestKit kit;
  private Instant now = NOW;

  MediumFixture(ActorTestKit kit) {
    this.kit = kit;
    this.medium =
        EventSourcedBehaviorTestKit.create(
            kit.system(),
            Medium.create(ID, new Medium.Surroundings(() -> now, SETTINGS)),
            EventSourcedBehaviorTestKit.enabledSerializationSettings().withVerifyState(false));
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  <R> R ask(Function<ActorRef<R>, MediumCommand> question) {
    TestProbe<R> probe = kit.createTestProbe();
    medium.runCommand(question.apply(probe.ref()));
    return probe.receiveMessage();
  }

  Facts facts() {
    return ((MediumReply.Known) this.<MediumReply.ToAsk>ask(MediumCommand.Describe::new)).facts();
  }

  MediumReply.ToReview review() {
    return ask(replyTo -> new MediumCommand.Review(true, replyTo));
  }

  void open(long sizeBytes) {
    this.<MediumReply.ToAsk>ask(
        replyTo -> new MediumCommand.Open(ANN, Optional.of("cat.jpg"), sizeBytes, false, replyTo));
  }

  MediumReply.ToAsk add(long offset, String key, long sizeBytes) {
    return ask(replyTo -> new MediumCommand.AddPart(offset, new Part(key, sizeBytes), replyTo));
  }

  MediumReply.ToAsk report(MediumCommand.Outcome outcome) {
    return ask(replyTo -> new MediumCommand.Report(outcome, replyTo));
  }

  MediumReply.ToAsk refer(String name) {
    return ask(replyTo -> new MediumCommand.Refer(TALK, ANN, name, replyTo));
  }

  static MediumCommand.Described described(Kind kind) {
    var description =
        new Description(
            kind,
            "image/jpeg",
            Optional.of(640),
            Optional.of(480),
            Optional.empty(),
            Optional.of("aGFzaA=="),
            List.of());
    return new MediumCommand.Described(
        description,
        List.of(new Form(Variant.ORIGINAL, "image/jpeg", List.of(new Part("media/x/new", 7)))));
  }

  /** Uploaded, and looked at. */
  void becomeReady(Kind kind) {
    open(10);
    add(0, "media/x/a", 10);
    review();
    report(described(kind));
  }
}
