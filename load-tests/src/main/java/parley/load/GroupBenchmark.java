package parley.load;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.query.PersistenceQuery;
import com.sun.management.OperatingSystemMXBean;
import com.typesafe.config.ConfigFactory;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import parley.Settings;
import parley.archive.EmbeddedArchive;
import parley.cluster.Membership;
import parley.cluster.ShardedGroups;
import parley.cluster.ShardedUsers;
import parley.distribution.DirectDistributor;
import parley.distribution.Distributor;
import parley.embedded.EmbeddedReadJournal;
import parley.embedded.EmbeddedStore;
import parley.group.Group;
import parley.group.GroupCommand;
import parley.group.GroupReply;
import parley.group.Posting;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.GroupId;
import parley.message.GroupRules;
import parley.message.UserId;
import parley.ops.Health;
import parley.ops.Metrics;
import parley.user.MailboxReader;
import parley.user.User;

/**
 * What it costs to bring a message to a group, by its size: on one node with the embedded store,
 * sync on, each member a user's actor that journals what it gets.
 *
 * <p>Arguments: the sizes, such as {@code 10 100 1000 5000}. For each a group is made and warmed
 * up; then messages are posted one after the other until some {@value #DELIVERIES} deliveries are
 * to be made, and waited for until the last member has journaled the last one. The folder {@code
 * target/group-benchmark} has to be empty.
 */
public final class GroupBenchmark {

  private static final int DELIVERIES = 50_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LongAdder delivered = new LongAdder();
  private final Settings settings;
  private final ActorSystem<Void> system;
  private final ShardedGroups groups;

  private GroupBenchmark() {
    settings =
        Settings.of(
            ConfigFactory.parseMap(
                    Map.of(
                        "parley.data",
                        Path.of("target/group-benchmark").toString(),
                        "parley.group.members-max",
                        10_000,
                        "akka.loglevel",
                        "WARNING"))
                .withFallback(ConfigFactory.load())
                .resolve());
    system = ActorSystem.create(Behaviors.empty(), "parley", settings.config());
    var archive = new EmbeddedArchive(EmbeddedStore.get(system));
    var journal =
        PersistenceQuery.get(system)
            .getReadJournalFor(EmbeddedReadJournal.class, EmbeddedReadJournal.IDENTIFIER);
    Membership.joinAlone(system, new Health(List.of("cluster")), "cluster", PATIENCE);
    var users = new ShardedUsers(system, settings.user().peerTimeout());
    groups = new ShardedGroups(system);
    var distributor = counting(new DirectDistributor(users));
    var clock = Clock.systemUTC();
    groups.host(new Group.Surroundings(distributor, archive, clock, settings.group()));
    users.host(
        new User.Surroundings(
            users,
            groups,
            distributor,
            archive,
            new MailboxReader(journal, system),
            clock,
            new Metrics(),
            settings.user()));
  }

  private Distributor counting(Distributor distributor) {
    return batch ->
        distributor
            .distribute(batch)
            .thenApply(done -> {
              delivered.add(batch.size());
              return done;
            });
  }

  /** Prints one line of a Markdown table for each size. */
  public static void main(String[] arguments) {
    var benchmark = new GroupBenchmark();
    System.out.println("| members | messages | deliveries/s | CPU-us/delivery |");
    System.out.println("|---|---|---|---|");
    for (var size : arguments.length == 0 ? List.of("10", "1000") : Arrays.asList(arguments)) {
      benchmark.measure(Integer.parseInt(size));
    }
    benchmark.system.terminate();
  }

  private void measure(int members) {
    var group = GroupId.random(Clock.systemUTC().instant());
    var ids =
        IntStream.range(0, members)
            .mapToObj(i -> new UserId("of-%d-%d".formatted(members, i)))
            .toList();
    long before = delivered.sum();
    create(group, ids);
    int messages = Math.max(5, DELIVERIES / members);
    int warmUp = Math.max(5, messages / 2);
    post(group, ids.getFirst(), 1, warmUp);
    await(before + (1L + warmUp) * members);
    var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = machine.getProcessCpuTime();
    long start = System.nanoTime();
    post(group, ids.getFirst(), warmUp + 1, messages);
    await(before + (1L + warmUp + messages) * members);
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuMicros = (machine.getProcessCpuTime() - cpu) / 1e3;
    double deliveries = (double) messages * members;
    System.out.println(
        "| %,d | %,d | %,.0f | %.1f |"
            .formatted(members, messages, deliveries / seconds, cpuMicros / deliveries));
  }

  private void create(GroupId group, List<UserId> ids) {
    CompletionStage<GroupReply.ToDescribe> made =
        AskPattern.ask(
            groups.of(group),
            replyTo ->
                new GroupCommand.Create(
                    ids.getFirst(),
                    "Benchmark",
                    "",
                    ids.subList(1, ids.size()),
                    GroupRules.DEFAULT,
                    replyTo),
            PATIENCE,
            system.scheduler());
    if (!(made.toCompletableFuture().join() instanceof GroupReply.Description)) {
      throw new IllegalStateException("The group was not made");
    }
  }

  /** One post in flight at a time, as a member's actor has it: of what has come meanwhile. */
  private void post(GroupId group, UserId by, long first, int count) {
    var postings = new ArrayList<Posting>();
    LongStream.range(first, first + count)
        .forEach(sequence ->
            postings.add(
                new Posting.Saying(
                    sequence,
                    new ClientId("c" + sequence),
                    new Content.Text("Message number " + sequence + " to everybody here"),
                    Optional.empty(),
                    List.of())));
    for (int from = 0; from < postings.size(); ) {
      var batch = postings.subList(from, Math.min(from + 4, postings.size()));
      CompletionStage<GroupReply.ToPost> answer =
          AskPattern.ask(
              groups.of(group),
              replyTo -> new GroupCommand.Post(by, batch, replyTo),
              PATIENCE,
              system.scheduler());
      if (answer.toCompletableFuture().join() instanceof GroupReply.Posted) {
        from += batch.size();
      } else {
        pause();
      }
    }
  }

  private void await(long deliveries) {
    while (delivered.sum() < deliveries) {
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
