package parley.group;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import akka.persistence.testkit.javadsl.PersistenceTestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.Failure;
import parley.message.GroupId;
import parley.message.GroupRules;
import parley.message.Message;
import parley.message.Role;
import parley.message.UserId;
import parley.user.MemoryArchive;
import parley.user.ScriptedDistributor;

/**
 * A group's actor on a journal in memory, with a distributor and a clock that the test decides for.
 */
final class GroupFixture {

  static final UserId ANN = new UserId("ann");
  static final UserId BOB = new UserId("bob");
  static final UserId CID = new UserId("cid");
  static final UserId EVE = new UserId("eve");
  static final GroupId ID = new GroupId("01M83XJ8BV000YS02XEYJJR9QT");
  static final ConversationId.Group TALK = new ConversationId.Group(ID);
  static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123Z");

  static final Config CONFIG =
      ConfigFactory.parseString("akka.actor.provider = local")
          .withFallback(EventSourcedBehaviorTestKit.config())
          .withFallback(ConfigFactory.load())
          .resolve();

  static final GroupSettings SETTINGS =
      new GroupSettings(
          5,
          3,
          2,
          10,
          4,
          3,
          2,
          4,
          3,
          3,
          Duration.ofMillis(20),
          Duration.ofMillis(10),
          Duration.ofMillis(100),
          Duration.ofMillis(300),
          Duration.ofDays(30));

  final ScriptedDistributor distributor = new ScriptedDistributor();
  final MemoryArchive archive = new MemoryArchive();
  final EventSourcedBehaviorTestKit<GroupCommand, GroupEvent, GroupState> group;
  private final ActorTestKit kit;
  private final Behavior<GroupCommand> behavior;
  private Instant now = NOW;

  GroupFixture(ActorTestKit kit) {
    this(kit, SETTINGS);
  }

  GroupFixture(ActorTestKit kit, GroupSettings settings) {
    this.kit = kit;
    this.behavior =
        Group.create(ID, new Group.Surroundings(distributor, archive, () -> now, settings));
    this.group =
        EventSourcedBehaviorTestKit.create(
            kit.system(),
            behavior,
            EventSourcedBehaviorTestKit.enabledSerializationSettings().withVerifyState(false));
    distributor.succeedAlways();
  }

  /** The group's actor outside the kit, on the same journal: for what needs to stop. */
  ActorRef<GroupCommand> spawn() {
    return kit.spawn(behavior);
  }

  /** The next write of the group to its journal fails. */
  void failNextWrite() {
    PersistenceTestKit.create(kit.system()).failNextPersisted("group|" + ID.value());
  }

  void setTime(Instant time) {
    now = time;
  }

  /** The answer to a command, which may take a while. */
  <R> R ask(Function<ActorRef<R>, GroupCommand> command) {
    TestProbe<R> probe = kit.createTestProbe();
    group.runCommand(command.apply(probe.ref()));
    return probe.receiveMessage();
  }

  GroupReply.ToDescribe create(UserId... members) {
    return create(GroupRules.DEFAULT, members);
  }

  GroupReply.ToDescribe create(GroupRules rules, UserId... members) {
    return ask(replyTo ->
        new GroupCommand.Create(ANN, "Friends", "", Arrays.asList(members), rules, replyTo));
  }

  GroupReply.ToDescribe describe(UserId by) {
    return ask(replyTo -> new GroupCommand.Describe(by, replyTo));
  }

  GroupReply.ToChangeMember put(UserId by, UserId member, Optional<Role> role) {
    return ask(replyTo -> new GroupCommand.PutMember(by, member, role, replyTo));
  }

  GroupReply.ToChangeMember remove(UserId by, UserId member) {
    return ask(replyTo -> new GroupCommand.RemoveMember(by, member, replyTo));
  }

  static Posting saying(long sequence, String text) {
    return new Posting.Saying(
        sequence,
        new ClientId("c" + sequence),
        new Content.Text(text),
        Optional.empty(),
        List.of());
  }

  GroupReply.ToPost post(UserId by, Posting... postings) {
    return ask(replyTo -> new GroupCommand.Post(by, List.of(postings), replyTo));
  }

  Optional<Role> role(UserId user) {
    return group.getState().roster().find(user).map(Member::role);
  }

  /** What was journaled as said last. */
  Message latest() {
    return PersistenceTestKit.create(kit.system()).persistedInStorage("group|" + ID).stream()
        .flatMap(event ->
            switch ((GroupEvent) event) {
              case GroupEvent.Noticed it -> Stream.of(it.notice());
              case GroupEvent.Posted it ->
                  it.places().stream().map(place -> (Message) place.entry());
              default -> Stream.<Message>empty();
            })
        .reduce((one, next) -> next)
        .orElseThrow();
  }

  /** Waits until the group has handed over all there is: what it gave to whom, in order. */
  List<Delivery> handedOver(int deliveries) throws InterruptedException {
    var all = new ArrayList<Delivery>();
    while (all.size() < deliveries) {
      all.addAll(distributor.next().batch());
    }
    return all;
  }

  static Failure failureOf(Object reply) {
    return switch (reply) {
      case GroupReply.Refused refused -> refused.refusal().failure();
      case GroupReply.Posted posted -> posted.refused().values().iterator().next().failure();
      default -> throw new AssertionError("Not refused: " + reply);
    };
  }
}
