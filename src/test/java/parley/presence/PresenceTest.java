package parley.presence;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.message.ConversationId;
import parley.message.UserId;

/** The presence of two users who know each other, on a virtual clock. */
class PresenceTest {

  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");
  private static final UserId EVE = new UserId("eve");
  private static final ConversationId TALK = ConversationId.between(ANN, BOB);
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private final ActorTestKit kit =
      ActorTestKit.create(
          ManualTime.config()
              .withFallback(ConfigFactory.parseString("akka.actor.provider = local"))
              .withFallback(ConfigFactory.load())
              .resolve());
  private final ManualTime time = ManualTime.get(kit.system());
  private final Map<UserId, ActorRef<PresenceCommand>> all = new HashMap<>();
  private final TestProbe<String> stops = kit.createTestProbe();
  private volatile Instant now = NOW;

  PresenceTest() {
    for (var user : Set.of(ANN, BOB, EVE)) {
      var surroundings = new Presence.Surroundings(all::get, () -> now);
      all.put(
          user,
          kit.spawn(Presence.create(user, surroundings, () -> stops.ref().tell(user.value()))));
    }
  }

  @AfterEach
  void close() {
    kit.shutdownTestKit();
  }

  private TestProbe<PresenceReply> online(UserId user, boolean shown, UserId... others) {
    TestProbe<PresenceReply> session = kit.createTestProbe();
    all.get(user).tell(new PresenceCommand.Enter(session.ref(), Set.of(others), shown));
    session.expectMessageClass(PresenceReply.Entered.class);
    return session;
  }

  private static PresenceReply.Seen seen(UserId user, boolean online, Optional<Instant> last) {
    return new PresenceReply.Seen(user, online, last);
  }

  @Test
  void those_who_talk_see_each_other_come_and_go() {
    var ann = online(ANN, true, BOB);
    var bob = online(BOB, true, ANN);
    assertThat(ann.receiveMessage()).isEqualTo(seen(BOB, true, Optional.empty()));
    assertThat(bob.receiveMessage()).isEqualTo(seen(ANN, true, Optional.empty()));

    bob.stop();
    ann.expectNoMessage();
    time.timePasses(Presence.CALM);

    assertThat(ann.receiveMessage()).isEqualTo(seen(BOB, false, Optional.of(NOW)));
  }

  @Test
  void whose_presence_went_down_with_its_node_is_not_online_for_ever() {
    var ann = online(ANN, true, BOB);
    online(BOB, true, ANN);
    ann.receiveMessage();
    kit.stop(all.get(BOB));
    all.put(BOB, kit.<PresenceCommand>createTestProbe().ref());

    renew(2);
    ann.expectNoMessage();
    renew(1);

    assertThat(ann.receiveMessage()).isEqualTo(seen(BOB, false, Optional.empty()));
  }

  @Test
  void who_says_nothing_new_stays_online() {
    var ann = online(ANN, true, BOB);
    online(BOB, true, ANN);
    ann.receiveMessage();

    renew(4);

    ann.expectNoMessage();
  }

  private void renew(int times) {
    for (int i = 0; i < times; i++) {
      now = now.plus(Presence.RENEWAL);
      time.timePasses(Presence.RENEWAL);
    }
  }

  @Test
  void who_enters_again_not_having_heard_the_answer_gets_it_again() {
    var ann = online(ANN, true, BOB);

    all.get(ANN).tell(new PresenceCommand.Enter(ann.ref(), Set.of(BOB), true));

    ann.expectMessageClass(PresenceReply.Entered.class);
  }

  @Test
  void who_comes_back_at_once_has_never_been_away() {
    var ann = online(ANN, true, BOB);
    var bob = online(BOB, true, ANN);
    ann.receiveMessage();
    time.timePasses(Presence.CALM);
    bob.stop();
    online(BOB, true, ANN);

    time.timePasses(Presence.CALM);

    ann.expectNoMessage();
  }

  @Test
  void a_stranger_learns_nothing() {
    var eve = online(EVE, true, ANN);
    online(ANN, true, BOB);
    all.get(ANN).tell(new PresenceCommand.Type(EVE, TALK, true));

    time.timePasses(Presence.CALM);

    eve.expectNoMessage();
  }

  @Test
  void those_who_share_no_more_see_each_other_go_and_learn_nothing_then() {
    var ann = online(ANN, true, BOB);
    var bob = online(BOB, true, ANN);
    ann.receiveMessage();
    bob.receiveMessage();

    all.get(ANN).tell(new PresenceCommand.Enter(ann.ref(), Set.of(), true));

    ann.expectMessageClass(PresenceReply.Entered.class);
    assertThat(ann.receiveMessage()).isEqualTo(seen(BOB, false, Optional.empty()));
    assertThat(bob.receiveMessage()).isEqualTo(seen(ANN, false, Optional.empty()));
    renew(1);
    all.get(BOB).tell(new PresenceCommand.Type(ANN, TALK, true));
    bob.expectMessageClass(PresenceReply.Typed.class);
    all.get(ANN).tell(new PresenceCommand.Type(BOB, TALK, true));
    ann.expectNoMessage();
    bob.expectNoMessage();
  }

  @Test
  void who_does_not_show_their_presence_sees_nobodys() {
    var ann = online(ANN, false, BOB);
    var bob = online(BOB, true, ANN);

    time.timePasses(Presence.CALM);

    ann.expectNoMessage();
    bob.expectNoMessage();
  }

  @Test
  void typing_reaches_all_sockets_of_the_other_one() {
    var phone = online(ANN, true, BOB);
    var tablet = online(ANN, true, BOB);

    all.get(ANN).tell(new PresenceCommand.Type(BOB, TALK, true));

    var typed = new PresenceReply.Typed(TALK, BOB, true);
    assertThat(phone.receiveMessage()).isEqualTo(typed);
    assertThat(tablet.receiveMessage()).isEqualTo(typed);
  }

  @Test
  void it_ends_when_nobody_needs_it() {
    var ann = online(ANN, true, BOB);
    ann.stop();
    stops.expectNoMessage();

    time.timePasses(Presence.RENEWAL);

    var ended = Set.of(stops.receiveMessage(), stops.receiveMessage());
    assertThat(ended).containsExactlyInAnyOrder("ann", "eve");
  }
}
