package parley.user;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.user.UserFixture.BOB;
import static parley.user.UserFixture.CALLER;
import static parley.user.UserFixture.TALK;
import static parley.user.UserFixture.failureOf;
import static parley.user.UserFixture.fromBob;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.message.Caller;
import parley.message.Deletion;
import parley.message.Delivery;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.SessionId;
import parley.push.Notification;
import parley.push.PushSubscription;
import parley.push.Pushes.Fate;
import parley.user.UserCommand.RefreshToken;

class UserPushTest {

  private static final Caller LAPTOP =
      new Caller(UserFixture.ANN, new DeviceId("laptop"), new SessionId("s2"));
  private static final PushSubscription ONE =
      new PushSubscription("https://push.example.com/1", "key", "auth");
  private static final PushSubscription OTHER =
      new PushSubscription("https://push.example.com/2", "key", "auth");

  private final ActorTestKit kit = ActorTestKit.create(UserFixture.CONFIG);
  private UserFixture given;

  @BeforeEach
  void ann_has_two_devices() {
    given = new UserFixture(kit);
    given.register();
    signIn(CALLER);
    signIn(LAPTOP);
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private void signIn(Caller caller) {
    given.<UserReply.ToSignIn>ask(replyTo ->
        new UserCommand.SignIn(
            caller.device(),
            "a device",
            caller.session(),
            new RefreshToken("hash", UserFixture.NOW.plus(Duration.ofDays(1))),
            replyTo));
  }

  private UserReply.ToChangePush subscribe(Caller caller, PushSubscription subscription) {
    return given.ask(replyTo -> new UserCommand.PutPush(caller, subscription, replyTo));
  }

  private UserReply.ToChangePush unsubscribe(Caller caller) {
    return given.ask(replyTo -> new UserCommand.RemovePush(caller, replyTo));
  }

  @Test
  void a_device_without_a_socket_is_told_of_a_message() throws Exception {
    subscribe(CALLER, ONE);
    given.ask((ActorRef<UserReply.ToChangeContacts> replyTo) ->
        new UserCommand.PutContact(CALLER, BOB, "Bobby", replyTo));

    given.delivered(1);

    var push = given.pushes.next();
    assertThat(push.device()).isEqualTo(ONE);
    assertThat(push.what())
        .isEqualTo(
            new Notification(
                TALK,
                fromBob(1).id(),
                BOB,
                Optional.of("Bobby"),
                Optional.empty(),
                Optional.of("no. 1")));
    assertThat(given.pushes.hasNext()).isFalse();
  }

  @Test
  void what_arrives_together_is_told_once_with_the_last_of_it() throws Exception {
    subscribe(CALLER, ONE);

    given.delivered(1, 2);
    given.delivered(3);

    assertThat(given.pushes.next().what().message()).isEqualTo(fromBob(3).id());
    assertThat(given.pushes.hasNext()).isFalse();

    given.delivered(4);

    assertThat(given.pushes.next().what().message()).isEqualTo(fromBob(4).id());
  }

  @Test
  void a_device_with_a_socket_is_not_told() throws Exception {
    subscribe(CALLER, ONE);
    subscribe(LAPTOP, OTHER);
    given.attach(given.session());

    given.delivered(1);

    assertThat(given.pushes.next().device()).isEqualTo(OTHER);
    assertThat(given.pushes.hasNext()).isFalse();
  }

  @Test
  void a_device_whose_socket_ends_is_told_what_it_has_not_stored() throws Exception {
    subscribe(CALLER, ONE);
    var session = given.session();
    given.attach(session);
    given.delivered(1, 2);
    given.acknowledge(CALLER, 1, Map.of());
    assertThat(given.pushes.hasNext()).isFalse();

    session.stop();

    assertThat(given.pushes.next().what().message()).isEqualTo(fromBob(2).id());
  }

  @Test
  void what_is_read_meanwhile_is_not_told() throws Exception {
    subscribe(CALLER, ONE);

    given.delivered(1);
    given.markRead(fromBob(1).id());

    assertThat(given.pushes.hasNext()).isFalse();
  }

  @Test
  void what_is_deleted_meanwhile_is_not_told() throws Exception {
    subscribe(CALLER, ONE);
    var deletion = new Deletion(TALK, fromBob(1).id(), BOB, UserFixture.NOW);

    given.delivered(1);
    given.ann.runCommand(
        new UserCommand.Deliver(
            List.of(new Delivery(UserFixture.ANN, 2, deletion)), given.arrivals.ref()));

    assertThat(given.pushes.hasNext()).isFalse();
  }

  @Test
  void what_blocked_users_say_and_what_the_user_says_is_not_told() throws Exception {
    subscribe(CALLER, ONE);
    given.sent("c1", "hi");
    given.block(BOB);

    given.delivered(1);

    assertThat(given.pushes.hasNext()).isFalse();
  }

  @Test
  void a_muted_conversation_is_told_of_again_when_its_time_is_over() throws Exception {
    subscribe(CALLER, ONE);
    given.delivered(1);
    assertThat(given.pushes.next().what().message()).isEqualTo(fromBob(1).id());
    var until = UserFixture.NOW.plus(Duration.ofHours(8));
    given.<UserReply.ToArrange>ask(replyTo ->
        new UserCommand.Arrange(
            CALLER, TALK, Optional.of(until), Optional.empty(), Optional.empty(), replyTo));

    given.delivered(2);
    assertThat(given.pushes.hasNext()).isFalse();

    given.setTime(until);
    given.delivered(3);
    assertThat(given.pushes.next().what().message()).isEqualTo(fromBob(3).id());
  }

  @Test
  void a_device_that_does_not_want_it_any_more_is_not_told() throws Exception {
    subscribe(CALLER, ONE);
    assertThat(unsubscribe(CALLER)).isEqualTo(new UserReply.PushChanged());
    assertThat(unsubscribe(CALLER)).isEqualTo(new UserReply.PushChanged());

    given.delivered(1);

    assertThat(given.pushes.hasNext()).isFalse();
  }

  @Test
  void a_device_that_signs_out_is_not_told() throws Exception {
    subscribe(LAPTOP, ONE);
    given.<UserReply.ToSignOut>ask(replyTo -> new UserCommand.SignOut(LAPTOP, replyTo));

    given.delivered(1);

    assertThat(given.pushes.hasNext()).isFalse();
  }

  @Test
  void a_subscription_that_is_gone_is_forgotten() throws Exception {
    subscribe(CALLER, ONE);
    given.delivered(1);

    given.pushes.next().fate().complete(Fate.GONE);
    given.delivered(2);

    assertThat(given.pushes.hasNext()).isFalse();
    assertThat(given.journal()).filteredOn(UserEvent.PushUnsubscribed.class::isInstance).hasSize(1);
  }

  @Test
  void one_that_took_its_place_meanwhile_is_kept() throws Exception {
    subscribe(CALLER, ONE);
    given.delivered(1);
    var gone = given.pushes.next().fate();

    subscribe(CALLER, OTHER);
    gone.complete(Fate.GONE);
    given.delivered(2);

    assertThat(given.pushes.next().device()).isEqualTo(OTHER);
  }

  @Test
  void a_repeat_is_not_journaled_again() {
    subscribe(CALLER, ONE);
    subscribe(CALLER, ONE);

    assertThat(given.journal()).filteredOn(UserEvent.PushSubscribed.class::isInstance).hasSize(1);
  }

  @Test
  void only_a_device_that_is_signed_in_can_be_told() {
    var stranger = new Caller(UserFixture.ANN, new DeviceId("tv"), new SessionId("s3"));

    assertThat(failureOf(subscribe(stranger, ONE))).isEqualTo(Failure.NOT_FOUND);
  }

  @Test
  void a_restart_keeps_subscriptions_and_tells_nothing_anew() throws Exception {
    subscribe(CALLER, ONE);
    given.delivered(1);
    given.pushes.next();

    given.ann.restart();
    assertThat(given.pushes.hasNext()).isFalse();
    given.delivered(2);

    assertThat(given.pushes.next().what().message()).isEqualTo(fromBob(2).id());
  }
}
