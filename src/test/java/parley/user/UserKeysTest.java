package parley.user;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.user.UserFixture.ANN;
import static parley.user.UserFixture.BOB;
import static parley.user.UserFixture.CALLER;
import static parley.user.UserFixture.NOW;
import static parley.user.UserFixture.TALK;
import static parley.user.UserFixture.failureOf;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.keys.DeviceKeys;
import parley.keys.KeyLog;
import parley.keys.KeyOffer;
import parley.keys.KeyPackage;
import parley.keys.MlsCommand;
import parley.keys.MlsReply;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.Delivery;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Opaque;
import parley.message.Refusal;
import parley.message.Sealed;

/** Keys of devices, and what is sealed with them, in the actor of a user. */
class UserKeysTest {

  private static final DeviceId PHONE = CALLER.device();
  private static final Opaque KEY = new Opaque("AAAA");

  private final ActorTestKit kit = ActorTestKit.create(UserFixture.CONFIG);
  private UserFixture world;

  @BeforeEach
  void begin() {
    world = new UserFixture(kit);
    world.register();
    signIn(PHONE);
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private void signIn(DeviceId device) {
    world.<UserReply.ToSignIn>ask(replyTo ->
        new UserCommand.SignIn(
            device,
            "",
            CALLER.session(),
            new UserCommand.RefreshToken("hash", NOW.plusSeconds(60)),
            replyTo));
  }

  private UserReply.ToGetKeys put(KeyOffer offer) {
    return world.ask(replyTo -> new UserCommand.PutKeys(CALLER, offer, replyTo));
  }

  private static KeyOffer offer(String... packages) {
    return new KeyOffer(
        Map.of(1, KEY),
        List.of(packages).stream().map(it -> new KeyPackage(1, new Opaque(it))).toList(),
        List.of());
  }

  private List<DeviceKeys.Handed> take() {
    var reply =
        world.<UserReply.ToTakeKeyPackages>ask(
            replyTo -> new UserCommand.TakeKeyPackages(BOB, PHONE, 1, List.of(), replyTo));
    return ((UserReply.KeyPackages) reply).devices();
  }

  private UserReply.KeyLogPage log() {
    return (UserReply.KeyLogPage)
        world.<UserReply.ToGetKeyLog>ask(replyTo -> new UserCommand.GetKeyLog(0, 10, replyTo));
  }

  @Test
  void what_a_device_offers_is_handed_out_once_also_after_a_restart() {
    assertThat(put(offer("AQID", "BAUG")))
        .isEqualTo(new UserReply.Keys(new DeviceKeys.Stock(Map.of(1, KEY), Map.of(1, 2))));

    assertThat(take())
        .containsExactly(new DeviceKeys.Handed(PHONE, KEY, new Opaque("AQID"), false));
    world.ann.restart();
    assertThat(take())
        .containsExactly(new DeviceKeys.Handed(PHONE, KEY, new Opaque("BAUG"), false));
    assertThat(take()).isEmpty();
  }

  @Test
  void the_own_device_that_asks_gets_none_of_its_own() {
    put(offer("AQID"));

    var reply =
        world.<UserReply.ToTakeKeyPackages>ask(
            replyTo -> new UserCommand.TakeKeyPackages(ANN, PHONE, 1, List.of(), replyTo));

    assertThat(((UserReply.KeyPackages) reply).devices()).isEmpty();
  }

  @Test
  void a_device_that_is_signed_out_has_no_keys_any_more_and_the_log_says_so() {
    put(offer("AQID"));

    world.<UserReply.ToSignOut>ask(replyTo -> new UserCommand.SignOut(CALLER, replyTo));

    assertThat(take()).isEmpty();
    assertThat(log().entries())
        .extracting(KeyLog.Entry::leaf)
        .satisfiesExactly(
            leaf -> assertThat(leaf).contains("\"key\":\"AAAA\""),
            leaf -> assertThat(leaf).contains("\"key\":null"));
  }

  @Test
  void a_device_whose_packages_run_low_is_told_on_its_socket() {
    var session = world.session();
    world.attach(session);
    put(offer("AQID", "BAUG"));

    take();

    session.expectMessage(new UserReply.KeysLow(1, 1));
  }

  @Test
  void too_many_packages_are_refused_and_nothing_is_kept_of_them() {
    var many = IntStream.range(0, 6).mapToObj("AAA%d"::formatted).toArray(String[]::new);

    assertThat(failureOf(put(offer(many)))).isEqualTo(Failure.TOO_LARGE);
    assertThat(take()).isEmpty();
  }

  @Test
  void the_log_of_somebody_who_is_not_there_is_not_found() {
    world.ann.clear();

    assertThat(
            failureOf(
                world.<UserReply.ToGetKeyLog>ask(
                    replyTo -> new UserCommand.GetKeyLog(0, 10, replyTo))))
        .isEqualTo(Failure.NOT_FOUND);
  }

  private static Sealed sealed(Sealed.Kind kind, long epoch) {
    return new Sealed(
        Sealed.Protocol.MLS, epoch, kind, new Opaque("AQID"), Optional.empty(), List.of());
  }

  private UserCommand.Send send(String clientId, Content content) {
    var draft = new Draft(new ClientId(clientId), TALK, content, Optional.empty());
    return new UserCommand.Send(CALLER, List.of(draft), world.sends.ref());
  }

  private MlsCommand.Claim claim() {
    return world.conversations.expectMessageClass(MlsCommand.Claim.class);
  }

  @Test
  void a_commit_is_sent_once_its_epoch_is_claimed() throws Exception {
    world.ann.runCommand(send("c1", sealed(Sealed.Kind.COMMIT, 0)));
    var claim = claim();
    assertThat(claim.device()).isEqualTo(PHONE);
    assertThat(claim.by()).isEqualTo(ANN);
    assertThat(world.journal()).noneMatch(UserEvent.Sent.class::isInstance);

    claim.replyTo().tell(new MlsReply.Claimed());
    world.distributor.next().succeed();

    world.sends.expectMessageClass(UserReply.Sent.class);
  }

  @Test
  void a_commit_that_was_not_the_first_is_refused_and_not_sent() {
    world.ann.runCommand(send("c1", sealed(Sealed.Kind.COMMIT, 0)));
    var stale = new Refusal(Failure.STALE_EPOCH, "Too late", Optional.of(4L));
    claim().replyTo().tell(new MlsReply.Refused(stale));

    world.sends.expectMessage(new UserReply.NotSent(new ClientId("c1"), stale));
    assertThat(world.journal()).noneMatch(UserEvent.Sent.class::isInstance);
  }

  @Test
  void what_is_sent_after_a_commit_waits_for_its_claim() throws Exception {
    world.ann.runCommand(send("c1", sealed(Sealed.Kind.COMMIT, 0)));
    var claim = claim();
    world.ann.runCommand(send("c2", sealed(Sealed.Kind.APPLICATION, 1)));
    claim.replyTo().tell(new MlsReply.Claimed());

    assertThat(world.distributor.next().batch())
        .extracting(it -> ((Message) it.entry()).clientId().value())
        .containsExactly("c1", "c2");
  }

  @Test
  void a_commit_whose_claim_is_not_answered_is_refused_as_busy() {
    world.ann.runCommand(send("c1", sealed(Sealed.Kind.COMMIT, 0)));
    claim();

    assertThat(failureOf(world.sends.receiveMessage())).isEqualTo(Failure.BUSY);
  }

  @Test
  void a_repeat_of_a_commit_that_was_sent_claims_nothing() throws Exception {
    world.ann.runCommand(send("c1", sealed(Sealed.Kind.COMMIT, 0)));
    claim().replyTo().tell(new MlsReply.Claimed());
    world.distributor.next().succeed();
    var first = world.sends.receiveMessage();

    world.ann.runCommand(send("c1", sealed(Sealed.Kind.COMMIT, 0)));

    assertThat(world.sends.receiveMessage()).isEqualTo(first);
    world.conversations.expectNoMessage();
  }

  private MessageId arrives(long sequence, Content content) {
    var id = MessageId.next(MessageId.first(TALK), NOW.plusMillis(sequence), TALK, BOB);
    var message =
        new Message(id, TALK, BOB, new ClientId("b" + sequence), content, Optional.empty());
    world.ann.runCommand(
        new UserCommand.Deliver(
            List.of(new Delivery(ANN, sequence, message)), world.arrivals.ref()));
    world.arrivals.expectMessage(new UserReply.Delivered());
    return id;
  }

  @Test
  void only_what_people_say_is_unread() {
    arrives(1, sealed(Sealed.Kind.COMMIT, 0));
    arrives(2, sealed(Sealed.Kind.PROPOSAL, 1));
    var said = arrives(3, sealed(Sealed.Kind.APPLICATION, 1));
    arrives(4, sealed(Sealed.Kind.REACTION, 1));

    assertThat(world.unread(0, 10).messages().recent())
        .extracting(it -> ((Message) it.entry()).id())
        .containsExactly(said);
  }

  private List<UserReply.ConversationInfo> conversations() {
    var reply =
        world.<UserReply.ToGetConversations>ask(
            replyTo -> new UserCommand.GetConversations(CALLER, Optional.empty(), 10, replyTo));
    return ((UserReply.ConversationList) reply).conversations();
  }

  @Test
  void a_commit_or_reaction_is_not_the_last_message_of_a_conversation() {
    arrives(1, sealed(Sealed.Kind.COMMIT, 0));
    assertThat(conversations()).isEmpty();

    var said = arrives(2, sealed(Sealed.Kind.APPLICATION, 1));
    arrives(3, sealed(Sealed.Kind.COMMIT, 1));
    arrives(4, sealed(Sealed.Kind.PROPOSAL, 2));
    arrives(5, sealed(Sealed.Kind.REACTION, 2));

    assertThat(conversations().getFirst().latest()).isEqualTo(said);
    assertThat(conversations().getFirst().encrypted()).isTrue();
  }

  @Test
  void what_the_devices_offer_is_told_and_nothing_handed_out() {
    signIn(new DeviceId("old-app"));
    put(offer("AQID"));

    var keys = world.<UserReply.ToGetUserKeys>ask(UserCommand.GetUserKeys::new);

    assertThat(keys)
        .isEqualTo(
            new UserReply.UserKeys(
                List.of(new DeviceKeys.Known(PHONE, Map.of(1, KEY), List.of(1))), 1));
    assertThat(take()).hasSize(1);
  }

  @Test
  void what_was_sealed_is_edited_sealed_and_a_commit_not_at_all() throws Exception {
    world.ann.runCommand(send("c1", sealed(Sealed.Kind.COMMIT, 0)));
    claim().replyTo().tell(new MlsReply.Claimed());
    world.distributor.next().succeed();
    var commit = world.sends.expectMessageClass(UserReply.Sent.class).id();
    world.ann.runCommand(send("c2", sealed(Sealed.Kind.APPLICATION, 1)));
    world.distributor.next().succeed();
    var said = world.sends.expectMessageClass(UserReply.Sent.class).id();

    assertThat(failureOf(edit(said, new Content.Text("hi")))).isEqualTo(Failure.NOT_ALLOWED);
    assertThat(failureOf(edit(commit, sealed(Sealed.Kind.APPLICATION, 1))))
        .isEqualTo(Failure.NOT_ALLOWED);
  }

  private UserReply.ToAmend edit(MessageId id, Content content) {
    return world.ask(
        replyTo -> new UserCommand.Amend(CALLER, id, new UserCommand.Rewrite(content), replyTo));
  }
}
