package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.limit.Rate;
import parley.limit.TokenBuckets;
import parley.media.IdleMedia;
import parley.message.Caller;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Positioned;
import parley.message.Refusal;
import parley.message.SessionId;
import parley.message.UserId;
import parley.presence.PresenceCommand;
import parley.presence.PresenceReply;
import parley.socket.SessionCommand.Guest;
import parley.socket.SessionCommand.Ready;
import parley.socket.SessionCommand.ToDevice;
import parley.socket.SessionCommand.Written;
import parley.user.Draft;
import parley.user.Excerpt;
import parley.user.MemoryArchive;
import parley.user.Piece;
import parley.user.UserCommand;
import parley.user.UserReply;

/** A session between a scripted device and a scripted user's actor, on a virtual clock. */
class SessionTest {

  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");
  private static final ConversationId TALK = ConversationId.between(ANN, BOB);
  private static final Caller CALLER = new Caller(ANN, new DeviceId("phone"), new SessionId("s1"));
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  static final SocketSettings SETTINGS =
      new SocketSettings(
          128 * 1024,
          4,
          3,
          100,
          2,
          100_000,
          10,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          Duration.ofMillis(50),
          Duration.ofSeconds(20),
          Duration.ofSeconds(45),
          Duration.ofSeconds(3));

  private final ActorTestKit kit =
      ActorTestKit.create(
          ManualTime.config()
              .withFallback(ConfigFactory.parseString("akka.actor.provider = local"))
              .withFallback(ConfigFactory.load())
              .resolve());
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<UserCommand> user = kit.createTestProbe();
  private final TestProbe<UserId> met = kit.createTestProbe();
  private final TestProbe<PresenceCommand> presence = kit.createTestProbe();
  private final TestProbe<ToDevice> device = kit.createTestProbe();
  private final TestProbe<Ready> reader = kit.createTestProbe();
  private final List<Excerpt> read = new ArrayList<>();
  private Supplier<ActorRef<SessionCommand>> create;
  private ActorRef<SessionCommand> session;
  private ActorRef<UserReply.ToSession> stream;
  private ActorRef<UserCommand> actor;
  private final CountDownLatch stalled = new CountDownLatch(1);
  private Instant now = NOW;
  private Instant until = NOW.plusSeconds(900);

  @BeforeEach
  void open() {
    actor = kit.spawn(passingOn());
    var surroundings =
        new Session.Surroundings(
            id -> user.ref(),
            this::read,
            id -> presence.ref(),
            IdleMedia.on(kit.system(), id -> user.ref(), new MemoryArchive()).carriage(),
            new TokenBuckets(new Rate(5, Duration.ofMillis(1)), () -> now),
            new TokenBuckets(new Rate(5, Duration.ofMillis(1)), this::whenTyping),
            () -> now,
            SETTINGS);
    create = () -> kit.spawn(Session.create(new Guest(CALLER, until), surroundings));
    session = create.get();
    opened();
    reader.receiveMessage();
  }

  private void opened() {
    session.tell(new SessionCommand.Opened(device.ref(), reader.ref()));
  }

  /** A session that is told of typing stalls, with all that comes behind it. */
  private Instant whenTyping() {
    try {
      stalled.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return now;
  }

  /** The journal: one entry an event, that of position n in event n + 10. */
  private CompletionStage<Piece> read(Excerpt excerpt) {
    read.add(excerpt);
    var first = excerpt.older().getFirst().positions().getFirst();
    return CompletableFuture.completedStage(
        new Piece(List.of(said(first, BOB), said(first + 1, BOB)), first + 11));
  }

  @AfterEach
  void close() {
    kit.shutdownTestKit();
  }

  private static Positioned said(long pos, UserId from) {
    return new Positioned(pos, message("c" + pos, from, (int) pos));
  }

  private static Message message(String clientId, UserId from, int millis) {
    return new Message(
        id(millis), TALK, from, new ClientId(clientId), new Content.Text("hi"), Optional.empty());
  }

  /** The user's actor itself: what it is told is seen where the user's is. */
  private Behavior<UserCommand> passingOn() {
    return Behaviors.receiveMessage(command -> {
      if (command instanceof UserCommand.Meet meet) {
        met.ref().tell(meet.other());
        meet.replyTo().tell(new UserReply.Met(meet.other()));
        return Behaviors.same();
      }
      user.ref().tell(command);
      return Behaviors.same();
    });
  }

  private static MessageId id(int millis) {
    return MessageId.next(MessageId.first(TALK), Instant.ofEpochMilli(millis), TALK, BOB);
  }

  private static ClientFrame send(String ref) {
    return new ClientFrame.Send(
        new Draft(new ClientId(ref), TALK, new Content.Text("hi"), Optional.empty()));
  }

  private void hear(ClientFrame... frames) {
    session.tell(new SessionCommand.Received(List.of(frames)));
  }

  /** What the device is told next; it takes it at once. */
  private List<ServerFrame> told() {
    var frames = device.receiveMessage().frames();
    session.tell(Written.INSTANCE);
    return frames;
  }

  private void attach(long latest, long from) {
    hear(new ClientFrame.Attach(Optional.of(from)));
    reader.receiveMessage();
    attached(latest, from);
    told();
  }

  private void attached(long latest, long from) {
    stream = user.expectMessageClass(UserCommand.Attach.class).replyTo();
    stream.tell(new UserReply.Attached(latest, from, true, List.of(BOB), true, actor));
  }

  private UserCommand.Pull pulled() {
    return user.expectMessageClass(UserCommand.Pull.class);
  }

  private void answer(Positioned... entries) {
    stream.tell(new UserReply.Pulled(new Excerpt(ANN, List.of(), List.of(entries))));
  }

  private static List<Long> positions(List<ServerFrame> frames) {
    var positions = new ArrayList<Long>();
    for (var frame : frames) {
      if (frame instanceof ServerFrame.Said said) {
        positions.add(said.pos());
      }
    }
    return positions;
  }

  /** What errors refuse; there is nothing but errors. */
  private static List<String> refs(List<ServerFrame> frames) {
    return frames.stream().map(frame -> ((ServerFrame.Error) frame).ref().orElseThrow()).toList();
  }

  private static UserReply.NotSent busy(String ref) {
    return new UserReply.NotSent(new ClientId(ref), new Refusal(Failure.BUSY, "later"));
  }

  @Test
  void it_pulls_from_the_attach_point_and_says_when_it_has_caught_up() {
    hear(new ClientFrame.Attach(Optional.of(0L)));
    attached(2, 0);
    assertThat(told())
        .containsExactly(
            new ServerFrame.Hello(ANN, new DeviceId("phone"), 2, 0, ServerFrame.Resume.COMPLETE));
    assertThat(pulled().after()).isZero();

    answer(said(1, BOB));
    assertThat(positions(told())).containsExactly(1L);
    assertThat(pulled().after()).isEqualTo(1);
    answer(said(1, BOB), said(2, BOB), said(3, BOB));

    var rest = told();
    assertThat(positions(rest)).containsExactly(2L, 3L);
    assertThat(rest.get(1)).isEqualTo(new ServerFrame.CaughtUp(2));
  }

  @Test
  void what_is_acknowledged_before_the_greeting_is_noted_after_it() {
    hear(new ClientFrame.Attach(Optional.of(3L)), new ClientFrame.Ack(2), new ClientFrame.Ack(3));
    attached(4, 3);

    assertThat(told()).noneMatch(ServerFrame.Error.class::isInstance);
    assertThat(user.expectMessageClass(UserCommand.Acknowledge.class).pos()).isEqualTo(3);
  }

  @Test
  void what_is_acknowledged_before_the_greeting_and_was_never_sent_is_refused_after_it() {
    hear(new ClientFrame.Attach(Optional.of(3L)), new ClientFrame.Ack(5));
    attached(4, 3);

    assertThat(told()).anyMatch(ServerFrame.Error.class::isInstance);
  }

  @Test
  void older_entries_are_read_from_the_journal() {
    attach(2, 0);
    pulled();
    stream.tell(
        new UserReply.Pulled(
            new Excerpt(ANN, List.of(new Excerpt.JournalRange(1, 9, List.of(1L, 2L))), List.of())));

    assertThat(positions(told())).containsExactly(1L, 2L);
  }

  @Test
  void the_journal_is_not_read_again_from_the_beginning_of_a_stretch() {
    attach(9, 0);
    for (long after = 0; after < 4; after += 2) {
      pulled();
      var rest = LongStream.rangeClosed(after + 1, 9).boxed().toList();
      stream.tell(
          new UserReply.Pulled(
              new Excerpt(ANN, List.of(new Excerpt.JournalRange(5, 99, rest)), List.of())));
      told();
    }

    assertThat(read).extracting(it -> it.older().getFirst().from()).containsExactly(5L, 12L);
  }

  @Test
  void of_what_is_at_hand_it_takes_so_many_bytes_at_a_time() {
    attach(3, 0);
    pulled();
    var large = new Content.Text("x".repeat(80));
    answer(
        LongStream.rangeClosed(1, 3)
            .mapToObj(pos -> new Positioned(pos, message("c" + pos, BOB, (int) pos).saying(large)))
            .toArray(Positioned[]::new));

    assertThat(positions(told())).containsExactly(1L);
    assertThat(pulled().after()).isEqualTo(1);
  }

  @Test
  void it_waits_for_acknowledgements_and_passes_on_what_was_delivered() {
    attach(9, 0);
    assertThat(pulled().limit()).isEqualTo(3);
    answer(said(1, BOB), said(2, BOB), said(3, BOB));
    told();
    assertThat(pulled().limit()).isEqualTo(1);
    answer(said(4, BOB));
    told();
    user.expectNoMessage();

    hear(new ClientFrame.Ack(2));

    var noted = user.expectMessageClass(UserCommand.Acknowledge.class);
    assertThat(noted.pos()).isEqualTo(2);
    assertThat(noted.delivered()).containsEntry(TALK, id(2));
    assertThat(pulled().limit()).isEqualTo(2);
  }

  @Test
  void acknowledgements_are_passed_on_at_most_once_in_an_interval() {
    attach(4, 0);
    pulled();
    answer(said(1, BOB), said(2, BOB), said(3, BOB));
    told();
    pulled();
    hear(new ClientFrame.Ack(1), new ClientFrame.Ack(2), new ClientFrame.Ack(3));

    assertThat(user.expectMessageClass(UserCommand.Acknowledge.class).pos()).isEqualTo(1);
    user.expectNoMessage();
    time.timePasses(Duration.ofMillis(50));
    assertThat(user.expectMessageClass(UserCommand.Acknowledge.class).pos()).isEqualTo(3);
  }

  @Test
  void it_enters_the_presence_again_until_that_answers() {
    attach(0, 0);
    var entered = presence.expectMessageClass(PresenceCommand.Enter.class);
    time.timePasses(SETTINGS.askTimeout());
    assertThat(presence.expectMessageClass(PresenceCommand.Enter.class)).isEqualTo(entered);

    entered.session().tell(new PresenceReply.Entered(presence.ref()));

    time.timePasses(SETTINGS.askTimeout().multipliedBy(2));
    presence.expectNoMessage();
  }

  private Set<UserId> sharedWith() {
    return presence.expectMessageClass(PresenceCommand.Enter.class).correspondents();
  }

  @Test
  void presence_is_shared_with_those_whom_the_user_s_actor_admits() {
    attach(0, 0);
    pulled();
    assertThat(sharedWith()).containsExactly(BOB);

    stream.tell(new UserReply.Sharing(List.of(), true));
    assertThat(sharedWith()).isEmpty();
    stream.tell(new UserReply.Sharing(List.of(), true));
    presence.expectNoMessage();

    answer(said(1, BOB), said(2, BOB));
    told();
    assertThat(met.receiveMessage()).isEqualTo(BOB);
    assertThat(sharedWith()).containsExactly(BOB);
    met.expectNoMessage();

    stream.tell(new UserReply.Sharing(List.of(BOB), false));
    assertThat(presence.expectMessageClass(PresenceCommand.Enter.class).shown()).isFalse();
  }

  @Test
  void what_was_acknowledged_right_before_the_end_is_passed_on() {
    attach(4, 0);
    pulled();
    answer(said(1, BOB), said(2, BOB));
    told();
    pulled();
    hear(new ClientFrame.Ack(1), new ClientFrame.Ack(2));
    user.expectMessageClass(UserCommand.Acknowledge.class);

    session.tell(SessionCommand.Disconnected.INSTANCE);

    var last = user.expectMessageClass(UserCommand.Acknowledge.class);
    assertThat(last.pos()).isEqualTo(2);
    assertThat(last.delivered()).containsValue(id(2));
  }

  @Test
  void a_token_may_be_good_for_longer_than_a_timer_takes() {
    session.tell(SessionCommand.Disconnected.INSTANCE);
    until = NOW.plus(Duration.ofDays(400));
    open();
    attach(0, 0);
    pulled();

    now = until.minusSeconds(1);
    time.timePasses(Duration.ofDays(1));
    device.expectNoMessage();
    now = until;
    time.timePasses(Duration.ofSeconds(1));

    assertThat(device.receiveMessage().close().orElseThrow().code()).isEqualTo(4502);
  }

  @Test
  void a_device_that_does_not_read_is_not_pulled_for() {
    attach(9, 0);
    pulled();
    answer(said(1, BOB));
    device.receiveMessage();
    user.expectNoMessage();

    session.tell(Written.INSTANCE);

    assertThat(pulled().after()).isEqualTo(1);
  }

  @Test
  void what_comes_while_a_send_is_in_flight_goes_together_and_fills_up() {
    attach(0, 0);
    pulled();
    hear(send("a"));
    var first = user.expectMessageClass(UserCommand.Send.class);
    reader.receiveMessage();
    hear(send("b"), send("c"));
    reader.expectNoMessage();

    first.replyTo().tell(new UserReply.Sent(new ClientId("a"), id(1), TALK, 1));

    assertThat(user.expectMessageClass(UserCommand.Send.class).drafts()).hasSize(2);
    reader.receiveMessage();
    assertThat(told()).hasOnlyElementsOfType(ServerFrame.Sent.class).hasSize(1);
  }

  @Test
  void its_own_send_comes_in_the_answer_and_not_in_the_stream() {
    attach(0, 0);
    pulled();
    hear(send("a"));
    var send = user.expectMessageClass(UserCommand.Send.class);
    answer(new Positioned(1, message("a", ANN, 1)), said(2, BOB));
    assertThat(positions(told())).containsExactly(2L);

    send.replyTo().tell(new UserReply.Sent(new ClientId("a"), id(1), TALK, 1));

    assertThat(told()).singleElement().isInstanceOf(ServerFrame.Sent.class);
  }

  @Test
  void an_answer_ahead_of_the_stream_stands_for_the_entry_and_may_be_acknowledged() {
    attach(0, 0);
    pulled();
    hear(send("a"));
    user.expectMessageClass(UserCommand.Send.class)
        .replyTo()
        .tell(new UserReply.Sent(new ClientId("a"), id(1), TALK, 1));
    told();
    hear(new ClientFrame.Ack(1));
    assertThat(user.expectMessageClass(UserCommand.Acknowledge.class).pos()).isEqualTo(1);

    answer(new Positioned(1, message("a", ANN, 1)), said(2, BOB));

    assertThat(positions(told())).containsExactly(2L);
  }

  @Test
  void a_send_that_is_journaled_is_asked_about_until_it_is_handed_over() {
    attach(0, 0);
    pulled();
    hear(send("a"));
    var first = user.expectMessageClass(UserCommand.Send.class);
    answer(new Positioned(1, message("a", ANN, 1)), said(2, BOB));
    assertThat(positions(told())).containsExactly(2L);
    pulled();
    first.replyTo().tell(busy("a"));
    hear(send("b"));
    user.expectNoMessage();

    time.timePasses(SETTINGS.retryMin());
    var again = user.expectMessageClass(UserCommand.Send.class);
    again.replyTo().tell(new UserReply.Sent(new ClientId("a"), id(1), TALK, 1));

    assertThat(again.drafts()).extracting(it -> it.clientId().value()).containsExactly("a", "b");
    assertThat(told())
        .singleElement()
        .isInstanceOfSatisfying(ServerFrame.Sent.class, it -> assertThat(it.pos()).isEqualTo(1));
  }

  @Test
  void what_is_behind_a_send_that_is_refused_as_busy_is_refused_with_it() {
    attach(0, 0);
    pulled();
    hear(send("a"), send("b"));
    var send = user.expectMessageClass(UserCommand.Send.class);
    hear(send("c"));
    answer(new Positioned(1, message("a", ANN, 1)));
    pulled();

    send.replyTo().tell(busy("a"));
    send.replyTo().tell(busy("b"));

    assertThat(refs(told())).containsExactly("b", "c");
    time.timePasses(SETTINGS.retryMin());
    assertThat(user.expectMessageClass(UserCommand.Send.class).drafts())
        .extracting(it -> it.clientId().value())
        .containsExactly("a");
  }

  /** The user's actor refuses the first; the other is sent after that. */
  private void refuseAsBusyWithWhatFollows(String first, String other) {
    attach(0, 0);
    pulled();
    hear(send(first));
    user.expectMessageClass(UserCommand.Send.class).replyTo().tell(busy(first));
    assertThat(refs(told())).containsExactly(first);
    hear(send(other));
    assertThat(refs(told())).containsExactly(other);
  }

  @Test
  void what_follows_a_send_that_was_refused_as_busy_waits_for_its_repetition() {
    refuseAsBusyWithWhatFollows("a", "b");

    hear(send("a"), send("b"));

    assertThat(user.expectMessageClass(UserCommand.Send.class).drafts())
        .extracting(it -> it.clientId().value())
        .containsExactly("a", "b");
  }

  @Test
  void what_is_repeated_behind_a_send_that_is_refused_again_waits_too() {
    refuseAsBusyWithWhatFollows("a", "b");
    hear(send("a"));
    user.expectMessageClass(UserCommand.Send.class).replyTo().tell(busy("a"));
    assertThat(refs(told())).containsExactly("a");

    hear(send("b"));

    assertThat(refs(told())).containsExactly("b");
    hear(send("a"), send("b"));
    assertThat(user.expectMessageClass(UserCommand.Send.class).drafts())
        .extracting(it -> it.clientId().value())
        .containsExactly("a", "b");
  }

  @Test
  void a_device_that_repeats_nothing_may_go_on_after_a_while() {
    refuseAsBusyWithWhatFollows("a", "b");

    time.timePasses(SETTINGS.askTimeout());
    hear(send("c"));
    assertThat(refs(told())).containsExactly("c");
    time.timePasses(SETTINGS.askTimeout());
    hear(send("d"));

    assertThat(user.expectMessageClass(UserCommand.Send.class).drafts())
        .extracting(it -> it.clientId().value())
        .containsExactly("d");
  }

  @Test
  void what_was_sent_while_the_node_stalled_still_waits_for_what_was_refused() {
    refuseAsBusyWithWhatFollows("a", "b");

    hear(new ClientFrame.Typing(TALK, true));
    time.timePasses(SETTINGS.askTimeout().multipliedBy(2));
    hear(send("c"));
    stalled.countDown();

    assertThat(refs(told())).containsExactly("c");
  }

  @Test
  void a_send_that_is_journaled_is_never_late() {
    attach(0, 0);
    pulled();
    hear(send("a"), send("b"));
    var late = user.expectMessageClass(UserCommand.Send.class);
    answer(new Positioned(1, message("a", ANN, 1)));
    pulled();

    time.timePasses(SETTINGS.askTimeout());

    assertThat(refs(told())).containsExactly("b");
    time.timePasses(SETTINGS.retryMin());
    var again = user.expectMessageClass(UserCommand.Send.class);
    assertThat(again.drafts()).hasSize(1);
    late.replyTo().tell(new UserReply.Sent(new ClientId("a"), id(1), TALK, 1));
    again.replyTo().tell(new UserReply.Sent(new ClientId("a"), id(1), TALK, 1));
    assertThat(told()).singleElement().isInstanceOf(ServerFrame.Sent.class);
    device.expectNoMessage();
  }

  @Test
  void a_journaled_send_goes_out_again_when_the_users_actor_is_back() {
    attach(0, 0);
    pulled();
    hear(send("a"));
    user.expectMessageClass(UserCommand.Send.class);
    answer(new Positioned(1, message("a", ANN, 1)));
    pulled();
    kit.stop(actor);
    user.expectNoMessage();
    actor = kit.spawn(passingOn());
    time.timePasses(Duration.ofSeconds(10));

    var attach = user.expectMessageClass(UserCommand.Attach.class);
    attach.replyTo().tell(new UserReply.Attached(1, 1, true, List.of(), true, actor));

    user.expectMessageClass(UserCommand.Send.class)
        .replyTo()
        .tell(new UserReply.Sent(new ClientId("a"), id(1), TALK, 1));
    assertThat(told()).singleElement().isInstanceOf(ServerFrame.Sent.class);
  }

  @Test
  void a_send_that_is_not_answered_is_busy_with_all_behind_it() {
    attach(0, 0);
    pulled();
    hear(send("a"));
    var late = user.expectMessageClass(UserCommand.Send.class);
    hear(send("b"));

    time.timePasses(Duration.ofSeconds(10));

    assertThat(refs(told())).containsExactly("a", "b");
    late.replyTo().tell(new UserReply.Sent(new ClientId("a"), id(1), TALK, 1));
    answer(new Positioned(1, message("a", ANN, 1)));
    assertThat(positions(told())).containsExactly(1L);
  }

  @Test
  void when_the_users_actor_ends_it_attaches_again_and_goes_on() {
    attach(0, 0);
    pulled();
    answer(said(1, BOB));
    told();
    pulled();
    hear(new ClientFrame.Ack(1), send("a"));
    user.expectMessageClass(UserCommand.Acknowledge.class);
    user.expectMessageClass(UserCommand.Send.class);
    kit.stop(actor);
    user.expectNoMessage();
    actor = kit.spawn(passingOn());

    time.timePasses(Duration.ofMillis(100));
    var again = user.expectMessageClass(UserCommand.Attach.class);
    assertThat(again.after()).contains(1L);
    stream.tell(new UserReply.Attached(1, 1, true, List.of(), true, actor));

    assertThat(user.expectMessageClass(UserCommand.Acknowledge.class).pos()).isEqualTo(1);
    assertThat(user.expectMessageClass(UserCommand.Send.class).drafts()).hasSize(1);
    assertThat(pulled().after()).isEqualTo(1);
    answer(said(2, BOB));
    assertThat(positions(told())).containsExactly(2L);
  }

  @Test
  void an_attach_that_is_not_answered_is_repeated() {
    hear(new ClientFrame.Attach(Optional.empty()));
    user.expectMessageClass(UserCommand.Attach.class);

    time.timePasses(Duration.ofSeconds(10));
    time.timePasses(Duration.ofMillis(100));

    assertThat(user.expectMessageClass(UserCommand.Attach.class).after()).isEmpty();
  }

  @Test
  void an_unanswered_pull_is_renewed() {
    attach(0, 0);
    pulled();

    time.timePasses(Duration.ofSeconds(60));

    assertThat(pulled().after()).isZero();
  }

  @Test
  void who_sends_too_much_is_told_when_to_go_on() {
    attach(0, 0);
    pulled();
    hear(LongStream.range(0, 6).mapToObj(i -> send("r" + i)).toArray(ClientFrame[]::new));

    var refused = (ServerFrame.Error) told().getFirst();
    assertThat(refused.ref()).contains("r5");
    assertThat(refused.problem().code()).isEqualTo("too-many-requests");
    assertThat(refused.retryAfterMs()).contains(1L);
  }

  @Test
  void what_follows_a_send_that_was_too_much_waits_for_its_repetition() {
    attach(0, 0);
    pulled();
    for (int i = 0; i < 5; i++) {
      acceptNext("r" + i);
    }
    hear(send("r5"));
    assertThat(refs(told())).containsExactly("r5");

    now = NOW.plusMillis(1);
    hear(send("r6"));
    assertThat(refs(told())).containsExactly("r6");

    acceptNext("r5");
  }

  /** The device sends it, and the user's actor accepts it. */
  private void acceptNext(String ref) {
    hear(send(ref));
    var accepted = user.expectMessageClass(UserCommand.Send.class);
    assertThat(accepted.drafts()).extracting(it -> it.clientId().value()).containsExactly(ref);
    accepted.replyTo().tell(new UserReply.Sent(new ClientId(ref), id(1), TALK, 1));
    assertThat(told()).singleElement().isInstanceOf(ServerFrame.Sent.class);
  }

  @Test
  void it_closes_when_the_sign_in_ends_or_the_token_expires() {
    attach(0, 0);
    pulled();
    stream.tell(new UserReply.SessionEnded(new SessionId("s1")));
    assertThat(device.receiveMessage().close().orElseThrow().code()).isEqualTo(4501);

    open();
    attach(0, 0);
    pulled();
    now = until;
    time.timePasses(Duration.ofMinutes(15));
    assertThat(device.receiveMessage().close().orElseThrow().code()).isEqualTo(4502);
  }

  @ParameterizedTest
  @CsvSource({"BUSY, 4001", "TOO_MANY_REQUESTS, 4029", "UNAUTHENTICATED, 4501"})
  void what_is_sent_is_refused_and_it_closes_when_the_user_refuses_it(Failure why, int code) {
    attach(0, 0);
    pulled();
    hear(send("r1"));
    user.expectMessageClass(UserCommand.Send.class);

    var refusal = new Refusal(why, "for a reason");
    stream.tell(new UserReply.Refused(refusal));

    var last = device.receiveMessage();
    assertThat(last.frames())
        .containsExactly(
            ServerFrame.Error.of(Optional.of("r1"), refusal),
            ServerFrame.Error.of(Optional.empty(), refusal));
    assertThat(last.close().orElseThrow().code()).isEqualTo(code);
  }

  @Test
  void a_node_that_goes_down_tells_when_to_come_back() {
    attach(0, 0);

    session.tell(new SessionCommand.Drain(700));

    var last = device.receiveMessage();
    assertThat(last.frames()).containsExactly(new ServerFrame.Draining(700));
    assertThat(last.close().orElseThrow().code()).isEqualTo(4000);
    session.tell(SessionCommand.Disconnected.INSTANCE);
    device.expectTerminated(session);
  }

  @Test
  void a_node_that_goes_down_tells_a_socket_that_is_only_opening() {
    session = create.get();
    session.tell(new SessionCommand.Drain(700));

    opened();

    assertThat(device.receiveMessage().frames()).containsExactly(new ServerFrame.Draining(700));
  }
}
