package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Deletion;
import parley.message.DeviceId;
import parley.message.Edit;
import parley.message.Entry;
import parley.message.Failure;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Positioned;
import parley.message.Reaction;
import parley.message.ReadMark;
import parley.message.Receipt;
import parley.message.Refusal;
import parley.message.UserId;
import parley.user.Draft;
import parley.user.UserReply;

/** The text of every frame: what stands here is a promise to clients. */
class FrameCodecTest {

  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");
  private static final ConversationId TALK = ConversationId.between(ANN, BOB);
  private static final Instant AT = Instant.parse("2026-11-23T10:00:00.123Z");
  private static final MessageId ID = MessageId.next(MessageId.first(TALK), AT, TALK, ANN);
  private static final String IDS = "'conversation':'direct:ann:bob','id':'" + ID + "'";

  private record Golden(ServerFrame frame, String text) {}

  private static Golden golden(ServerFrame frame, String text) {
    return new Golden(frame, text.replace('\'', '"'));
  }

  private static Golden entry(Entry entry, String text) {
    return golden(ServerFrame.of(new Positioned(7, entry), ANN), text);
  }

  private static Message message(UserId from) {
    return new Message(
        ID, TALK, from, new ClientId("c1"), new Content.Text("hi"), Optional.empty());
  }

  static Stream<Golden> frames() {
    var one = Optional.of(ID);
    return Stream.of(
        golden(
            new ServerFrame.Hello(ANN, new DeviceId("d"), 9, 4, ServerFrame.Resume.RESET),
            "{'t':'hello','user':'ann','device':'d','pos':9,'from':4,'resume':'reset'}"),
        golden(new ServerFrame.CaughtUp(9), "{'t':'caught-up','pos':9}"),
        golden(
            ServerFrame.Sent.of(new UserReply.Sent(new ClientId("c1"), ID, TALK, 5)),
            "{'t':'sent','ref':'c1','id':'"
                + ID
                + "','conversation':'direct:ann:bob','sentAt':'2026-11-23T10:00:00.123Z','pos':5}"),
        golden(
            new ServerFrame.Typing(TALK, BOB, true),
            "{'t':'typing','conversation':'direct:ann:bob','user':'bob','on':true}"),
        golden(
            new ServerFrame.Presence(BOB, true, Optional.empty()),
            "{'t':'presence','user':'bob','online':true}"),
        golden(
            new ServerFrame.Presence(BOB, false, Optional.of(AT)),
            "{'t':'presence','user':'bob','online':false,'lastSeen':'2026-11-23T10:00:00.123Z'}"),
        golden(
            ServerFrame.Error.of(Optional.of("c1"), new Refusal(Failure.BUSY, "why")),
            "{'t':'error','ref':'c1','problem':{'type':'/problems/busy','title':"
                + "'Busy or unavailable for the moment','status':503,'detail':'why',"
                + "'code':'busy','retryable':true}}"),
        golden(new ServerFrame.Draining(500), "{'t':'draining','reconnectAfterMs':500}"),
        golden(new ServerFrame.Pong(), "{'t':'pong'}"),
        entry(
            new Receipt(TALK, BOB, one, Optional.empty()),
            "{'t':'receipt','pos':7,'conversation':'direct:ann:bob','by':'bob','delivered':'"
                + ID
                + "'}"),
        entry(
            new ReadMark(TALK, ID, true, AT),
            "{'t':'read','pos':7,'conversation':'direct:ann:bob','upTo':'" + ID + "'}"),
        entry(new ReadMark(TALK, ID, false, AT), "{'t':'read','pos':7," + IDS + "}"),
        entry(
            new Edit(TALK, ID, BOB, new Content.Text("ho"), AT),
            "{'t':'edited','pos':7,"
                + IDS
                + ",'by':'bob','content':{'type':'text','text':'ho'},"
                + "'at':'2026-11-23T10:00:00.123Z'}"),
        entry(
            new Deletion(TALK, ID, BOB, AT),
            "{'t':'deleted','pos':7," + IDS + ",'by':'bob','at':'2026-11-23T10:00:00.123Z'}"),
        entry(
            new Reaction(TALK, ID, BOB, "+1", true, AT),
            "{'t':'reaction','pos':7,"
                + IDS
                + ",'by':'bob','emoji':'+1','on':true,'at':'2026-11-23T10:00:00.123Z'}"));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void every_frame_has_its_text(Golden golden) {
    assertThat(FrameCodec.write(golden.frame()).utf8String()).isEqualTo(golden.text());
  }

  @Test
  void a_message_is_told_with_its_position_and_as_its_reader_sees_it() {
    var received = FrameCodec.write(ServerFrame.of(new Positioned(7, message(BOB)), ANN));
    var own = FrameCodec.write(ServerFrame.of(new Positioned(8, message(ANN)), ANN));

    assertThat(received.utf8String())
        .startsWith("{\"t\":\"message\",\"pos\":7,\"message\":{\"id\":\"" + ID + "\"")
        .contains("\"from\":\"bob\"", "\"read\":false", "\"text\":\"hi\"")
        .doesNotContain("clientId", "status");
    assertThat(own.utf8String()).contains("\"clientId\":\"c1\"", "\"status\":\"sent\"");
  }

  private static ClientFrame read(String text) {
    return FrameCodec.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), ANN);
  }

  @Test
  void the_frames_of_clients_are_read() {
    assertThat(read("{'t':'attach'}")).isEqualTo(new ClientFrame.Attach(Optional.empty()));
    assertThat(read("{'t':'attach','after':3}")).isEqualTo(new ClientFrame.Attach(Optional.of(3L)));
    assertThat(read("{'t':'ack','pos':5,'new':{}}")).isEqualTo(new ClientFrame.Ack(5));
    assertThat(read("{'t':'ping'}")).isEqualTo(new ClientFrame.Ping());
    assertThat(read("{'t':'typing','conversation':'direct:ann:bob','on':false}"))
        .isEqualTo(new ClientFrame.Typing(TALK, false));
    assertThat(read("{'t':'read','conversation':'direct:ann:bob','upTo':'" + ID + "'}"))
        .isEqualTo(new ClientFrame.Read(TALK, ID));
    assertThat(read("{'t':'send','ref':'r','to':'bob','text':'hi','replyTo':'" + ID + "'}"))
        .isEqualTo(
            new ClientFrame.Send(
                new Draft(new ClientId("r"), TALK, new Content.Text("hi"), Optional.of(ID))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'t':'dance'} | malformed-field",
        "{'t':1} | malformed-field",
        "{} | missing-field",
        "{'t':'ack'} | missing-field",
        "{'t':'ack','pos':-1} | malformed-field",
        "{'t':'ack','pos':1.5} | malformed-field",
        "{'t':'ack','pos':'1'} | malformed-field",
        "{'t':'ack','pos':99999999999999999999} | malformed-field",
        "{'t':'attach','after':true} | malformed-field",
        "{'t':'typing','conversation':'direct:ann:bob'} | missing-field",
        "{'t':'send','to':'bob','text':'hi'} | missing-field",
        "{'t':'send','ref':'r','to':'bob'} | missing-field",
        "{'t':'send','ref':'r','to':'direct:bob:cid','text':'hi'} | unknown-recipient"
      })
  void what_is_no_frame_is_refused(String text, String code) {
    var refused = (ClientFrame.Unreadable) read(text);

    assertThat(refused.refusal().failure().code()).isEqualTo(code);
    assertThat(refused.close()).isEmpty();
    assertThat(refused.ref().isPresent()).isEqualTo(text.contains("'ref'"));
  }

  @ParameterizedTest
  @CsvSource({"not json", "{'t':'ping'", "''"})
  void what_is_not_json_closes(String text) {
    assertThat(((ClientFrame.Unreadable) read(text)).close()).contains(CloseCode.NOT_JSON);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1]",
        "\"ping\"",
        "{\"t\":\"ping\",\"t\":\"ping\"}",
        "{\"t\":\"ack\",\"pos\":123456789012345678901234567890123}",
        "{\"t\":\"ping\",\"x\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}"
      })
  void what_is_json_but_no_frame_does_not_close(String text) {
    var unreadable =
        (ClientFrame.Unreadable) FrameCodec.read(text.getBytes(StandardCharsets.UTF_8), ANN);
    assertThat(unreadable.refusal().failure()).isEqualTo(Failure.MALFORMED_JSON);
    assertThat(unreadable.close()).isEmpty();
  }

  @Test
  void codes_below_4500_tell_clients_to_come_back() {
    assertThat(CloseCode.values())
        .allSatisfy(code -> assertThat(code.code()).isBetween(4000, 4999));
    assertThat(CloseCode.DRAINING.code()).isEqualTo(4000);
    assertThat(CloseCode.NOT_JSON.code()).isEqualTo(4500);
  }
}
