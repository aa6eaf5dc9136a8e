package parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.http.Chat.ANN;
import static parley.http.Chat.BEN;
import static parley.http.Chat.CONVERSATION;
import static parley.http.Chat.TEN;
import static parley.http.ProblemAssert.assertProblem;
import static parley.http.RestServer.json;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.message.Content;
import parley.message.Deletion;
import parley.message.Edit;
import parley.message.Failure;
import parley.message.MessageId;
import parley.message.Reaction;
import parley.message.Refusal;
import parley.user.UserCommand;
import parley.user.UserReply;

/** Changing what was said, and seeing that it was changed. */
class AmendRoutesTest {

  private static final MessageId ID = Chat.id(1, ANN);
  private static final String PATH = "/messages/" + ID;
  private static final RestServer server = new RestServer();

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void ann_has_said_something() {
    server.reset();
    server.archive.put(Chat.archived(1, ANN));
    server.when(
        UserCommand.Amend.class,
        amend -> amend.replyTo().tell(new UserReply.Amended(amend.id(), TEN)));
    server.when(
        UserCommand.GetMessage.class,
        get ->
            get.replyTo()
                .tell(
                    new UserReply.Found(
                        7, Chat.message(1, ANN), true, Optional.of(UserReply.Status.SENT))));
  }

  private static UserCommand.Change asked() {
    return server.received(UserCommand.Amend.class).getFirst().change();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"text\":\"new\"}", "{\"content\":{\"type\":\"text\",\"text\":\"new\"}}"})
  void an_edit_is_answered_with_the_message_as_it_is_now(String body) {
    var edit = new Edit(CONVERSATION, ID, ANN, new Content.Text("new"), TEN.plusSeconds(9));
    server.archive.put(Chat.archived(1, ANN).with(edit));

    var answer = server.asAnn("PATCH", PATH, body);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer.body()).at("/content/text").textValue()).isEqualTo("new");
    assertThat(json(answer.body()).get("editedAt").textValue())
        .isEqualTo("2026-11-23T10:00:09.000Z");
    assertThat(asked()).isEqualTo(new UserCommand.Rewrite(new Content.Text("new")));
  }

  @Test
  void a_message_is_deleted() {
    var answer = server.asAnn("DELETE", PATH, "");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(asked()).isEqualTo(new UserCommand.TakeBack());
  }

  @Test
  void a_deleted_message_tells_nothing_of_what_it_said() {
    server.archive.put(
        Chat.archived(1, ANN)
            .with(new Reaction(CONVERSATION, ID, BEN, "👍", true, TEN))
            .with(new Deletion(CONVERSATION, ID, ANN, TEN)));

    var answer = server.asAnn("GET", PATH, "");

    assertThat(answer.body())
        .doesNotContain("said")
        .doesNotContain("reactions")
        .contains("\"content\":{\"type\":\"deleted\"}")
        .contains("\"deleted\":true");
  }

  @Test
  void reactions_are_shown_with_who_made_them() {
    server.archive.put(
        Chat.archived(1, ANN)
            .with(new Reaction(CONVERSATION, ID, BEN, "👍", true, TEN))
            .with(new Reaction(CONVERSATION, ID, ANN, "👍", true, TEN)));

    var answer = server.asAnn("GET", PATH, "");

    assertThat(json(answer.body()).at("/reactions/👍")).hasToString("[\"ann\",\"ben\"]");
  }

  @ParameterizedTest
  @CsvSource({"PUT,true", "DELETE,false"})
  void a_reaction_is_made_and_taken_back(String method, boolean on) {
    var answer = server.asAnn(method, PATH + "/reactions/%F0%9F%91%8D", "");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(asked()).isEqualTo(new UserCommand.React("👍", on));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%20", "a%09b", "%00", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"})
  void what_is_no_reaction_is_refused_and_asks_nobody(String emoji) {
    assertProblem(
        server.asAnn("PUT", PATH + "/reactions/" + emoji, ""), Failure.MALFORMED_FIELD, "reaction");
    assertThat(server.received(UserCommand.class)).isEmpty();
  }

  @Test
  void a_reaction_may_be_a_slash() {
    server.asAnn("PUT", PATH + "/reactions/%2F", "");

    assertThat(asked()).isEqualTo(new UserCommand.React("/", true));
  }

  @ParameterizedTest
  @CsvSource({"PATCH,''", "DELETE,''", "PUT,/reactions/x", "DELETE,/reactions/x"})
  void what_is_no_message_id_is_not_found(String method, String rest) {
    var body = method.equals("PATCH") ? "{\"text\":\"x\"}" : "";

    assertProblem(server.asAnn(method, "/messages/nonsense" + rest, body), Failure.NOT_FOUND, "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"text\":\"\"} | MALFORMED_FIELD",
        "{\"text\":\"a\",\"content\":{}} | MALFORMED_FIELD",
        "{\"text\":\"a\",\"read\":true} | MALFORMED_FIELD",
        "{\"content\":{\"type\":\"deleted\"}} | MALFORMED_FIELD",
        "{\"other\":1} | MISSING_FIELD",
      })
  void a_wrong_patch_is_refused_and_asks_nobody(String body, Failure failure) {
    assertProblem(server.asAnn("PATCH", PATH, body), failure, "");
    assertThat(server.received(UserCommand.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"NOT_FOUND", "NOT_ALLOWED", "TOO_LATE", "TOO_LARGE", "BUSY", "UNAUTHENTICATED"})
  void what_the_user_refuses_is_told(Failure failure) {
    var refused = new UserReply.Refused(new Refusal(failure, "Because"));
    server.when(UserCommand.Amend.class, amend -> amend.replyTo().tell(refused));

    assertProblem(server.asAnn("PATCH", PATH, "{\"text\":\"x\"}"), failure, "Because");
    assertProblem(server.asAnn("DELETE", PATH, ""), failure, "Because");
    assertProblem(server.asAnn("PUT", PATH + "/reactions/x", ""), failure, "Because");
  }
}
