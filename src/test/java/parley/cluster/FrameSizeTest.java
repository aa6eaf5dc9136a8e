package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.serialization.SerializationExtension;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.Settings;
import parley.group.GroupCommand;
import parley.group.GroupReply;
import parley.group.Posting;
import parley.keys.DeviceKeys;
import parley.keys.KeyLog;
import parley.keys.KeyPackage;
import parley.keys.KeySettings;
import parley.keys.MlsCommand;
import parley.keys.MlsReply;
import parley.keys.NextEpoch;
import parley.message.Caller;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.DeviceId;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Opaque;
import parley.message.Portion;
import parley.message.Positioned;
import parley.message.Sealed;
import parley.message.SessionId;
import parley.message.UserId;
import parley.user.Draft;
import parley.user.Excerpt;
import parley.user.UserCommand;
import parley.user.UserReply;

/** The largest messages between nodes, with the longest ids and names, fit into Artery's frame. */
class FrameSizeTest {

  private static final Settings SETTINGS =
      Settings.load(
          Optional.empty(),
          Map.of(
              "parley.user.recent-bytes-max",
              Portion.BYTES_MAX,
              "parley.user.batch-entries-max",
              1_000));
  private static final ActorTestKit KIT = ActorTestKit.create("frames", SETTINGS.config());

  private static final UserId ANN = new UserId("a".repeat(64));
  private static final UserId BEN = new UserId("b".repeat(64));
  private static final ConversationId TALK = ConversationId.between(ANN, BEN);
  private static final Caller CALLER =
      new Caller(ANN, new DeviceId("d".repeat(64)), SessionId.random());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static void assertFits(Object message) {
    long frame = SETTINGS.config().getBytes("akka.remote.artery.advanced.maximum-frame-size");
    // Addresses and the sharding's own envelope.
    long around = 4 * 1024;

    int size = SerializationExtension.get(KIT.system()).serialize(message).get().length;

    assertThat(size + around).isLessThan((int) frame);
  }

  private static Message message(int i, int bytes) {
    return new Message(
        MessageId.first(TALK),
        TALK,
        ANN,
        new ClientId(Integer.toString(i) + "c".repeat(60)),
        new Content.Text("é".repeat(bytes / 2)),
        Optional.of(MessageId.last(TALK)));
  }

  private static <T> List<T> list(int size, IntFunction<T> each) {
    return IntStream.range(0, size).mapToObj(each).toList();
  }

  /** As many as there are, of the same size, that say as much as a portion may. */
  private static List<Message> portion(int entries) {
    var all = list(2 * entries, i -> message(i, Portion.BYTES_MAX / entries));
    var portion = Portion.first(all, Message::sizeBytes, entries);
    assertThat(portion).hasSize(entries);
    return portion;
  }

  @Test
  void a_delivery_of_many_entries_and_of_large_ones() {
    for (int entries : List.of(4, 1_000)) {
      var deliveries =
          portion(entries).stream().map(it -> new Delivery(BEN, Long.MAX_VALUE, it)).toList();

      assertFits(
          new UserCommand.Deliver(deliveries, KIT.<UserReply.ToDeliver>createTestProbe().ref()));
    }
  }

  @Test
  void what_a_socket_sends_at_once() {
    for (int entries : List.of(4, 1_000)) {
      var drafts =
          portion(entries).stream()
              .map(it -> new Draft(it.clientId(), TALK, it.content(), it.replyTo()))
              .toList();

      assertFits(
          new UserCommand.Send(CALLER, drafts, KIT.<UserReply.ToSend>createTestProbe().ref()));
    }
  }

  @Test
  void a_page_of_the_mailbox() {
    for (int entries : List.of(4, Excerpt.ENTRIES_MAX)) {
      var recent = portion(entries).stream().map(it -> new Positioned(Long.MAX_VALUE, it)).toList();

      assertFits(new UserReply.Unread(new Excerpt(ANN, List.of(), recent), true));
      assertFits(new UserReply.Pulled(new Excerpt(ANN, List.of(), recent)));
    }
  }

  @Test
  void a_page_that_is_spread_over_the_journal() {
    var ranges =
        LongStream.range(0, Excerpt.ENTRIES_MAX)
            .mapToObj(i ->
                new Excerpt.JournalRange(
                    Long.MAX_VALUE - i, Long.MAX_VALUE, List.of(Long.MAX_VALUE - i)))
            .toList();

    assertFits(new UserReply.Unread(new Excerpt(ANN, ranges, List.of()), true));
  }

  @Test
  void the_longest_list_of_conversations() {
    var one =
        new UserReply.ConversationInfo(
            TALK,
            MessageId.last(TALK),
            Long.MAX_VALUE,
            Optional.of(MessageId.last(TALK)),
            watermarks());

    assertFits(new UserReply.ConversationList(list(500, i -> one), true));
  }

  private static parley.user.Watermarks watermarks() {
    var last = Optional.of(MessageId.last(TALK));
    return new parley.user.Watermarks(last, last);
  }

  @Test
  void a_part_of_the_contacts() {
    var names = new HashMap<UserId, String>();
    for (int i = 0; i < 500; i++) {
      names.put(new UserId("%064d".formatted(i)), "👋".repeat(100));
    }

    assertFits(new UserReply.ContactList(names, List.copyOf(names.keySet()), Optional.of(ANN)));
  }

  @Test
  void a_commit_with_the_info_of_a_large_group() {
    var info = new Opaque("A".repeat(4 * (KeySettings.GROUP_INFO_BYTES_MOST / 3)));
    var commit =
        new Sealed(
            Sealed.Protocol.MLS,
            Long.MAX_VALUE,
            Sealed.Kind.COMMIT,
            new Opaque("A".repeat(Content.SIZE_BYTES_MAX)),
            Optional.empty(),
            List.of());
    var next = new NextEpoch(Optional.of(KeyPackage.SUITE_MAX), Optional.of(info));
    var id = new ClientId("c".repeat(64));
    var draft = new Draft(id, TALK, commit, Optional.empty(), List.of(), Optional.of(next));

    assertFits(
        new UserCommand.Send(
            CALLER, List.of(draft), KIT.<UserReply.ToSend>createTestProbe().ref()));
    assertFits(
        new MlsCommand.Claim(
            ANN, CALLER.device(), id, commit, next, KIT.<MlsReply.ToClaim>createTestProbe().ref()));
  }

  @Test
  void key_packages_of_as_many_devices_as_a_user_may_have_and_a_page_of_their_log() {
    var large = new Opaque("A".repeat(KeySettings.PACKAGE_BYTES_MOST));
    var key = new Opaque("A".repeat(KeySettings.KEY_BYTES_MOST));
    var handed = new DeviceKeys.Handed(CALLER.device(), key, large, true);
    var known =
        new DeviceKeys.Known(
            CALLER.device(), Map.of(1, key, 2, key, 3, key, 4, key), List.of(1, 2, 3, 4));
    var entry = new KeyLog.Entry(Long.MAX_VALUE, "A".repeat(Portion.BYTES_MAX / KeyLog.PAGE_MOST));

    assertFits(new UserReply.KeyPackages(list(32, i -> handed)));
    assertFits(new UserReply.UserKeys(list(32, i -> known), 0));
    assertFits(new UserReply.KeyLogPage(Long.MAX_VALUE, large, list(KeyLog.PAGE_MOST, i -> entry)));
  }

  @Test
  void the_devices_and_the_time_that_was_hidden() {
    var device =
        new UserReply.DeviceInfo(
            CALLER.device(), "👋".repeat(100), Instant.MAX, Instant.MAX, Long.MAX_VALUE);
    var period = new UserReply.Period(Instant.MAX, Optional.of(Instant.MAX));

    assertFits(new UserReply.DeviceList(list(32, i -> device)));
    assertFits(
        new UserReply.Visibility(
            list(100, i -> period), Optional.of(MessageId.last(TALK)), watermarks()));
  }

  @Test
  void what_is_said_in_a_group_at_once() {
    for (int entries : List.of(4, 64)) {
      var postings =
          portion(entries).stream()
              .<Posting>map(it ->
                  new Posting.Saying(
                      Long.MAX_VALUE, it.clientId(), it.content(), it.replyTo(), List.of(BEN)))
              .toList();

      assertFits(
          new GroupCommand.Post(ANN, postings, KIT.<GroupReply.ToPost>createTestProbe().ref()));
    }
  }
}
