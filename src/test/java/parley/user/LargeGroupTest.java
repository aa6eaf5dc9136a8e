package parley.user;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.distribution.Distributor;
import parley.group.Group;
import parley.group.GroupCommand;
import parley.group.GroupReply;
import parley.group.GroupSettings;
import parley.group.Posting;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.Delivery;
import parley.message.GroupId;
import parley.message.GroupRules;
import parley.message.UserId;

/** A group of five thousand, whose members are counters: what the group itself has to do. */
class LargeGroupTest {

  private static final int MEMBERS = 5_000;
  private static final int POSTS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final UserId ANN = new UserId("ann");
  private static final GroupSettings SETTINGS =
      new GroupSettings(
          MEMBERS,
          1_000,
          10,
          500,
          1_000,
          64,
          500,
          5_000,
          32,
          32,
          Duration.ofMillis(20),
          Duration.ofMillis(10),
          Duration.ofMillis(100),
          Duration.ofSeconds(2),
          Duration.ofDays(30));

  private static ActorTestKit kit;

  @BeforeAll
  static void start() {
    kit = ActorTestKit.create(UserFixture.CONFIG);
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  /** Keeps of each member how far they have got, and refuses gaps as their actors do. */
  private static final class Counters implements Distributor {

    private final Map<UserId, Long> sequences = new ConcurrentHashMap<>();
    private final AtomicInteger deliveries = new AtomicInteger();
    private volatile int failures;

    @Override
    public CompletionStage<Done> distribute(List<Delivery> batch) {
      assertThat(batch.size()).isLessThanOrEqualTo(SETTINGS.batchDeliveriesMax());
      deliveries.addAndGet(batch.size());
      if (failures > 0) {
        failures--;
        return CompletableFuture.failedStage(new IllegalStateException("Down"));
      }
      batch.forEach(
          delivery -> sequences.merge(delivery.recipient(), delivery.sequence(), Counters::next));
      return CompletableFuture.completedStage(Done.getInstance());
    }

    private static long next(long known, long sequence) {
      if (sequence > known + 1) {
        throw new AssertionError("A gap after " + known + ": " + sequence);
      }
      return Math.max(known, sequence);
    }

    private boolean allHave(long sequence) {
      return sequences.size() == MEMBERS
          && sequences.values().stream().allMatch(it -> it == sequence);
    }
  }

  @Test
  void all_five_thousand_get_everything_once_and_in_order_over_a_crash() {
    var counters = new Counters();
    var id = GroupId.random(InstantSource.system().instant());
    var group = spawn(id, counters);
    create(group);
    for (int i = 1; i <= POSTS; i++) {
      post(group, i);
    }
    kit.stop(group);
    counters.failures = 2;

    var again = spawn(id, counters);
    post(again, POSTS + 1);

    kit.createTestProbe()
        .awaitAssert(
            PATIENCE,
            Duration.ofMillis(20),
            () -> {
              assertThat(counters.allHave(POSTS + 2)).isTrue();
              return Done.getInstance();
            });
    int needed = MEMBERS * (POSTS + 2);
    int repeated = counters.deliveries.get() - needed;
    assertThat(repeated)
        .isLessThanOrEqualTo(
            SETTINGS.markEveryDeliveries()
                + SETTINGS.roundEntriesMax() * MEMBERS
                + 3 * SETTINGS.batchDeliveriesMax());
  }

  private static ActorRef<GroupCommand> spawn(GroupId id, Distributor distributor) {
    return kit.spawn(
        Group.create(
            id,
            new Group.Surroundings(
                distributor, new MemoryArchive(), InstantSource.system(), SETTINGS)));
  }

  private static void create(ActorRef<GroupCommand> group) {
    var members = IntStream.range(1, MEMBERS).mapToObj(i -> new UserId("member-" + i)).toList();
    TestProbe<GroupReply.ToDescribe> answer = kit.createTestProbe();
    group.tell(new GroupCommand.Create(ANN, "All", "", members, GroupRules.DEFAULT, answer.ref()));
    assertThat(answer.receiveMessage(PATIENCE)).isInstanceOf(GroupReply.Description.class);
  }

  private static void post(ActorRef<GroupCommand> group, long sequence) {
    var saying =
        new Posting.Saying(
            sequence,
            new ClientId("c" + sequence),
            new Content.Text("no. " + sequence),
            Optional.empty(),
            List.of());
    TestProbe<GroupReply.ToPost> answer = kit.createTestProbe();
    group.tell(new GroupCommand.Post(ANN, List.of(saying), answer.ref()));
    assertThat(answer.receiveMessage(PATIENCE)).isEqualTo(new GroupReply.Posted(Map.of()));
  }
}
