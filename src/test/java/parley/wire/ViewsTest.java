package parley.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.message.Archived;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Deletion;
import parley.message.DeviceId;
import parley.message.Edit;
import parley.message.Failure;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Reaction;
import parley.message.Refusal;
import parley.message.UserId;
import parley.user.UserReply;
import parley.user.Watermarks;

/** The golden form of everything that clients are answered. */
class ViewsTest {

  private static final UserId ANN = new UserId("ann");
  private static final UserId BEN = new UserId("ben");
  private static final ConversationId CONVERSATION = ConversationId.between(ANN, BEN);
  private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");
  private static final MessageId ID =
      MessageId.next(MessageId.first(CONVERSATION), TEN, CONVERSATION, ANN);
  private static final Message MESSAGE =
      new Message(
          ID, CONVERSATION, ANN, new ClientId("c-1"), new Content.Text("hi"), Optional.empty());

  @Test
  void an_account() {
    assertThat(json(new AccountView(ANN, "Ann")))
        .isEqualTo("{\"userId\":\"ann\",\"displayName\":\"Ann\"}");
  }

  @Test
  void a_session() {
    var view = new SessionView(ANN, new DeviceId("phone"), "t", TEN, "ann.s.r");

    assertThat(json(view))
        .isEqualTo(
            "{\"userId\":\"ann\",\"deviceId\":\"phone\",\"token\":\"t\","
                + "\"expiresAt\":\"2026-11-23T10:00:00.000Z\",\"refreshToken\":\"ann.s.r\"}");
    assertThat(view.toString()).doesNotContain("ann.s.r");
  }

  @Test
  void a_message_that_was_sent() {
    var sent = new UserReply.Sent(new ClientId("c-1"), ID, CONVERSATION, 3);

    assertThat(json(SentView.of(sent)))
        .isEqualTo(
            "{\"id\":\"01M83XJ8800003WXWTT4W8T8AB\",\"clientId\":\"c-1\","
                + "\"conversation\":\"direct:ann:ben\",\"sentAt\":\"2026-11-23T10:00:00.000Z\"}");
  }

  @Test
  void a_message_as_its_sender_sees_it() {
    var found = new UserReply.Found(3, MESSAGE, true, Optional.of(UserReply.Status.DELIVERED));

    assertThat(json(MessageView.of(found, ANN)))
        .isEqualTo(
            "{\"id\":\"01M83XJ8800003WXWTT4W8T8AB\",\"conversation\":\"direct:ann:ben\","
                + "\"from\":\"ann\",\"clientId\":\"c-1\",\"sentAt\":\"2026-11-23T10:00:00.000Z\","
                + "\"content\":{\"type\":\"text\",\"text\":\"hi\"},\"read\":true,\"pos\":3,"
                + "\"status\":\"delivered\"}");
  }

  @Test
  void a_message_as_its_recipient_sees_it() {
    assertThat(json(MessageView.unread(7, MESSAGE, BEN)))
        .isEqualTo(
            "{\"id\":\"01M83XJ8800003WXWTT4W8T8AB\",\"conversation\":\"direct:ann:ben\","
                + "\"from\":\"ann\",\"sentAt\":\"2026-11-23T10:00:00.000Z\","
                + "\"content\":{\"type\":\"text\",\"text\":\"hi\"},\"read\":false,\"pos\":7}");
  }

  @Test
  void a_message_that_was_read() {
    assertThat(json(ReadView.of(new UserReply.MarkedRead(ID, TEN))))
        .isEqualTo(
            "{\"id\":\"01M83XJ8800003WXWTT4W8T8AB\",\"read\":true,"
                + "\"readAt\":\"2026-11-23T10:00:00.000Z\"}");
  }

  @Test
  void a_message_that_was_changed() {
    var said =
        new Message(
            ID,
            CONVERSATION,
            ANN,
            new ClientId("c-1"),
            new Content.Text("hi"),
            Optional.of(MessageId.first(CONVERSATION)));
    var now =
        Archived.of(said)
            .with(new Edit(CONVERSATION, ID, ANN, new Content.Text("ho"), TEN.plusSeconds(1)))
            .with(new Reaction(CONVERSATION, ID, BEN, "+", true, TEN));

    assertThat(json(MessageView.unread(7, now, BEN)))
        .isEqualTo(
            "{\"id\":\"01M83XJ8800003WXWTT4W8T8AB\",\"conversation\":\"direct:ann:ben\","
                + "\"from\":\"ann\",\"sentAt\":\"2026-11-23T10:00:00.000Z\","
                + "\"content\":{\"type\":\"text\",\"text\":\"ho\"},\"read\":false,\"pos\":7,"
                + "\"replyTo\":\"%s\",\"editedAt\":\"2026-11-23T10:00:01.000Z\","
                    .formatted(MessageId.first(CONVERSATION))
                + "\"reactions\":{\"+\":[\"ben\"]}}");
  }

  @Test
  void a_message_that_was_deleted() {
    var now =
        Archived.of(MESSAGE)
            .with(new Edit(CONVERSATION, ID, ANN, new Content.Text("ho"), TEN))
            .with(new Reaction(CONVERSATION, ID, BEN, "+", true, TEN))
            .with(new Deletion(CONVERSATION, ID, ANN, TEN));

    assertThat(json(MessageView.unread(7, now, BEN)))
        .isEqualTo(
            "{\"id\":\"01M83XJ8800003WXWTT4W8T8AB\",\"conversation\":\"direct:ann:ben\","
                + "\"from\":\"ann\",\"sentAt\":\"2026-11-23T10:00:00.000Z\","
                + "\"content\":{\"type\":\"deleted\"},\"read\":false,\"pos\":7,"
                + "\"deleted\":true}");
  }

  @Test
  void a_message_of_the_history() {
    var theirs = new Watermarks(Optional.of(ID), Optional.empty());
    var unread = new MessageView.Progress(Optional.empty(), theirs);
    var read = new MessageView.Progress(Optional.of(ID), theirs);
    var now = Archived.of(MESSAGE);

    assertThat(json(MessageView.past(now, ANN, unread)))
        .endsWith("\"text\":\"hi\"},\"read\":true,\"status\":\"delivered\"}");
    assertThat(json(MessageView.past(now, BEN, unread)))
        .endsWith("\"text\":\"hi\"},\"read\":false}");
    assertThat(json(MessageView.past(now, BEN, read))).endsWith("\"text\":\"hi\"},\"read\":true}");
  }

  @Test
  void the_rest() {
    assertThat(json(new UnreadView(3))).isEqualTo("{\"unread\":3}");
    assertThat(json(new ContactView(BEN, "B"))).isEqualTo("{\"userId\":\"ben\",\"name\":\"B\"}");
    assertThat(json(new BlockView(BEN))).isEqualTo("{\"userId\":\"ben\"}");
    var ticket = new TicketView("ann.secret", TEN);
    assertThat(json(ticket))
        .isEqualTo("{\"ticket\":\"ann.secret\",\"expiresAt\":\"2026-11-23T10:00:00.000Z\"}");
    assertThat(ticket.toString()).doesNotContain("secret");
  }

  @Test
  void a_profile() {
    var profile = new UserReply.Profile(ANN, "Ann", "Busy", true, Optional.empty());

    assertThat(json(ProfileView.toOthers(profile)))
        .isEqualTo("{\"userId\":\"ann\",\"displayName\":\"Ann\",\"about\":\"Busy\"}");
    assertThat(json(ProfileView.toThemselves(profile)))
        .isEqualTo(
            "{\"userId\":\"ann\",\"displayName\":\"Ann\",\"about\":\"Busy\","
                + "\"showsPresence\":true}");
  }

  @Test
  void a_problem() {
    var problem = Problem.of(new Refusal(Failure.MISSING_FIELD, "The field \"to\" is missing"));

    assertThat(json(problem))
        .isEqualTo(
            "{\"type\":\"/problems/missing-field\",\"title\":\"A field is missing\","
                + "\"status\":400,\"detail\":\"The field \\\"to\\\" is missing\","
                + "\"code\":\"missing-field\",\"retryable\":false}");
  }

  @Test
  void a_problem_with_a_more_exact_status() {
    var problem = Problem.of(new Refusal(Failure.MALFORMED_REQUEST, "URI too long"), 414);

    assertThat(problem.status()).isEqualTo(414);
    assertThat(problem.code()).isEqualTo("malformed-request");
  }

  private static String json(Object view) {
    return new String(Json.bytes(view), StandardCharsets.UTF_8);
  }
}
