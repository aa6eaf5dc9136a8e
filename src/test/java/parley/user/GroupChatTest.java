package parley.user;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.group.GroupCommand;
import parley.group.GroupReply;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Failure;
import parley.message.GroupId;
import parley.message.GroupNotice;
import parley.message.Message;
import parley.message.UserId;

/** Users and groups together: what each member has in the end. */
class GroupChatTest {

  /** The world wakes an actor on the thread of the one that asks for it, which waits meanwhile. */
  private static final Config WITH_ROOM_TO_BLOCK =
      ConfigFactory.parseString("akka.actor.default-dispatcher.workers.size-min = 16");

  private static ActorTestKit kit;
  private static int tests;
  private GroupWorld world;
  private String test;
  private UserId ann;
  private UserId bob;
  private UserId cid;

  @BeforeAll
  static void start() {
    kit = ActorTestKit.create(WITH_ROOM_TO_BLOCK.withFallback(UserFixture.CONFIG));
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @BeforeEach
  void begin() {
    world = new GroupWorld(kit);
    test = "-" + tests++;
    ann = world.register("ann" + test);
    bob = world.register("bob" + test);
    cid = world.register("cid" + test);
  }

  private static List<String> texts(List<Message> messages) {
    return messages.stream()
        .map(Message::content)
        .map(content ->
            content instanceof Content.Text text ? text.text() : content.getClass().getSimpleName())
        .toList();
  }

  @Test
  void all_members_hear_what_one_says_and_so_does_the_sender() {
    var group = world.create(ann, List.of(bob, cid));

    var sent = (UserReply.Sent) world.send(group, bob, "hi");

    assertThat(sent.conversation()).isEqualTo(new ConversationId.Group(group));
    var own = world.heard(bob, group).getLast();
    assertThat(own.id()).isEqualTo(sent.id());
    assertThat(world.entries(bob).get((int) sent.pos() - 1).entry()).isEqualTo(own);
    for (var member : List.of(ann, bob, cid)) {
      world.eventually(
          () -> assertThat(texts(world.heard(member, group))).containsExactly("Created", "hi"));
    }
    assertThat(world.archive.find(List.of(sent.id())).toCompletableFuture().join()).hasSize(1);
  }

  @Test
  void a_repeat_is_answered_as_before() {
    var group = world.create(ann, List.of(bob));
    var first = world.send(group, ann, "hi");

    assertThat(world.send(group, ann, "hi")).isEqualTo(first);

    assertThat(texts(world.heard(ann, group))).containsExactly("Created", "hi");
  }

  @Test
  void who_was_removed_hears_nothing_more_and_is_refused() {
    var group = world.create(ann, List.of(bob, cid));
    world.remove(group, ann, bob);

    world.send(group, ann, "without bob");
    world.eventually(
        () -> assertThat(texts(world.heard(bob, group))).containsExactly("Created", "Removed"));

    var refused = (UserReply.NotSent) world.send(group, bob, "me?");
    assertThat(refused.refusal().failure()).isEqualTo(Failure.NOT_A_MEMBER);
    assertThat(texts(world.heard(ann, group))).containsExactly("Created", "Removed", "without bob");
  }

  @Test
  void who_comes_begins_there_and_a_second_time_again() {
    var group = world.create(ann, List.of(cid));
    world.send(group, ann, "before");
    world.put(group, ann, bob);
    world.send(group, ann, "with bob");
    world.remove(group, bob, bob);
    world.send(group, ann, "between");
    world.put(group, ann, bob);

    assertThat(world.send(group, bob, "back")).isInstanceOf(UserReply.Sent.class);

    assertThat(texts(world.heard(bob, group)))
        .containsExactly("Added", "with bob", "Left", "Added", "back");
    var visibility =
        world.<UserReply.ToGetVisibility>ask(
            bob,
            replyTo ->
                new UserCommand.GetVisibility(
                    GroupWorld.caller(bob), new ConversationId.Group(group), replyTo));
    // Who says something has it first.
    world.eventually(() -> {
      var seen =
          world.heard(ann, group).stream()
              .filter(it -> ((UserReply.Visibility) visibility).shows(it, bob))
              .toList();
      assertThat(seen).isEqualTo(world.heard(bob, group));
    });
  }

  @Test
  void a_stranger_is_refused_and_leaves_nothing_behind() {
    var group = world.create(ann, List.of(cid));
    var other = GroupId.random(Instant.now());

    for (var each : List.of(group, other)) {
      var refused = (UserReply.NotSent) world.send(each, bob, "hello?");
      assertThat(refused.refusal().failure()).isEqualTo(Failure.UNKNOWN_RECIPIENT);
    }

    assertThat(world.entries(bob)).isEmpty();
  }

  @Test
  void the_sender_sees_when_all_have_it_and_when_all_have_read_it() {
    var group = world.create(ann, List.of(bob, cid));
    world.send(group, ann, "hi");
    world.eventually(() -> assertThat(world.heard(cid, group)).hasSize(2));
    var message = world.heard(ann, group).getLast();

    world.read(bob, message);
    world.eventually(() ->
        assertThat(receipts(group, message))
            .containsExactly(
                new GroupReply.MemberReceipt(bob, true, true, false),
                new GroupReply.MemberReceipt(cid, false, false, false)));
    assertThat(status(message)).isEqualTo(UserReply.Status.SENT);

    world.read(cid, message);
    world.eventually(() -> assertThat(status(message)).isEqualTo(UserReply.Status.READ));
  }

  @Test
  void who_leaves_is_waited_for_no_longer() {
    var group = world.create(ann, List.of(bob, cid));
    world.send(group, ann, "hi");
    world.eventually(() -> assertThat(world.heard(bob, group)).hasSize(2));
    var message = world.heard(ann, group).getLast();
    world.read(bob, message);

    world.remove(group, cid, cid);

    world.eventually(() -> assertThat(status(message)).isEqualTo(UserReply.Status.READ));
    assertThat(receipts(group, message))
        .containsExactly(
            new GroupReply.MemberReceipt(bob, true, true, false),
            new GroupReply.MemberReceipt(cid, false, false, true));
  }

  private List<GroupReply.MemberReceipt> receipts(GroupId group, Message message) {
    GroupReply.ToGetReceipts page =
        world.inGroup(
            group,
            ann,
            replyTo ->
                new GroupCommand.GetReceipts(ann, message.id(), Optional.empty(), 10, replyTo));
    return ((GroupReply.ReceiptPage) page).receipts();
  }

  private UserReply.Status status(Message message) {
    return ((UserReply.Found) world.get(ann, message)).status().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(longs = {20261124, 7})
  void members_and_groups_that_crash_all_the_time_lose_and_repeat_nothing(long seed) {
    var random = new Random(seed);
    var people = IntStream.range(0, 8).mapToObj(i -> world.register("user" + i + test)).toList();
    var group = world.create(ann, people);
    var answers = new ConcurrentLinkedQueue<UserReply.ToSend>();
    var sender = world.sender(answers);
    var posted = new HashMap<UserId, List<String>>();
    for (int i = 0; i < 400; i++) {
      var who = people.get(random.nextInt(people.size()));
      int dice = random.nextInt(20);
      if (dice < 8) {
        disturb(group, who, dice);
      } else {
        var name = "m" + i;
        posted.computeIfAbsent(who, it -> new ArrayList<>()).add(name);
        world.user(who).tell(world.draft(group, who, name, sender));
      }
    }
    world.send(group, ann, "the end");

    world.eventually(() -> {
      var all = world.heard(ann, group);
      assertThat(texts(all)).contains("the end");
      people.forEach(
          who -> assertThat(world.heard(who, group)).as("%s", who).isEqualTo(whileThere(all, who)));
    });
    checkOrder(world.heard(ann, group), posted);
    assertThat(world.heard(ann, group))
        .extracting(Message::id)
        .containsAll(
            answers.stream()
                .filter(UserReply.Sent.class::isInstance)
                .map(answer -> ((UserReply.Sent) answer).id())
                .toList());
  }

  /** Something that happens beside what is said: a crash, a change of who is there, a reader. */
  private void disturb(GroupId group, UserId who, int kind) {
    var nobody = kit.<GroupReply.ToChangeMember>createTestProbe().ref();
    switch (kind) {
      case 0 -> world.crash(group);
      case 1, 2 -> world.crash(who);
      case 3 -> world.group(group).tell(new GroupCommand.RemoveMember(ann, who, nobody));
      case 4, 5 ->
          world.group(group).tell(new GroupCommand.PutMember(ann, who, Optional.empty(), nobody));
      default ->
          world.heard(who, group).stream()
              .reduce((one, next) -> next)
              .ifPresent(last -> world.read(who, last));
    }
  }

  private static void checkOrder(List<Message> all, Map<UserId, List<String>> posted) {
    assertThat(all).extracting(Message::id).doesNotHaveDuplicates().isSorted();
    posted.forEach((who, names) -> {
      var said = texts(all.stream().filter(it -> it.from().equals(who)).toList());
      assertThat(said).isEqualTo(names.stream().filter(said::contains).toList());
    });
  }

  /** What somebody is to hear of all that was said, by what the group told of them. */
  private static List<Message> whileThere(List<Message> all, UserId who) {
    var heard = new ArrayList<Message>();
    boolean isThere = true;
    for (var message : all) {
      isThere |=
          message.content() instanceof GroupNotice.Added added && added.members().contains(who);
      if (isThere) {
        heard.add(message);
      }
      isThere &= !(message.content() instanceof GroupNotice notice && notice.ends(who));
    }
    return heard;
  }
}
