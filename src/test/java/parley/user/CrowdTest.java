package parley.user;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.user.UserFixture.CALLER;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.persistence.testkit.ProcessingSuccess;
import akka.persistence.testkit.javadsl.PersistenceTestKit;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.intake.Intake;
import parley.message.Failure;

/** Many commands for one user at once. */
class CrowdTest {

  private static final int CROWD = 4_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

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

  /** A crowd that has come before Ann's actor is awake: it reads its journal only then. */
  private void wake(Consumer<ActorRef<UserCommand>> crowd) {
    var come = new CountDownLatch(1);
    var journal = PersistenceTestKit.create(kit.system());
    journal.withPolicy((id, operation) -> {
      awaitQuietly(come);
      return ProcessingSuccess.getInstance();
    });
    crowd.accept(given.spawn());
    come.countDown();
    journal.resetPolicy();
  }

  private static void awaitQuietly(CountDownLatch come) {
    try {
      come.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void every_one_is_answered_served_or_told_that_it_is_too_much() {
    TestProbe<UserReply.ToGetUnread> reader = kit.createTestProbe();
    var get = new UserCommand.GetUnread(CALLER, 0, 1, reader.ref());

    wake(ann -> IntStream.range(0, CROWD).forEach(i -> ann.tell(get)));

    assertThat(reader.receiveSeveralMessages(CROWD, PATIENCE))
        .filteredOn(UserReply.Unread.class::isInstance)
        .hasSize(Intake.INSIDE_MOST + Intake.WAITING_MOST);
  }

  @Test
  void who_looks_for_old_messages_beside_too_many_others_is_told_to_try_again() {
    given.delivered(LongStream.rangeClosed(1, 20).toArray());
    given.hangJournal();
    TestProbe<UserReply.ToGetMessage> reader = kit.createTestProbe();
    var get = new UserCommand.GetMessage(CALLER, UserFixture.fromBob(1).id(), reader.ref());
    for (int i = 0; i < SearchHandlers.SEARCHES_MOST; i++) {
      given.ann.runCommand(get);
    }
    reader.expectNoMessage(Duration.ofMillis(100));

    given.ann.runCommand(get);

    assertThat(UserFixture.failureOf(reader.receiveMessage())).isEqualTo(Failure.BUSY);
  }

  @Test
  void those_who_wait_come_in_in_their_order() {
    int crowd = Intake.INSIDE_MOST + Intake.WAITING_MOST;

    wake(ann -> LongStream.rangeClosed(1, crowd).forEach(i -> ann.tell(given.deliver(i))));

    assertThat(given.arrivals.receiveSeveralMessages(crowd, PATIENCE))
        .containsOnly(new UserReply.Delivered());
  }
}
