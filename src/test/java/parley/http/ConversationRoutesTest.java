package parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.http.Chat.ANN;
import static parley.http.Chat.BEN;
import static parley.http.Chat.CONVERSATION;
import static parley.http.Chat.TEN;
import static parley.http.Chat.archived;
import static parley.http.Chat.id;
import static parley.http.ProblemAssert.assertProblem;
import static parley.http.RestServer.json;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.message.Archived;
import parley.message.Content;
import parley.message.Deletion;
import parley.message.Failure;
import parley.message.MessageId;
import parley.message.Refusal;
import parley.user.UserCommand;
import parley.user.UserReply;
import parley.user.UserReply.Period;
import parley.user.Watermarks;

class ConversationRoutesTest {

  private static final String HISTORY = "/conversations/direct:ann:ben/messages";
  private static final RestServer server = new RestServer();

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void everything_is_visible() {
    server.reset();
    whenHidden(List.of());
  }

  private static void whenHidden(List<Period> hidden) {
    var theirs = new Watermarks(Optional.of(id(3, ANN)), Optional.of(id(1, ANN)));
    server.when(
        UserCommand.GetVisibility.class,
        get ->
            get.replyTo().tell(new UserReply.Visibility(hidden, Optional.of(id(2, BEN)), theirs)));
  }

  private static void whenLatestIs(MessageId latest) {
    whenLatestIs(latest, false);
  }

  private static void whenLatestIs(MessageId latest, boolean more) {
    server.when(
        UserCommand.GetConversations.class,
        get -> get.replyTo().tell(new UserReply.ConversationList(List.of(info(latest)), more)));
  }

  private static UserReply.ConversationInfo info(MessageId latest) {
    return new UserReply.ConversationInfo(
        CONVERSATION,
        latest,
        2,
        Optional.of(id(2, BEN)),
        new Watermarks(Optional.empty(), Optional.empty()));
  }

  @Test
  void conversations_are_listed_with_their_last_message() {
    server.archive.put(archived(5, BEN));
    whenLatestIs(id(5, BEN));

    var answer = server.asAnn("GET", "/conversations", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            ("[{\"id\":\"direct:ann:ben\",\"kind\":\"direct\",\"with\":\"ben\","
                    + "\"lastMessage\":{\"id\":\"%s\",\"conversation\":\"direct:ann:ben\","
                    + "\"from\":\"ben\",\"sentAt\":\"2026-11-23T10:00:05.000Z\","
                    + "\"content\":{\"type\":\"text\",\"text\":\"said 5\"},\"read\":false},"
                    + "\"unread\":2,\"mentions\":0,\"readUpTo\":\"%s\","
                    + "\"pinned\":false,\"archived\":false}]")
                .formatted(id(5, BEN), id(2, BEN)));
    assertThat(server.received(UserCommand.GetConversations.class).getFirst().limit())
        .isEqualTo(500);
  }

  @Test
  void older_conversations_are_on_the_next_page() {
    whenLatestIs(id(5, BEN), true);
    var first = server.asAnn("GET", "/conversations?limit=1", "");
    assertThat(first.headers().firstValue("Link"))
        .contains("</conversations?before=%s&limit=1>; rel=\"next\"".formatted(id(5, BEN)));

    whenLatestIs(id(3, BEN));
    var last = server.asAnn("GET", "/conversations?before=" + id(5, BEN) + "&limit=1", "");
    assertThat(last.headers().firstValue("Link")).isEmpty();

    assertThat(server.received(UserCommand.GetConversations.class))
        .extracting(UserCommand.GetConversations::before)
        .containsExactly(Optional.empty(), Optional.of(id(5, BEN)));
  }

  @Test
  void a_page_before_what_is_no_message_id_is_refused() {
    var answer = server.asAnn("GET", "/conversations?before=yesterday", "");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer.body()).get("code").textValue()).isEqualTo("malformed-field");
  }

  @Test
  void a_last_message_that_is_not_archived_yet_is_left_out() {
    whenLatestIs(id(5, BEN));

    var conversation = json(server.asAnn("GET", "/conversations?limit=500", "").body()).get(0);

    assertThat(conversation.has("lastMessage")).isFalse();
    assertThat(conversation.get("unread").longValue()).isEqualTo(2);
  }

  @Test
  void a_last_message_that_was_deleted_is_shown_as_that() {
    server.archive.put(
        archived(5, BEN).with(new Deletion(CONVERSATION, id(5, BEN), BEN, TEN.plusSeconds(9))));
    whenLatestIs(id(5, BEN));

    var answer = server.asAnn("GET", "/conversations", "");

    assertThat(json(answer.body()).at("/0/lastMessage/content"))
        .hasToString("{\"type\":\"deleted\"}");
    assertThat(answer.body()).doesNotContain("said");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'muted':true} | 9999-12-31T23:59:59.999Z",
        "{'mutedUntil':'2026-11-24T10:00:00Z'} | 2026-11-24T10:00:00Z",
        "{'muted':false} | 1970-01-01T00:00:00Z",
      })
  void a_conversation_is_muted_until_then(String body, Instant until) {
    var now = new UserReply.Arrangement(Optional.of(TEN), true, false);
    server.when(UserCommand.Arrange.class, it -> it.replyTo().tell(new UserReply.Arranged(now)));

    var answer = server.asAnn("PATCH", "/conversations/direct:ann:ben", body.replace('\'', '"'));

    assertThat(answer.body())
        .isEqualTo(
            "{\"mutedUntil\":\"2026-11-23T10:00:00.000Z\",\"pinned\":true,\"archived\":false}");
    var asked = server.received(UserCommand.Arrange.class).getFirst();
    assertThat(asked.mutedUntil()).contains(until);
    assertThat(asked.pinned()).isEmpty();
  }

  @Test
  void an_arrangement_says_something() {
    assertProblem(
        server.asAnn("PATCH", "/conversations/direct:ann:ben", "{}"),
        Failure.MISSING_FIELD,
        "pinned");
    assertProblem(
        server.asAnn("PATCH", "/conversations/direct:ann:ben", "{\"mutedUntil\":\"soon\"}"),
        Failure.MALFORMED_FIELD,
        "RFC 3339");
  }

  @Test
  void history_is_read_newest_first() {
    for (int second = 1; second <= 4; second++) {
      server.archive.put(archived(second, second % 2 == 0 ? BEN : ANN));
    }

    var answer = server.asAnn("GET", HISTORY, "");

    assertThat(texts(answer)).containsExactly("said 4", "said 3", "said 2", "said 1");
    assertThat(json(answer.body()).findValuesAsText("read"))
        .containsExactly("false", "true", "true", "true");
    assertThat(json(answer.body()).findValuesAsText("status")).containsExactly("delivered", "read");
    assertThat(answer.headers().firstValue("Link")).isEmpty();
  }

  private static List<String> texts(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer.body()).findValuesAsText("text");
  }

  private static List<String> followLinks(String path) {
    var texts = new ArrayList<String>();
    for (var next = Optional.of(path); next.isPresent(); ) {
      var answer = server.asAnn("GET", next.get(), "");
      texts.addAll(texts(answer));
      next = answer.headers().firstValue("Link").map(link -> link.replaceAll("<|>.*", ""));
    }
    return texts;
  }

  @Test
  void links_lead_to_the_very_first_message() {
    for (int second = 1; second <= 7; second++) {
      server.archive.put(archived(second, BEN));
    }

    assertThat(followLinks(HISTORY + "?limit=2"))
        .containsExactly("said 7", "said 6", "said 5", "said 4", "said 3", "said 2", "said 1");
    assertThat(followLinks(HISTORY + "?limit=2&before=" + id(4, BEN)))
        .containsExactly("said 3", "said 2", "said 1");
  }

  @Test
  void the_page_with_the_very_first_message_is_the_last_one() {
    for (int second = 1; second <= 4; second++) {
      server.archive.put(archived(second, BEN));
    }

    assertThat(server.asAnn("GET", HISTORY + "?limit=2", "").headers().firstValue("Link"))
        .isPresent();
    for (var last : List.of("?limit=4", "?limit=2&before=" + id(3, BEN), "?limit=5")) {
      assertThat(server.asAnn("GET", HISTORY + last, "").headers().firstValue("Link"))
          .as(last)
          .isEmpty();
    }
  }

  @Test
  void what_is_hidden_behind_a_full_page_makes_no_next_one() {
    for (int second = 1; second <= 30; second++) {
      server.archive.put(archived(second, BEN));
    }
    whenHidden(List.of(new Period(TEN, Optional.of(TEN.plusSeconds(29)))));

    var page = server.asAnn("GET", HISTORY + "?limit=2", "");

    assertThat(texts(page)).containsExactly("said 30", "said 29");
    assertThat(page.headers().firstValue("Link")).isEmpty();
  }

  @Test
  void what_a_block_hides_is_passed_over_and_paging_goes_on() {
    for (int second = 1; second <= 60; second++) {
      server.archive.put(archived(second, BEN));
    }
    whenHidden(List.of(new Period(TEN.plusSeconds(3), Optional.of(TEN.plusSeconds(59)))));

    assertThat(texts(server.asAnn("GET", HISTORY + "?limit=10", "")))
        .containsExactly("said 60", "said 59", "said 2", "said 1");
    assertThat(followLinks(HISTORY + "?limit=1"))
        .containsExactly("said 60", "said 59", "said 2", "said 1");
  }

  @Test
  void an_empty_history_is_an_empty_list() {
    assertThat(server.asAnn("GET", HISTORY, "").body()).isEqualTo("[]");
  }

  @Test
  void when_the_archive_cannot_be_read_the_client_may_try_again() {
    whenLatestIs(id(5, BEN));
    server.archive.breakDown();

    assertProblem(server.asAnn("GET", HISTORY, ""), Failure.BUSY, "try again");
    assertProblem(server.asAnn("GET", "/conversations", ""), Failure.BUSY, "try again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=501", "before=x", "before=00000000000000000000000000"})
  void a_malformed_parameter_is_named(String query) {
    assertProblem(
        server.asAnn("GET", HISTORY + "?" + query, ""),
        Failure.MALFORMED_FIELD,
        "\"" + query.replaceAll("=.*", "") + "\"");
    assertThat(server.received(UserCommand.class)).isEmpty();
  }

  @Test
  void what_is_not_a_conversation_of_the_caller_is_not_found() {
    var refusal = new UserReply.Refused(new Refusal(Failure.NOT_FOUND, "None"));
    server.when(UserCommand.GetVisibility.class, get -> get.replyTo().tell(refusal));
    server.when(UserCommand.MarkReadUpTo.class, mark -> mark.replyTo().tell(refusal));
    var upTo = "{\"upTo\":\"%s\"}".formatted(id(1, BEN));

    for (var id : List.of("direct:ben:cid", "direct:ben:ann", "ben", "group:1")) {
      var path = "/conversations/" + id;
      assertProblem(server.asAnn("GET", path + "/messages", ""), Failure.NOT_FOUND, "");
      assertProblem(server.asAnn("PUT", path + "/read", upTo), Failure.NOT_FOUND, "");
    }
  }

  @Test
  void all_up_to_a_message_is_marked_as_read() {
    server.when(
        UserCommand.MarkReadUpTo.class,
        mark -> mark.replyTo().tell(new UserReply.MarkedReadUpTo(3)));

    var answer =
        server.asAnn(
            "PUT", "/conversations/direct:ann:ben/read", "{\"upTo\":\"%s\"}".formatted(id(1, BEN)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"unread\":3}");
    assertThat(server.received(UserCommand.MarkReadUpTo.class).getFirst().upTo())
        .isEqualTo(id(1, BEN));
  }

  private static Archived longest(int second) {
    var message = archived(second, BEN).message();
    return Archived.of(message.saying(new Content.Text("x".repeat(Content.SIZE_BYTES_MAX))));
  }

  @Test
  void a_page_of_the_longest_messages_is_shorter_and_links_to_the_rest() {
    for (int second = 1; second <= 150; second++) {
      server.archive.put(longest(second));
    }

    var first = server.asAnn("GET", HISTORY + "?limit=500", "");

    assertThat(texts(first)).hasSizeBetween(60, 70);
    assertThat(first.headers().firstValue("Link")).isPresent();
    assertThat(followLinks(HISTORY + "?limit=500")).hasSize(150);
  }

  @Test
  void a_long_history_is_read_in_parts() {
    for (int second = 1; second <= 450; second++) {
      server.archive.put(archived(second, BEN));
    }

    assertThat(texts(server.asAnn("GET", HISTORY + "?limit=430", "")))
        .hasSize(430)
        .startsWith("said 450", "said 449")
        .endsWith("said 21");
    assertThat(followLinks(HISTORY + "?limit=430")).hasSize(450);
  }

  @Test
  void a_page_of_conversations_that_end_with_the_longest_messages_is_shorter() {
    var infos =
        IntStream.rangeClosed(1, 300)
            .map(i -> 301 - i)
            .mapToObj(second -> {
              server.archive.put(longest(second));
              return info(id(second, BEN));
            })
            .toList();
    server.when(
        UserCommand.GetConversations.class,
        get -> get.replyTo().tell(new UserReply.ConversationList(infos, false)));

    var answer = server.asAnn("GET", "/conversations?limit=500", "");

    // One more than fit.
    assertThat(texts(answer)).hasSize(65);
    assertThat(answer.headers().firstValue("Link"))
        .contains("</conversations?before=%s&limit=500>; rel=\"next\"".formatted(id(236, BEN)));
  }
}
