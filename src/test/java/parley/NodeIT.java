package parley;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ChatUser.json;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a node promises its users, seen from outside. */
class NodeIT {

  @TempDir private static Path folder;

  private static RunningNode node;
  private static ChatUser ann;
  private static ChatUser ben;
  private static ChatUser cid;

  @BeforeAll
  static void three_users() {
    node = RunningNode.start(folder.resolve("data"));
    ann = ChatUser.register(node.uri(), "ann");
    ben = ChatUser.register(node.uri(), "ben");
    cid = ChatUser.register(node.uri(), "cid");
  }

  @AfterAll
  static void stop() {
    if (node != null) {
      node.close();
    }
  }

  @Test
  void a_message_is_sent_listed_found_and_marked_as_read() {
    var sender = ChatUser.register(node.uri(), "sender");
    var reader = ChatUser.register(node.uri(), "reader");

    var sent = json(sender.send("reader", "hello", "c-1"));
    reader.awaitArrival(sent.get("id").textValue());
    var unread = reader.unread(100);
    var path = "/messages/" + sent.get("id").textValue();
    var found = json(reader.call("GET", path, ""));
    var first = json(reader.call("PUT", path, "{\"read\":true}"));
    var again = json(reader.call("PATCH", path, ""));

    assertThat(sent.get("conversation").textValue()).isEqualTo("direct:reader:sender");
    assertThat(sent.get("clientId").textValue()).isEqualTo("c-1");
    assertThat(unread).hasSize(1);
    assertThat(unread.getFirst()).isEqualTo(found);
    assertThat(found.get("id")).isEqualTo(sent.get("id"));
    assertThat(found.get("from").textValue()).isEqualTo("sender");
    assertThat(found.get("sentAt")).isEqualTo(sent.get("sentAt"));
    assertThat(found.get("content").get("text").textValue()).isEqualTo("hello");
    assertThat(found.get("read").booleanValue()).isFalse();
    assertThat(found.has("clientId")).isFalse();
    assertThat(first.get("read").booleanValue()).isTrue();
    assertThat(again.get("readAt")).isEqualTo(first.get("readAt"));
    assertThat(reader.call("GET", "/messages", "").statusCode()).isEqualTo(204);
    assertThat(json(reader.call("GET", path, "")).get("read").booleanValue()).isTrue();
  }

  @Test
  void a_sender_has_a_copy_that_tells_its_status() {
    var id = ann.sent("ben", "copied", "copy-1");

    var copy = json(ann.call("GET", "/messages/" + id, ""));

    assertThat(copy.get("clientId").textValue()).isEqualTo("copy-1");
    assertThat(copy.get("status").textValue()).isIn("sent", "delivered", "read");
  }

  @Test
  void the_unread_messages_come_in_pages() {
    var sender = ChatUser.register(node.uri(), "pages-from");
    var reader = ChatUser.register(node.uri(), "pages-to");
    for (int i = 0; i < 25; i++) {
      reader.awaitArrival(sender.sent("pages-to", "m" + i, "p-" + i));
    }

    var pages = reader.unread(7);

    assertThat(pages).hasSize(25);
    assertThat(pages).extracting(m -> m.get("pos").longValue()).isSorted().doesNotHaveDuplicates();
    assertThat(pages.get(13).get("content").get("text").textValue()).isEqualTo("m13");
  }

  @Test
  void a_repeat_is_answered_with_the_first_result() {
    var first = ann.send("ben", "once", "repeat-1");
    var again = ann.send("ben", "once", "repeat-1");
    var other = ann.send("ben", "something else", "repeat-1");
    ben.awaitArrival(json(first).get("id").textValue());

    assertThat(json(again)).isEqualTo(json(first));
    assertProblem(other, 409, "client-id-reused");
    assertThat(ben.unread(500).stream().filter(m -> m.get("id").equals(json(first).get("id"))))
        .hasSize(1);
  }

  @Test
  void what_others_said_to_others_is_not_found() {
    var id = ann.sent("ben", "between us", "private-1");

    assertProblem(cid.call("GET", "/messages/" + id, ""), 404, "not-found");
    assertProblem(cid.call("PUT", "/messages/" + id, ""), 404, "not-found");
  }

  @Test
  void a_user_id_is_given_once() {
    var again =
        ChatUser.call(
            node.uri(), "POST", "/accounts", "{\"userId\":\"ann\",\"password\":\"other\"}");

    assertProblem(again, 409, "user-id-taken");
  }

  @ParameterizedTest
  @CsvSource({"ann,wrong", "nobody,secret"})
  void wrong_credentials_are_refused(String user, String password) {
    var body = "{\"userId\":\"%s\",\"password\":\"%s\"}".formatted(user, password);

    assertProblem(ChatUser.call(node.uri(), "POST", "/sessions", body), 401, "bad-credentials");
  }

  @Test
  void a_session_ends_when_its_user_says_so() {
    var leaving = ChatUser.register(node.uri(), "leaving");

    assertThat(leaving.call("DELETE", "/sessions/current", "").statusCode()).isEqualTo(204);

    assertProblem(leaving.call("GET", "/messages", ""), 401, "unauthenticated");
    assertProblem(refresh(leaving.refreshToken()), 401, "unauthenticated");
  }

  @Test
  void a_refresh_token_gives_the_next_one() {
    var staying = ChatUser.register(node.uri(), "staying");

    var next = refresh(staying.refreshToken());

    assertThat(next.statusCode()).isEqualTo(201);
    assertThat(json(next).get("refreshToken").textValue()).isNotEqualTo(staying.refreshToken());
    assertThat(json(next).get("userId").textValue()).isEqualTo("staying");
  }

  private static HttpResponse<String> refresh(String token) {
    return ChatUser.call(
        node.uri(), "POST", "/sessions/refresh", "{\"refreshToken\":\"" + token + "\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "POST; /messages; {\"text\":\"hi\"}; 400; missing-field",
        "POST; /messages; {\"to\":\"ben\"}; 400; missing-field",
        "POST; /messages; {\"to\":\"ben\",\"text\":7}; 400; malformed-field",
        "POST; /messages; {\"to\":\"nobody\",\"text\":\"hi\"}; 400; unknown-recipient",
        "POST; /messages; {\"to\":\"direct:ben:cid\",\"text\":\"hi\"}; 400; unknown-recipient",
        "POST; /messages; {\"to\":\"ben\",; 400; malformed-json",
        "GET; /messages?limit=0; ''; 400; malformed-field",
        "GET; /messages?limit=501; ''; 400; malformed-field",
        "GET; /messages?after=x; ''; 400; malformed-field",
        "GET; /messages/nonsense; ''; 404; not-found",
        "GET; /messages/01M83XJ8800003WXWTT4W8T8AB; ''; 404; not-found",
        "PUT; /messages/01M83XJ8800003WXWTT4W8T8AB; {\"read\":false}; 400; malformed-field",
        "DELETE; /messages; ''; 405; method-not-allowed",
        "GET; /nothing; ''; 404; not-found",
        "POST; /accounts; {\"userId\":\"A b\",\"password\":\"s\"}; 400; malformed-field",
        "POST; /accounts; {\"userId\":\"dan\"}; 400; missing-field",
      })
  void wrong_input_is_a_problem(String method, String path, String body, int status, String code) {
    assertProblem(ann.call(method, path, body), status, code);
  }

  @Test
  void what_is_too_large_is_a_problem_and_stores_nothing() {
    var reader = ChatUser.register(node.uri(), "small");

    assertProblem(ann.send("small", "x".repeat(65_537), "large-1"), 413, "too-large");
    assertProblem(ann.send("small", "x".repeat(300_000), "large-2"), 413, "too-large");
    assertThat(reader.call("GET", "/messages", "").statusCode()).isEqualTo(204);
    assertThat(ann.send("small", "x".repeat(65_536), "large-3").statusCode()).isEqualTo(200);
  }

  @Test
  void nothing_is_told_without_a_token() {
    assertProblem(ChatUser.call(node.uri(), "GET", "/messages", ""), 401, "unauthenticated");
  }

  @Test
  void a_node_tells_how_it_is() {
    assertThat(ChatUser.call(node.uri(), "GET", "/health/live", "").statusCode()).isEqualTo(200);
    assertThat(ChatUser.call(node.uri(), "GET", "/health/ready", "").statusCode()).isEqualTo(200);
    ann.sent("ben", "counted", "metric-1");
    assertThat(ChatUser.call(node.uri(), "GET", "/metrics", "").body())
        .containsPattern("(?m)^parley_sends_total [1-9]")
        .containsPattern("(?m)^parley_deliveries_total [1-9]")
        .containsPattern("(?m)^parley_users_active [1-9]")
        .contains("parley_journal_write_seconds_count")
        .contains("jvm_memory_used_bytes");
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(answer).get("code").textValue()).isEqualTo(code);
    assertThat(json(answer).get("status").intValue()).isEqualTo(status);
  }
}
