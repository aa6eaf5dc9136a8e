package parley.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.message.Archived;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.UserId;
import parley.services.RunningCassandra;
import parley.services.Services;

@ExtendWith(Services.class)
class CassandraArchiveIT extends ArchiveContract {

  private static CassandraNode node;
  private Archive archive;

  @BeforeAll
  static void start(RunningCassandra cassandra) throws Exception {
    node = new CassandraNode(cassandra, Map.of());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void empty() throws Exception {
    var keyspace = CassandraSettings.of(node.system().settings().config()).keyspace();
    node.session().execute("TRUNCATE " + keyspace + ".archive");
    node.session().execute("TRUNCATE " + keyspace + ".archive_buckets");
    archive = get(node.cluster().archive());
  }

  @Override
  Archive archive() {
    return archive;
  }

  /** One message every so often, the last of them at the start of the tests' time. */
  private static List<Message> seldom(Duration pause, int count) {
    var messages = new ArrayList<Message>();
    for (int number = 1; number <= count; number++) {
      var at = START.minus(pause.multipliedBy(count - number));
      var id = MessageId.next(MessageId.first(ANN_BEN), at, ANN_BEN, ANN);
      messages.add(like(message(ANN_BEN, number), id, ANN_BEN));
    }
    return messages;
  }

  private static Message like(Message message, MessageId id, ConversationId conversation) {
    return new Message(
        id, conversation, ANN, message.clientId(), message.content(), Optional.empty());
  }

  @Test
  void years_of_silence_are_stepped_over_to_the_very_first_message() throws Exception {
    var messages = seldom(Duration.ofDays(400), 40);
    get(archive.append(messages));

    assertThat(page(ANN_BEN, MessageId.last(ANN_BEN), 500)).isEqualTo(messages.reversed());
    assertThat(page(ANN_BEN, messages.get(3).id(), 500))
        .containsExactly(messages.get(2), messages.get(1), messages.get(0));
  }

  @Test
  void pages_cross_weeks_without_a_gap() throws Exception {
    var messages = seldom(Duration.ofHours(31), 600);
    get(archive.append(messages));

    var read = new ArrayList<Message>();
    var before = MessageId.last(ANN_BEN);
    while (read.size() < messages.size()) {
      read.addAll(page(ANN_BEN, before, 37));
      before = read.getLast().id();
    }
    assertThat(read).isEqualTo(messages.reversed());
  }

  @Test
  void a_conversation_of_the_same_hash_is_passed_over() throws Exception {
    var other = ConversationId.between(new UserId("x"), new UserId("y"));
    for (int number = 1; number <= 10; number++) {
      var message = message(ANN_BEN, number);
      var conversation = number % 2 == 0 ? ANN_BEN : other;
      get(archive.append(List.of(like(message, message.id(), conversation))));
    }

    assertThat(page(ANN_BEN, MessageId.last(ANN_BEN), 3))
        .containsExactly(message(ANN_BEN, 10), message(ANN_BEN, 8), message(ANN_BEN, 6));
  }

  @Test
  void changes_that_come_late_or_twice_do_not_win_over_later_ones() throws Exception {
    var message = message(ANN_BEN, 1);
    get(archive.append(List.of(message)));
    get(archive.amend(List.of(edit(message, "second", 2), deletion(message, 3))));

    get(archive.amend(List.of(edit(message, "first", 1))));
    get(archive.append(List.of(message)));

    var now = find(message.id()).orElseThrow();
    assertThat(now.message().content()).isEqualTo(new Content.Text("second"));
    assertThat(now.deletedAt()).contains(START.plusSeconds(3));
  }

  @Test
  void what_was_made_of_a_message_before_it_came_is_there_when_it_comes() throws Exception {
    var message = message(ANN_BEN, 1);
    get(archive.amend(List.of(edit(message, "now", 1), reaction(message, BEN, "+1", true))));
    assertThat(find(message.id())).isEmpty();

    get(archive.append(List.of(message)));

    var now = find(message.id()).orElseThrow();
    assertThat(now.message().content()).isEqualTo(new Content.Text("now"));
    assertThat(now.reactions().get("+1")).containsExactly(BEN);
  }

  @Test
  void many_large_messages_of_one_week_are_appended_together() throws Exception {
    var large = new Content.Text("x".repeat(60_000));
    var messages = messages(ANN_BEN, 60).stream().map(message -> message.saying(large)).toList();
    get(archive.append(messages));

    assertThat(get(archive.page(ANN_BEN, MessageId.last(ANN_BEN), 500)))
        .extracting(Archived::message)
        .isEqualTo(messages.reversed());
  }

  @Test
  void the_check_passes() throws Exception {
    assertThat(get(node.cluster().check())).isNotNull();
  }
}
