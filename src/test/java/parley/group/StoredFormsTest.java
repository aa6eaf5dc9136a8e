package parley.group;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.group.GroupFixture.ANN;
import static parley.group.GroupFixture.BOB;
import static parley.group.GroupFixture.TALK;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import akka.serialization.Serializers;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.GroupNotice;
import parley.message.GroupReceipt;
import parley.message.GroupRules;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Role;

/**
 * What journals hold is read for ever: every form below is the first that was stored, as JSON in
 * place of its CBOR. A test that fails here asks for a migration, not for another golden form.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoredFormsTest {

  private static final Instant AT = Instant.parse("2026-11-23T10:00:00.123Z");
  private static final MessageId ID = MessageId.next(MessageId.first(TALK), AT, TALK, ANN);
  private static final Reach REACH = Reach.from(ID);
  private static final Invite INVITE = new Invite("i1", "hash", ANN, AT, AT.plusSeconds(60), 3);
  private static final Message MESSAGE =
      new Message(
          ID,
          TALK,
          BOB,
          new ClientId("c1"),
          new Content.Text("hi"),
          Optional.empty(),
          List.of(ANN));
  private static final String MESSAGE_FORM =
      """
      {"type":"message","id":"%s","conversation":"group:01M83XJ8BV000YS02XEYJJR9QT","from":"bob",
       "clientId":"c1","content":{"type":"text","text":"hi"},"replyTo":null,"mentions":["ann"]}\
      """
          .formatted(ID);
  private static final String INVITE_FORM =
      """
      {"id":"i1","hash":"hash","createdBy":"ann","createdAt":"2026-11-23T10:00:00.123Z",
       "expiresAt":"2026-11-23T10:01:00.123Z","usesLeft":3}\
      """;
  private static final String REACH_FORM =
      """
      {"delivered":"%s","read":"%s"}\
      """
          .formatted(ID, ID);
  private static final String RULES_FORM =
      """
      {"post":"all","add":"admins","edit":"admins"}\
      """;

  private ActorTestKit kit;
  private Serialization serialization;

  @BeforeAll
  void start() {
    kit = ActorTestKit.create(GroupFixture.CONFIG);
    serialization = SerializationExtension.get(kit.system());
  }

  @AfterAll
  void stop() {
    kit.shutdownTestKit();
  }

  private static Message notice(GroupNotice notice) {
    return Message.notice(ID, TALK, ANN, notice);
  }

  private static String noticeForm(String content) {
    return """
    {"type":"message","id":"%s","conversation":"group:01M83XJ8BV000YS02XEYJJR9QT",
     "from":"ann","clientId":"-","content":%s,"replyTo":null}\
    """
        .formatted(ID, content);
  }

  static Stream<Arguments> events() {
    return Stream.of(
        Arguments.of(
            new GroupEvent.Created(
                notice(new GroupNotice.Created("Friends", List.of(BOB), 2)),
                "Old ones",
                GroupRules.DEFAULT,
                List.of(BOB)),
            """
            {"type":"created","notice":%s,"description":"Old ones","rules":%s,"members":["bob"]}\
            """
                .formatted(
                    noticeForm(
                        """
                        {"type":"group-created","title":"Friends","members":["bob"],"count":2}\
                        """),
                    RULES_FORM)),
        Arguments.of(
            new GroupEvent.Joined(
                notice(new GroupNotice.Joined(BOB, "Friends")),
                BOB,
                Role.MEMBER,
                Optional.of("i1")),
            """
            {"type":"joined","notice":%s,"member":"bob","role":"member","invite":"i1"}\
            """
                .formatted(
                    noticeForm(
                        """
                        {"type":"member-joined","member":"bob","title":"Friends"}\
                        """))),
        Arguments.of(
            new GroupEvent.Posted(BOB, List.of(new GroupEvent.Place(4, MESSAGE)), 7, AT),
            """
            {"type":"posted","by":"bob","places":[{"sequence":4,"entry":%s}],"handedOver":7,
             "at":"2026-11-23T10:00:00.123Z"}\
            """
                .formatted(MESSAGE_FORM)),
        Arguments.of(
            new GroupEvent.Invited(INVITE, AT),
            """
            {"type":"invited","invite":%s,"at":"2026-11-23T10:00:00.123Z"}\
            """
                .formatted(INVITE_FORM)),
        Arguments.of(
            new GroupEvent.Revoked("i1", AT),
            """
            {"type":"revoked","invite":"i1","at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new GroupEvent.Marked(
                List.of(new GroupEvent.Mark(BOB, REACH)),
                List.of(
                    new GroupEvent.Telling(
                        ANN, new GroupReceipt(TALK, Optional.of(ID), Optional.empty()))),
                AT),
            """
            {"type":"marked","marks":[{"member":"bob","reach":%s}],
             "tellings":[{"recipient":"ann","receipt":{"type":"group-receipt",
              "conversation":"group:01M83XJ8BV000YS02XEYJJR9QT","delivered":"%s","read":null}}],
             "at":"2026-11-23T10:00:00.123Z"}\
            """
                .formatted(REACH_FORM, ID)),
        Arguments.of(
            new GroupEvent.HandedOver(7, 9, 120, AT),
            """
            {"type":"handed-over","upTo":7,"roundUpTo":9,"recipients":120,
             "at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new GroupEvent.Gone(AT),
            """
            {"type":"gone","at":"2026-11-23T10:00:00.123Z"}\
            """));
  }

  @ParameterizedTest
  @MethodSource("events")
  void an_event_is_written_and_read_in_its_first_form(GroupEvent event, String form)
      throws Exception {
    check(event, form);
  }

  static Stream<Arguments> notices() {
    return Stream.of(
        Arguments.of(
            new GroupNotice.Added(List.of(BOB), 1, "Friends"),
            """
            {"type":"members-added","members":["bob"],"count":1,"title":"Friends"}\
            """),
        Arguments.of(new GroupNotice.Left(BOB), "{\"type\":\"member-left\",\"member\":\"bob\"}"),
        Arguments.of(
            new GroupNotice.Removed(BOB), "{\"type\":\"member-removed\",\"member\":\"bob\"}"),
        Arguments.of(
            new GroupNotice.RoleChanged(BOB, Role.ADMIN),
            """
            {"type":"role-changed","member":"bob","role":"admin"}\
            """),
        Arguments.of(
            new GroupNotice.TitleChanged("Foes"),
            "{\"type\":\"title-changed\",\"title\":\"Foes\"}"),
        Arguments.of(
            new GroupNotice.DescriptionChanged("New"),
            "{\"type\":\"description-changed\",\"description\":\"New\"}"),
        Arguments.of(
            new GroupNotice.PictureChanged(Optional.empty()),
            "{\"type\":\"picture-changed\",\"picture\":null}"),
        Arguments.of(
            new GroupNotice.RulesChanged(GroupRules.DEFAULT),
            "{\"type\":\"rules-changed\",\"rules\":%s}".formatted(RULES_FORM)),
        Arguments.of(new GroupNotice.Deleted(), "{\"type\":\"group-deleted\"}"));
  }

  @ParameterizedTest
  @MethodSource("notices")
  void a_notice_is_written_and_read_in_its_first_form(GroupNotice notice, String form)
      throws Exception {
    check(
        new GroupEvent.Noticed(notice(notice)),
        "{\"type\":\"noticed\",\"notice\":%s}".formatted(noticeForm(form)));
  }

  @ParameterizedTest
  @MethodSource("snapshots")
  void a_snapshot_is_written_and_read_in_its_first_form(GroupSnapshot snapshot, String form)
      throws Exception {
    check(snapshot, form);
  }

  static Stream<Arguments> snapshots() {
    var former = new Former(ID, ID, 6, REACH);
    var snapshot =
        new GroupSnapshot(
            Optional.of(
                new Profile("Friends", "Old ones", Optional.of("p"), GroupRules.DEFAULT, ANN, AT)),
            false,
            AT,
            Optional.empty(),
            12,
            ID,
            Map.of(
                ANN,
                new Member(
                    Role.OWNER, 1, AT, ID, 5, REACH, Outstanding.none(REACH), Optional.empty())),
            List.of(new Roster.Departed(BOB, former)),
            List.of(INVITE),
            14,
            new FanOut.Mark(12, 14, 3),
            List.of(new FanOut.Parcel(13, 12, MESSAGE, Optional.empty())),
            List.of(new FanOut.Stay(BOB, 1, 12)));
    return Stream.of(
        Arguments.of(
            snapshot,
            """
            {"profile":{"title":"Friends","description":"Old ones","picture":"p","rules":%1$s,
              "createdBy":"ann","createdAt":"2026-11-23T10:00:00.123Z"},
             "gone":false,"latestAt":"2026-11-23T10:00:00.123Z","emptySince":null,"order":12,
             "latest":"%2$s",
             "members":{"ann":{"role":"owner","order":1,"joinedAt":"2026-11-23T10:00:00.123Z",
              "joined":"%2$s","posted":5,"reach":%3$s,
              "said":{"first":"%2$s","last":"%2$s","told":%3$s},"earlier":null}},
             "former":[{"user":"bob","as":{"joined":"%2$s","left":"%2$s","posted":6,"reach":%3$s}}],
             "invites":[%4$s],"outboxLast":14,
             "handedOver":{"upTo":12,"roundUpTo":14,"recipients":3},
             "outboxPending":[{"number":13,"order":12,"entry":%5$s,"only":null}],
             "outboxDeparted":[{"user":"bob","from":1,"until":12}]}\
            """
                .formatted(RULES_FORM, ID, REACH_FORM, INVITE_FORM, MESSAGE_FORM)));
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
