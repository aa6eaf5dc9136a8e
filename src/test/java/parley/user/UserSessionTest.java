package parley.user;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.user.UserFixture.ANN;
import static parley.user.UserFixture.CALLER;
import static parley.user.UserFixture.NOW;
import static parley.user.UserFixture.failureOf;
import static parley.user.UserFixture.fromBob;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.message.Caller;
import parley.message.Delivery;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.SessionId;

class UserSessionTest {

  private final ActorTestKit kit = ActorTestKit.create(UserFixture.CONFIG);
  private UserFixture given;

  @BeforeEach
  void registerAnn() {
    given = new UserFixture(kit);
    given.register();
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private static final Instant LATER = NOW.plus(Duration.ofDays(30));

  private static Caller caller(int number) {
    return new Caller(ANN, new DeviceId("d" + number), new SessionId("s" + number));
  }

  private static UserCommand.RefreshToken token(String hash) {
    return new UserCommand.RefreshToken(hash, LATER);
  }

  private UserReply.ToSignIn signIn(Caller caller) {
    return given.ask(replyTo ->
        new UserCommand.SignIn(
            caller.device(), "A device", caller.session(), token("first"), replyTo));
  }

  private UserReply.ToSignIn refresh(Caller caller, String presented, String next) {
    return given.ask(
        replyTo -> new UserCommand.Refresh(caller.session(), presented, token(next), replyTo));
  }

  private TestProbe<UserReply.ToSession> socket(Caller caller) {
    var session = given.session();
    given.ann.runCommand(new UserCommand.Attach(caller, Optional.empty(), session.ref()));
    session.expectMessageClass(UserReply.Attached.class);
    return session;
  }

  private List<DeviceId> devices(Caller caller) {
    UserReply.ToGetDevices list = given.ask(replyTo -> new UserCommand.GetDevices(caller, replyTo));
    return ((UserReply.DeviceList) list).devices().stream().map(UserReply.DeviceInfo::id).toList();
  }

  private Failure refusal(Caller caller) {
    return failureOf(
        given.<UserReply.ToGetDevices>ask(replyTo -> new UserCommand.GetDevices(caller, replyTo)));
  }

  // Ends.

  @Test
  void a_sign_out_ends_the_sockets_of_that_session_only() {
    signIn(caller(1));
    signIn(caller(2));
    var first = socket(caller(1));
    var second = socket(caller(2));
    given.ann.runCommand(new UserCommand.Pull(caller(1), 0, 10, first.ref()));

    given.<UserReply.ToSignOut>ask(replyTo -> new UserCommand.SignOut(caller(1), replyTo));
    given.delivered(1);

    first.expectMessage(new UserReply.SessionEnded(caller(1).session()));
    first.expectNoMessage(Duration.ofMillis(50));
    second.expectNoMessage(Duration.ofMillis(50));
    assertThat(refusal(caller(1))).isEqualTo(Failure.UNAUTHENTICATED);
    assertThat(devices(caller(2))).containsExactly(caller(2).device());
  }

  @Test
  void a_removed_device_is_out_at_once() {
    signIn(caller(1));
    signIn(caller(2));
    var socket = socket(caller(2));

    given.<UserReply.ToSignOut>ask(
        replyTo -> new UserCommand.RemoveDevice(caller(1), caller(2).device(), replyTo));

    socket.expectMessage(new UserReply.SessionEnded(caller(2).session()));
    assertThat(devices(caller(1))).containsExactly(caller(1).device());
    assertThat(
            failureOf(
                given.<UserReply.ToSignOut>ask(replyTo ->
                    new UserCommand.RemoveDevice(caller(1), caller(2).device(), replyTo))))
        .isEqualTo(Failure.NOT_FOUND);
  }

  @Test
  void another_sign_in_on_the_device_ends_the_session_before_it() {
    signIn(caller(1));
    var socket = socket(caller(1));

    signIn(new Caller(ANN, caller(1).device(), new SessionId("another")));

    socket.expectMessage(new UserReply.SessionEnded(caller(1).session()));
  }

  @Test
  void one_device_too_many_pushes_out_the_one_signed_in_longest_ago() {
    for (int i = 0; i < Devices.MOST; i++) {
      given.setTime(NOW.plusSeconds(i));
      signIn(caller(i));
    }
    var socket = socket(caller(0));

    signIn(caller(Devices.MOST));

    socket.expectMessage(new UserReply.SessionEnded(caller(0).session()));
    assertThat(devices(caller(1))).hasSize(Devices.MOST).doesNotContain(caller(0).device());
    given.ann.restart();
    assertThat(refusal(caller(0))).isEqualTo(Failure.UNAUTHENTICATED);
  }

  // Refresh tokens.

  @Test
  void a_refresh_token_works_once_and_showing_it_again_soon_harms_nobody() {
    signIn(caller(1));
    assertThat(refresh(caller(1), "first", "second")).isInstanceOf(UserReply.SignedIn.class);
    given.setTime(NOW.plusSeconds(59));

    assertThat(failureOf(refresh(caller(1), "first", "x"))).isEqualTo(Failure.UNAUTHENTICATED);

    assertThat(refresh(caller(1), "second", "third")).isInstanceOf(UserReply.SignedIn.class);
    assertThat(failureOf(refresh(caller(1), "unknown", "x"))).isEqualTo(Failure.UNAUTHENTICATED);
    assertThat(devices(caller(1))).hasSize(1);
  }

  @Test
  void a_refresh_token_used_again_after_the_window_ends_the_session() {
    signIn(caller(1));
    refresh(caller(1), "first", "second");
    var socket = socket(caller(1));
    given.setTime(NOW.plusSeconds(61));

    assertThat(failureOf(refresh(caller(1), "first", "x"))).isEqualTo(Failure.UNAUTHENTICATED);

    socket.expectMessage(new UserReply.SessionEnded(caller(1).session()));
    assertThat(failureOf(refresh(caller(1), "second", "x"))).isEqualTo(Failure.UNAUTHENTICATED);
  }

  @Test
  void an_expired_refresh_token_is_refused() {
    signIn(caller(1));
    given.setTime(LATER);

    assertThat(failureOf(refresh(caller(1), "first", "x"))).isEqualTo(Failure.UNAUTHENTICATED);
  }

  // Tickets.

  private String ticket() {
    UserReply.ToIssueTicket issued =
        given.ask(replyTo -> new UserCommand.IssueTicket(CALLER, replyTo));
    return ((UserReply.Ticket) issued).ticket();
  }

  private UserReply.ToRedeemTicket redeem(String ticket) {
    return given.ask(replyTo -> new UserCommand.RedeemTicket(ticket, replyTo));
  }

  @Test
  void a_ticket_is_good_for_one_socket() {
    var ticket = ticket();

    assertThat(redeem(ticket)).isEqualTo(new UserReply.TicketRedeemed(CALLER));
    assertThat(failureOf(redeem(ticket))).isEqualTo(Failure.UNAUTHENTICATED);
  }

  @Test
  void a_ticket_is_good_for_thirty_seconds() {
    var ticket = ticket();
    given.setTime(NOW.plus(Tickets.LIFETIME));

    assertThat(failureOf(redeem(ticket))).isEqualTo(Failure.UNAUTHENTICATED);
  }

  @Test
  void a_ticket_expires_even_when_a_sender_was_ahead_of_time() {
    given.ann.runCommand(
        new UserCommand.Deliver(
            List.of(new Delivery(ANN, 1, fromBob(3_600_000))), given.arrivals.ref()));
    var ticket = ticket();
    given.setTime(NOW.plus(Tickets.LIFETIME));

    assertThat(failureOf(redeem(ticket))).isEqualTo(Failure.UNAUTHENTICATED);
  }

  @Test
  void a_ticket_of_a_session_that_has_ended_is_worth_nothing() {
    signIn(CALLER);
    var ticket = ticket();
    given.<UserReply.ToSignOut>ask(replyTo -> new UserCommand.SignOut(CALLER, replyTo));

    assertThat(failureOf(redeem(ticket))).isEqualTo(Failure.UNAUTHENTICATED);
  }

  @Test
  void one_ticket_too_many_pushes_out_the_oldest() {
    var first = ticket();
    var second = ticket();
    for (int i = 1; i < Tickets.MOST; i++) {
      ticket();
    }

    assertThat(failureOf(redeem(first))).isEqualTo(Failure.UNAUTHENTICATED);
    assertThat(redeem(second)).isEqualTo(new UserReply.TicketRedeemed(CALLER));
  }

  // The profile.

  @Test
  void a_profile_is_changed_in_part() {
    UserReply.ToGetProfile changed =
        given.ask(replyTo ->
            new UserCommand.ChangeProfile(
                CALLER,
                Optional.empty(),
                Optional.of("Gone fishing"),
                Optional.of(false),
                Optional.empty(),
                replyTo));

    var profile = new UserReply.Profile(ANN, "Ann", "Gone fishing", false, Optional.empty());
    assertThat(changed).isEqualTo(profile);
    given.ann.restart();
    assertThat(given.<UserReply.ToGetProfile>ask(UserCommand.GetProfile::new)).isEqualTo(profile);
    assertThat(given.attach(given.session()).showsPresence()).isFalse();
  }
}
