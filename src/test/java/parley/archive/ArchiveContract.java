package parley.archive;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import parley.message.Amendment;
import parley.message.Archived;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Deletion;
import parley.message.Edit;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Reaction;
import parley.message.UserId;

/** What every archive does. */
abstract class ArchiveContract {

  static final UserId ANN = new UserId("ann");
  static final UserId BEN = new UserId("ben");
  static final ConversationId ANN_BEN = ConversationId.between(ANN, BEN);
  static final ConversationId ANN_EVE = ConversationId.between(ANN, new UserId("eve"));
  static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

  /** The archive under test, empty. */
  abstract Archive archive();

  static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(10, SECONDS);
  }

  static Message message(ConversationId conversation, int number) {
    var id =
        MessageId.next(MessageId.first(conversation), START.plusMillis(number), conversation, ANN);
    return new Message(
        id,
        conversation,
        ANN,
        new ClientId("c" + number),
        new Content.Text("text " + number),
        Optional.empty());
  }

  static List<Message> messages(ConversationId conversation, int count) {
    var messages = new ArrayList<Message>();
    for (int number = 1; number <= count; number++) {
      messages.add(message(conversation, number));
    }
    return messages;
  }

  Optional<Archived> find(MessageId id) throws Exception {
    return Optional.ofNullable(get(archive().find(List.of(id))).get(id));
  }

  /** The messages of a page, without what was made of them. */
  List<Message> page(ConversationId conversation, MessageId before, int limit) throws Exception {
    return get(archive().page(conversation, before, limit)).stream()
        .map(Archived::message)
        .toList();
  }

  @Test
  void a_message_is_found_by_its_id() throws Exception {
    var message = message(ANN_BEN, 1);
    get(archive().append(List.of(message)));

    assertThat(find(message.id())).contains(Archived.of(message));
    assertThat(find(message(ANN_BEN, 2).id())).isEmpty();
    assertThat(find(message(ANN_EVE, 1).id())).isEmpty();
  }

  @Test
  void a_page_is_the_newest_before_the_given_one_newest_first() throws Exception {
    var messages = messages(ANN_BEN, 10);
    get(archive().append(messages));

    var page = page(ANN_BEN, messages.get(7).id(), 3);
    assertThat(page).containsExactly(messages.get(6), messages.get(5), messages.get(4));
  }

  @Test
  void pages_lead_back_to_the_very_first_message() throws Exception {
    var messages = messages(ANN_BEN, 25);
    get(archive().append(messages));

    var read = new ArrayList<Message>();
    var before = MessageId.last(ANN_BEN);
    for (int page = 0; page < 3; page++) {
      read.addAll(page(ANN_BEN, before, 10));
      before = read.getLast().id();
    }
    Collections.reverse(messages);
    assertThat(read).isEqualTo(messages);
    assertThat(page(ANN_BEN, before, 10)).isEmpty();
    assertThat(page(ANN_BEN, MessageId.first(ANN_BEN), 10)).isEmpty();
  }

  @Test
  void the_message_that_a_page_is_before_need_not_exist() throws Exception {
    var messages = messages(ANN_BEN, 3);
    get(archive().append(List.of(messages.get(0), messages.get(2))));

    assertThat(page(ANN_BEN, messages.get(1).id(), 10)).containsExactly(messages.get(0));
  }

  @Test
  void a_page_shows_one_conversation_only() throws Exception {
    get(archive().append(messages(ANN_BEN, 5)));
    get(archive().append(messages(ANN_EVE, 5)));

    assertThat(page(ANN_EVE, MessageId.last(ANN_EVE), 100))
        .hasSize(5)
        .allMatch(message -> message.conversation().equals(ANN_EVE));
  }

  @Test
  void appending_again_changes_nothing() throws Exception {
    var messages = messages(ANN_BEN, 5);
    get(archive().append(messages));
    get(archive().append(messages.subList(1, 4)));

    assertThat(get(archive().page(ANN_BEN, MessageId.last(ANN_BEN), 100))).hasSize(5);
  }

  @Test
  void the_largest_message_and_every_character_come_back() throws Exception {
    var large = new Content.Text("x".repeat(Content.SIZE_BYTES_MAX - 12) + "ü 🙂 \0\n\"");
    var first = message(ANN_BEN, 1);
    var message = new Message(first.id(), ANN_BEN, ANN, new ClientId("~"), large, Optional.empty());
    get(archive().append(List.of(message)));

    assertThat(find(message.id())).contains(Archived.of(message));
  }

  @Test
  void the_largest_page_is_given_and_a_larger_one_is_a_mistake() throws Exception {
    get(archive().append(messages(ANN_BEN, Archive.PAGE_MAX + 1)));

    assertThat(get(archive().page(ANN_BEN, MessageId.last(ANN_BEN), Archive.PAGE_MAX)))
        .hasSize(Archive.PAGE_MAX);
    var last = MessageId.last(ANN_BEN);
    assertThatThrownBy(() -> archive().page(ANN_BEN, last, Archive.PAGE_MAX + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> archive().page(ANN_BEN, last, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothing_to_append_is_done_at_once() throws Exception {
    assertThat(get(archive().append(List.of()))).isNotNull();
  }

  // What was made of messages.

  static Edit edit(Message message, String text, int second) {
    var at = START.plusSeconds(second);
    return new Edit(message.conversation(), message.id(), ANN, new Content.Text(text), at);
  }

  static Deletion deletion(Message message, int second) {
    return new Deletion(message.conversation(), message.id(), ANN, START.plusSeconds(second));
  }

  static Reaction reaction(Message message, UserId by, String emoji, boolean on) {
    return new Reaction(message.conversation(), message.id(), by, emoji, on, START);
  }

  private Archived amended(Amendment... amendments) throws Exception {
    get(archive().append(messages(ANN_BEN, 3)));
    for (var amendment : amendments) {
      get(archive().amend(List.of(amendment)));
    }
    return find(message(ANN_BEN, 2).id()).orElseThrow();
  }

  @Test
  void the_last_edit_is_what_a_message_says() throws Exception {
    var message = message(ANN_BEN, 2);

    var now = amended(edit(message, "one", 1), edit(message, "two", 2));

    assertThat(now.message()).isEqualTo(message.saying(new Content.Text("two")));
    assertThat(now.editedAt()).contains(START.plusSeconds(2));
  }

  @Test
  void a_deleted_message_is_found_and_paged_as_deleted() throws Exception {
    var message = message(ANN_BEN, 2);

    var now = amended(deletion(message, 5));

    assertThat(now.deletedAt()).contains(START.plusSeconds(5));
    assertThat(get(archive().page(ANN_BEN, MessageId.last(ANN_BEN), 10)))
        .containsExactly(Archived.of(message(ANN_BEN, 3)), now, Archived.of(message(ANN_BEN, 1)));
  }

  @Test
  void reactions_of_all_are_kept_and_taken_back() throws Exception {
    var message = message(ANN_BEN, 2);

    var now =
        amended(
            reaction(message, BEN, "👍", true),
            reaction(message, ANN, "👍", true),
            reaction(message, BEN, "?", true),
            reaction(message, BEN, "?", false),
            reaction(message, ANN, "!", false));

    assertThat(now.reactions()).containsOnlyKeys("👍");
    assertThat(now.reactions().get("👍")).containsExactly(ANN, BEN);
  }

  @Test
  void amending_again_changes_nothing() throws Exception {
    var message = message(ANN_BEN, 2);
    var batch =
        List.<Amendment>of(
            edit(message, "one", 1),
            reaction(message, BEN, "+1", true),
            edit(message, "two", 2),
            reaction(message, BEN, "+1", false),
            deletion(message, 3));
    get(archive().append(messages(ANN_BEN, 3)));
    get(archive().amend(batch));
    var before = find(message.id());

    get(archive().amend(batch));
    get(archive().amend(batch.subList(2, 5)));
    get(archive().append(messages(ANN_BEN, 3)));

    assertThat(find(message.id())).isEqualTo(before);
    assertThat(before.orElseThrow().reactions()).isEmpty();
    assertThat(before.orElseThrow().message().content()).isEqualTo(new Content.Text("two"));
  }

  @Test
  void pages_show_messages_as_they_are_now_and_count_them_alone() throws Exception {
    var messages = messages(ANN_BEN, 10);
    get(archive().append(messages));
    var amendments = new ArrayList<Amendment>();
    for (var message : messages) {
      amendments.add(edit(message, "now", 1));
      amendments.add(reaction(message, ANN, "+1", true));
      amendments.add(reaction(message, BEN, "+1", true));
    }
    get(archive().amend(amendments));

    var page = get(archive().page(ANN_BEN, messages.get(8).id(), 4));

    assertThat(page)
        .extracting(archived -> archived.message().id())
        .containsExactly(
            messages.get(7).id(), messages.get(6).id(), messages.get(5).id(), messages.get(4).id());
    assertThat(page)
        .allMatch(archived -> archived.message().content().equals(new Content.Text("now")))
        .allMatch(archived -> archived.reactions().get("+1").size() == 2);
  }

  @Test
  void many_are_found_together() throws Exception {
    get(archive().append(messages(ANN_BEN, 50)));
    get(archive().append(messages(ANN_EVE, 50)));
    get(archive().amend(List.of(edit(message(ANN_EVE, 7), "now", 1))));
    var ids =
        List.of(
            message(ANN_BEN, 7).id(),
            message(ANN_EVE, 7).id(),
            message(ANN_EVE, 99).id(),
            message(ANN_BEN, 50).id(),
            message(ANN_BEN, 7).id());

    var found = get(archive().find(ids));

    assertThat(found).hasSize(3);
    assertThat(found.get(ids.get(0))).isEqualTo(Archived.of(message(ANN_BEN, 7)));
    assertThat(found.get(ids.get(1)).message().content()).isEqualTo(new Content.Text("now"));
    assertThat(get(archive().find(List.of()))).isEmpty();
  }

  @Test
  void an_amendment_of_what_is_not_there_touches_nothing_else() throws Exception {
    get(archive().append(List.of(message(ANN_BEN, 1), message(ANN_BEN, 3))));
    get(archive().amend(List.of(edit(message(ANN_BEN, 2), "now", 1))));

    assertThat(find(message(ANN_BEN, 2).id())).isEmpty();
    assertThat(get(archive().page(ANN_BEN, MessageId.last(ANN_BEN), 10)))
        .containsExactly(Archived.of(message(ANN_BEN, 3)), Archived.of(message(ANN_BEN, 1)));
  }

  @Test
  void an_answer_says_what_it_answers() throws Exception {
    var first = message(ANN_BEN, 1);
    var second = message(ANN_BEN, 2);
    var answer =
        new Message(
            second.id(),
            ANN_BEN,
            ANN,
            second.clientId(),
            second.content(),
            Optional.of(first.id()));
    get(archive().append(List.of(first, answer)));

    assertThat(find(answer.id())).contains(Archived.of(answer));
  }
}
