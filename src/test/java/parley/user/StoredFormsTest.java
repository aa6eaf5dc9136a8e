package parley.user;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.user.UserFixture.ANN;
import static parley.user.UserFixture.BOB;
import static parley.user.UserFixture.TALK;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import akka.serialization.Serializers;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.roaringbitmap.RoaringBitmap;
import parley.group.Posting;
import parley.keys.KeyOffer;
import parley.keys.KeyPackage;
import parley.message.Amendment;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Deletion;
import parley.message.Delivery;
import parley.message.DeviceId;
import parley.message.Edit;
import parley.message.GroupId;
import parley.message.GroupReceipt;
import parley.message.MediaId;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Opaque;
import parley.message.Reaction;
import parley.message.ReadMark;
import parley.message.Receipt;
import parley.message.Sealed;
import parley.message.SessionId;
import parley.push.PushSubscription;

/**
 * What journals hold is read for ever: every form below is the first that was stored, as JSON in
 * place of its CBOR. A test that fails here asks for a migration, not for another golden form.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoredFormsTest {

  private static final Instant AT = Instant.parse("2026-11-23T10:00:00.123Z");
  private static final MessageId ID = MessageId.parse("01M83XJ8BV000YS02XEYJJR9QT");
  private static final UserCommand.RefreshToken TOKEN =
      new UserCommand.RefreshToken("hash", Instant.parse("2026-12-23T10:00:00Z"));
  private static final Message MESSAGE =
      new Message(ID, TALK, BOB, new ClientId("c1"), new Content.Text("hi"), Optional.empty());
  private static final Receipt RECEIPT = new Receipt(TALK, ANN, Optional.of(ID), Optional.empty());
  private static final String MESSAGE_FORM =
      """
      {"type":"message","id":"01M83XJ8BV000YS02XEYJJR9QT","conversation":"direct:ann:bob",
       "from":"bob","clientId":"c1","content":{"type":"text","text":"hi"},"replyTo":null}\
      """;
  private static final String RECEIPT_FORM =
      """
      {"type":"receipt","conversation":"direct:ann:bob","by":"ann",
       "delivered":"01M83XJ8BV000YS02XEYJJR9QT","read":null}\
      """;

  private ActorTestKit kit;
  private Serialization serialization;

  @BeforeAll
  void start() {
    kit = ActorTestKit.create(UserFixture.CONFIG);
    serialization = SerializationExtension.get(kit.system());
  }

  @AfterAll
  void stop() {
    kit.shutdownTestKit();
  }

  static Stream<Arguments> forms() {
    return Stream.of(
        Arguments.of(
            new UserEvent.Registered("Ann", "{argon2}hash", AT),
            """
            {"type":"registered","displayName":"Ann","passwordHash":"{argon2}hash",
             "at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new UserEvent.SignedIn(
                new DeviceId("phone"), "My phone", new SessionId("s1"), TOKEN, AT),
            """
            {"type":"signed-in","device":"phone","deviceName":"My phone","session":"s1",
             "refreshToken":{"hash":"hash","expiresAt":"2026-12-23T10:00:00Z"},
             "at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new UserEvent.Refreshed(new SessionId("s1"), TOKEN, AT),
            """
            {"type":"refreshed","session":"s1",
             "refreshToken":{"hash":"hash","expiresAt":"2026-12-23T10:00:00Z"},
             "at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new UserEvent.SignedOut(new SessionId("s1"), AT),
            """
            {"type":"signed-out","session":"s1","at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new UserEvent.Sent(7, List.of(new UserEvent.Sending(MESSAGE, 3, -5)), 2, AT),
            """
            {"type":"sent","pos":7,"sendings":[{"message":%s,"sequence":3,"fingerprint":-5}],
             "handedOver":2,"at":"2026-11-23T10:00:00.123Z"}\
            """
                .formatted(MESSAGE_FORM)),
        Arguments.of(
            new UserEvent.Received(7, List.of(new Delivery(ANN, 3, MESSAGE)), AT),
            """
            {"type":"received","pos":7,"deliveries":[{"recipient":"ann","sequence":3,"entry":%s}],
             "at":"2026-11-23T10:00:00.123Z"}\
            """
                .formatted(MESSAGE_FORM)),
        Arguments.of(
            new UserEvent.Marked(9, new ReadMark(TALK, ID, true, AT), 7),
            """
            {"type":"marked","pos":9,"mark":{"type":"read-mark","conversation":"direct:ann:bob",
             "message":"01M83XJ8BV000YS02XEYJJR9QT","allBefore":true,
             "at":"2026-11-23T10:00:00.123Z"},"upTo":7}\
            """),
        Arguments.of(
            new UserEvent.Receipted(
                Map.of(new DeviceId("phone"), 9L),
                List.of(new UserEvent.Receipting(RECEIPT, 4)),
                6,
                AT),
            """
            {"type":"receipted","acknowledged":{"phone":9},
             "receiptings":[{"receipt":%s,"sequence":4}],"handedOver":6,
             "at":"2026-11-23T10:00:00.123Z"}\
            """
                .formatted(RECEIPT_FORM)),
        Arguments.of(
            new UserEvent.HandedOver(8, AT),
            """
            {"type":"handed-over","upTo":8,"at":"2026-11-23T10:00:00.123Z"}\
            """));
  }

  static Stream<Arguments> amendments() {
    return Stream.of(
        Arguments.of(
            new Edit(TALK, ID, ANN, new Content.Text("ho"), AT),
            """
            {"type":"edit","conversation":"direct:ann:bob","message":"01M83XJ8BV000YS02XEYJJR9QT",
             "by":"ann","content":{"type":"text","text":"ho"},"at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new Deletion(TALK, ID, ANN, AT),
            """
            {"type":"deletion","conversation":"direct:ann:bob",
             "message":"01M83XJ8BV000YS02XEYJJR9QT","by":"ann","at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new Reaction(TALK, ID, ANN, "\ud83d\udc4d", true, AT),
            """
            {"type":"reaction","conversation":"direct:ann:bob",
             "message":"01M83XJ8BV000YS02XEYJJR9QT","by":"ann","emoji":"\ud83d\udc4d","on":true,
             "at":"2026-11-23T10:00:00.123Z"}\
            """));
  }

  @ParameterizedTest
  @MethodSource("amendments")
  void an_amendment_is_written_and_read_in_its_first_form(Amendment amendment, String form)
      throws Exception {
    check(
        new UserEvent.Amended(7, amendment, 3, 2),
        """
        {"type":"amended","pos":7,"amendment":%s,"sequence":3,"handedOver":2}\
        """
            .formatted(form));
    check(
        new UserEvent.Received(7, List.of(new Delivery(BOB, 3, amendment)), AT),
        """
        {"type":"received","pos":7,"deliveries":[{"recipient":"bob","sequence":3,"entry":%s}],
         "at":"2026-11-23T10:00:00.123Z"}\
        """
            .formatted(form));
  }

  static Stream<Arguments> contacts() {
    return Stream.of(
        Arguments.of(
            new UserEvent.Ignored(TALK, 5, AT),
            """
            {"type":"ignored","conversation":"direct:ann:bob","sequence":5,
             "at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new UserEvent.ProfileChanged("Ann", "Gone fishing", false, Optional.empty(), AT),
            """
            {"type":"profile-changed","displayName":"Ann","about":"Gone fishing",
             "showsPresence":false,"at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new UserEvent.ContactPut(BOB, "Bobby", AT),
            """
            {"type":"contact-put","contact":"bob","name":"Bobby","at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new UserEvent.ContactRemoved(BOB, AT),
            """
            {"type":"contact-removed","contact":"bob","at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new UserEvent.Blocked(BOB, AT),
            """
            {"type":"blocked","other":"bob","at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new UserEvent.Unblocked(BOB, AT),
            """
            {"type":"unblocked","other":"bob","at":"2026-11-23T10:00:00.123Z"}\
            """));
  }

  static Stream<Arguments> groups() {
    var group = new GroupId("01M83XJ8BV000YS02XEYJJR9QT");
    var saying =
        new Posting.Saying(
            3, new ClientId("c1"), new Content.Text("hi"), Optional.of(ID), List.of(BOB));
    var amending = new Posting.Amending(4, new Deletion(TALK, ID, ANN, AT), BOB);
    return Stream.of(
        Arguments.of(
            new UserEvent.Posted(
                List.of(new Postings.Pending(group, saying), new Postings.Pending(group, amending)),
                AT),
            """
            {"type":"posted","postings":[{"group":"01M83XJ8BV000YS02XEYJJR9QT",
              "posting":{"type":"saying","sequence":3,"clientId":"c1",
               "content":{"type":"text","text":"hi"},"replyTo":"01M83XJ8BV000YS02XEYJJR9QT",
               "mentions":["bob"]}},
             {"group":"01M83XJ8BV000YS02XEYJJR9QT",
              "posting":{"type":"amending","sequence":4,"amendment":{"type":"deletion",
               "conversation":"direct:ann:bob","message":"01M83XJ8BV000YS02XEYJJR9QT",
               "by":"ann","at":"2026-11-23T10:00:00.123Z"},"author":"bob"}}],
             "at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new UserEvent.PostingsRefused(group, List.of(3L), AT),
            """
            {"type":"postings-refused","group":"01M83XJ8BV000YS02XEYJJR9QT","sequences":[3],
             "at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new UserEvent.Arranged(
                TALK, new UserReply.Arrangement(Optional.of(AT), true, false), AT),
            """
            {"type":"arranged","conversation":"direct:ann:bob",
             "arrangement":{"mutedUntil":"2026-11-23T10:00:00.123Z","pinned":true,
              "archived":false},"at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new UserEvent.Received(
                7,
                List.of(
                    new Delivery(
                        ANN, 3, new GroupReceipt(TALK, Optional.of(ID), Optional.empty()), true)),
                AT),
            """
            {"type":"received","pos":7,"deliveries":[{"recipient":"ann","sequence":3,
              "entry":{"type":"group-receipt","conversation":"direct:ann:bob",
               "delivered":"01M83XJ8BV000YS02XEYJJR9QT","read":null},"begins":true}],
             "at":"2026-11-23T10:00:00.123Z"}\
            """));
  }

  static Stream<Arguments> pushes() {
    return Stream.of(
        Arguments.of(
            new UserEvent.PushSubscribed(
                new DeviceId("phone"), new PushSubscription("https://push", "point", "auth"), AT),
            """
            {"type":"push-subscribed","device":"phone",
             "subscription":{"endpoint":"https://push","p256dh":"point","auth":"auth"},
             "at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new UserEvent.PushUnsubscribed(new DeviceId("phone"), AT),
            """
            {"type":"push-unsubscribed","device":"phone","at":"2026-11-23T10:00:00.123Z"}\
            """));
  }

  static Stream<Arguments> keys() {
    var first = new KeyPackage(1, new Opaque("AQID"));
    var sealed =
        new Sealed(
            Sealed.Protocol.MLS,
            4,
            Sealed.Kind.COMMIT,
            new Opaque("AQID"),
            Optional.of(new Opaque("BAUG")),
            List.of(new MediaId("01ARZ3NDEKTSV4RRFFQ69G5FAV")));
    return Stream.of(
        Arguments.of(
            new UserEvent.KeysPut(
                new DeviceId("phone"),
                new KeyOffer(
                    Map.of(1, new Opaque("AAAA")),
                    List.of(first),
                    List.of(new KeyPackage(1, new Opaque("BAUG")))),
                AT),
            """
            {"type":"keys-put","device":"phone","offer":{"signatureKeys":{"1":"AAAA"},
              "packages":[{"suite":1,"data":"AQID"}],"lastResort":[{"suite":1,"data":"BAUG"}]},
             "at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new UserEvent.KeyPackagesTaken(1, List.of(new DeviceId("phone")), AT),
            """
            {"type":"key-packages-taken","suite":1,"devices":["phone"],
             "at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new UserEvent.Received(
                7,
                List.of(
                    new Delivery(
                        ANN,
                        3,
                        new Message(ID, TALK, BOB, new ClientId("c1"), sealed, Optional.empty()))),
                AT),
            """
            {"type":"received","pos":7,"deliveries":[{"recipient":"ann","sequence":3,
              "entry":{"type":"message","id":"01M83XJ8BV000YS02XEYJJR9QT",
               "conversation":"direct:ann:bob","from":"bob","clientId":"c1",
               "content":{"type":"sealed","protocol":"mls","epoch":4,"kind":"commit",
                "data":"AQID","welcome":"BAUG","media":["01ARZ3NDEKTSV4RRFFQ69G5FAV"]},"replyTo":null}}],
             "at":"2026-11-23T10:00:00.123Z"}\
            """));
  }

  @ParameterizedTest
  @MethodSource({"forms", "contacts", "groups", "pushes", "keys"})
  void an_event_is_written_and_read_in_its_first_form(UserEvent event, String form)
      throws Exception {
    check(event, form);
  }

  static Stream<Arguments> snapshots() {
    var snapshot =
        new UserSnapshot(
            12,
            AT,
            Optional.of(new Account("Ann", "Gone fishing", true, "{argon2}hash", AT, Optional.empty())),
            List.of(
                new Devices.Device(
                    new DeviceId("phone"),
                    "My phone",
                    new SessionId("s1"),
                    TOKEN,
                    Optional.empty(),
                    AT,
                    AT)),
            Map.of(new SessionId("s0"), AT),
            Map.of(new DeviceId("phone"), 6L),
            Map.of(BOB, "Bobby"),
            Map.of(BOB, List.of(new UserReply.Period(AT, Optional.empty()))),
            7,
            new long[] {2},
            new long[] {1795428000123L},
            List.of(
                new UserSnapshot.Conversation(
                    TALK,
                    Positions.write(RoaringBitmap.bitmapOf(3, 5)),
                    ID,
                    ID,
                    4,
                    5,
                    3,
                    Watermarks.NONE.readUpTo(ID),
                    Watermarks.NONE,
                    Watermarks.NONE.deliveredUpTo(ID),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false)),
            new long[] {1, 2, 3, 4, 5},
            6,
            List.of(new Outbox.Parcel(6, RECEIPT, Optional.of(new Delivery(BOB, 4, RECEIPT)))),
            List.of(),
            Map.of(),
            Optional.empty());
    return Stream.of(
        Arguments.of(
            snapshot,
            """
            {"events":12,"latestAt":"2026-11-23T10:00:00.123Z",
             "account":{"displayName":"Ann","about":"Gone fishing","showsPresence":true,
              "passwordHash":"{argon2}hash","registeredAt":"2026-11-23T10:00:00.123Z"},
             "devices":[{"id":"phone","name":"My phone","session":"s1",
              "refreshToken":{"hash":"hash","expiresAt":"2026-12-23T10:00:00Z"},"replaced":null,
              "signedInAt":"2026-11-23T10:00:00.123Z","refreshedAt":"2026-11-23T10:00:00.123Z"}],
             "endedSessions":{"s0":"2026-11-23T10:00:00.123Z"},
             "acknowledged":{"phone":6},"contacts":{"bob":"Bobby"},
             "blocks":{"bob":[{"from":"2026-11-23T10:00:00.123Z","until":null}]},
             "latestPosition":7,"stretchSequences":[2],"stretchTimes":[1795428000123],
             "conversations":[{"id":"direct:ann:bob","unread":"OjAAAAEAAAAAAAEAEAAAAAMABQA=",
              "latest":"01M83XJ8BV000YS02XEYJJR9QT","latestReceived":"01M83XJ8BV000YS02XEYJJR9QT",
              "sentSequence":4,"receivedSequence":5,"latestReceivedPos":3,
              "mine":{"delivered":"01M83XJ8BV000YS02XEYJJR9QT",
               "read":"01M83XJ8BV000YS02XEYJJR9QT"},
              "told":{"delivered":null,"read":null},
              "theirs":{"delivered":"01M83XJ8BV000YS02XEYJJR9QT","read":null}}],
             "sends":[1,2,3,4,5],"outboxLast":6,
             "outboxPending":[{"number":6,"entry":%s,
              "delivery":{"recipient":"bob","sequence":4,"entry":%s}}]}\
            """
                .formatted(RECEIPT_FORM, RECEIPT_FORM)));
  }

  @Test
  void the_side_of_a_group_is_written_and_read_in_its_first_form() throws Exception {
    var side =
        new GroupSide.Stored(
            new Membership(List.of(new Membership.Stay(ID, Optional.of(ID)))),
            Optional.of("Friends"),
            5);
    var conversation =
        new UserSnapshot.Conversation(
            new ConversationId.Group(new GroupId("01M83XJ8BV000YS02XEYJJR9QT")),
            Positions.write(new RoaringBitmap()),
            ID,
            ID,
            0,
            0,
            0,
            Watermarks.NONE,
            Watermarks.NONE,
            Watermarks.NONE,
            Optional.of(Positions.write(RoaringBitmap.bitmapOf(3))),
            Optional.of(side),
            Optional.of(UserReply.Arrangement.PLAIN),
            Optional.empty(),
            false);
    var form =
        """
        {"membership":{"stays":[{"from":"01M83XJ8BV000YS02XEYJJR9QT",
          "until":"01M83XJ8BV000YS02XEYJJR9QT"}]},"title":"Friends","receiptSequence":5}\
        """;

    var mapper = CBORMapper.builder().addModule(new Jdk8Module()).build();
    var json = JsonMapper.builder().addModule(new Jdk8Module()).build();

    assertThat(json.readTree(json.writeValueAsString(side))).isEqualTo(json.readTree(form));
    assertThat(mapper.readValue(mapper.writeValueAsBytes(json.readTree(form)), side.getClass()))
        .isEqualTo(side);
    assertThat(new Conversation(conversation).toSnapshot().groupSide()).contains(side);
  }

  static Stream<Arguments> laterSnapshots() {
    var subscribed =
        new UserSnapshot(
            3,
            AT,
            Optional.empty(),
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            0,
            new long[0],
            new long[0],
            List.of(),
            new long[0],
            0,
            List.of(),
            List.of(),
            Map.of(new DeviceId("phone"), new PushSubscription("https://push", "point", "auth")),
            Optional.empty());
    return Stream.of(
        Arguments.of(
            subscribed,
            """
            {"events":3,"latestAt":"2026-11-23T10:00:00.123Z","account":null,"devices":[],
             "endedSessions":{},"acknowledged":{},"contacts":{},"blocks":{},"latestPosition":0,
             "stretchSequences":[],"stretchTimes":[],"conversations":[],"sends":[],
             "outboxLast":0,"outboxPending":[],
             "pushes":{"phone":{"endpoint":"https://push","p256dh":"point","auth":"auth"}}}\
            """));
  }

  @ParameterizedTest
  @MethodSource({"snapshots", "laterSnapshots"})
  void a_snapshot_is_written_and_read_in_its_first_form(UserSnapshot snapshot, String form)
      throws Exception {
    check(snapshot, form);
  }

  private void check(Object value, String form) throws Exception {
    var cbor = CBORMapper.builder().build();
    var golden = JsonMapper.builder().build().readTree(form);

    var bytes = serialization.serialize(value).get();
    var serializer = (SerializerWithStringManifest) serialization.findSerializerFor(value);
    var read = serializer.fromBinary(cbor.writeValueAsBytes(golden), "");

    var written = JsonMapper.builder().build().readTree(cbor.readTree(bytes).toString());
    assertThat(written).isEqualTo(golden);
    assertThat(read).usingRecursiveComparison().isEqualTo(value);
    assertThat(Serializers.manifestFor(serializer, value)).isEmpty();
  }
}
