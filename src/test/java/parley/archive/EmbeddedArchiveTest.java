package parley.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.embedded.Change;
import parley.embedded.EmbeddedStore;
import parley.embedded.StoreFolder;
import parley.embedded.Table;
import parley.message.Archived;
import parley.message.ConversationId;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.UserId;

class EmbeddedArchiveTest extends ArchiveContract {

  /** The CBOR, its text left readable: an open map of names and values, up to the last byte. */
  private static final String FIRST_FORM =
      open("type", "message")
          + entry("id", "01KDYAK3SF0003WXWTT4W8T8AB")
          + entry("conversation", "direct:ann:ben")
          + entry("from", "ann")
          + entry("clientId", "c1")
          + text("content")
          + open("type", "text")
          + entry("text", "text 1")
          + "ff"
          + text("replyTo")
          + "f6"
          + "ff";

  @TempDir Path folder;
  private EmbeddedStore store;
  private Archive archive;

  @BeforeEach
  void open() {
    store = new StoreFolder(folder).open();
    archive = new EmbeddedArchive(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  Archive archive() {
    return archive;
  }

  @Test
  void messages_are_there_after_a_restart() throws Exception {
    var messages = messages(ANN_BEN, 5);
    get(archive.append(messages));
    close();
    open();

    assertThat(page(ANN_BEN, MessageId.last(ANN_BEN), 100)).isEqualTo(messages.reversed());
  }

  /** Each start makes a file of what was written before: they are searched each on its own. */
  @Test
  void a_message_and_its_amendments_are_found_in_several_files() throws Exception {
    var messages = messages(ANN_BEN, 5);
    var edit = edit(messages.get(1), "now", 1);
    var reaction = reaction(messages.get(1), BEN, "!", true);
    get(archive.append(messages.subList(0, 3)));
    close();
    open();
    get(archive.append(messages.subList(3, 4)));
    get(archive.amend(List.of(edit)));
    close();
    open();
    get(archive.amend(List.of(reaction)));
    close();
    open();

    assertThat(folder.toFile().list((in, name) -> name.endsWith(".sst")))
        .hasSizeGreaterThanOrEqualTo(3);
    var amended = Archived.of(messages.get(1)).with(edit).with(reaction);
    assertThat(find(messages.get(1).id())).contains(amended);
    assertThat(find(messages.get(3).id())).contains(Archived.of(messages.get(3)));
    assertThat(find(messages.get(4).id())).isEmpty();
    assertThat(get(archive.page(ANN_BEN, MessageId.last(ANN_BEN), 3)))
        .containsExactly(Archived.of(messages.get(3)), Archived.of(messages.get(2)), amended);
  }

  @Test
  void a_conversation_of_the_same_hash_is_passed_over() throws Exception {
    var other = ConversationId.between(new UserId("x"), new UserId("y"));
    for (int number = 1; number <= 10; number++) {
      var message = message(ANN_BEN, number);
      var conversation = number % 2 == 0 ? ANN_BEN : other;
      get(
          archive.append(
              List.of(
                  new Message(
                      message.id(),
                      conversation,
                      ANN,
                      message.clientId(),
                      message.content(),
                      Optional.empty()))));
    }

    assertThat(page(ANN_BEN, MessageId.last(ANN_BEN), 3))
        .containsExactly(message(ANN_BEN, 10), message(ANN_BEN, 8), message(ANN_BEN, 6));
  }

  @Test
  void a_message_is_stored_in_the_first_form() throws Exception {
    var message = message(ANN_BEN, 1);
    get(archive.append(List.of(message)));

    var stored = get(store.read(rows -> rows.get(Table.ARCHIVE, key(message)).orElseThrow()));
    assertThat(HexFormat.of().formatHex(stored)).isEqualTo(FIRST_FORM);
  }

  @Test
  void a_message_in_the_first_form_is_read() throws Exception {
    var message = message(ANN_BEN, 1);
    var stored = HexFormat.of().parseHex(FIRST_FORM);
    get(store.write(List.of(new Change.Put(Table.ARCHIVE, key(message), stored))));

    assertThat(find(message.id())).contains(Archived.of(message));
  }

  @Test
  void names_that_a_later_release_stores_are_passed_over() throws Exception {
    var message = message(ANN_BEN, 1);
    var later = FIRST_FORM.substring(0, FIRST_FORM.length() - 2) + entry("later", "x") + "ff";
    var stored = HexFormat.of().parseHex(later);
    get(store.write(List.of(new Change.Put(Table.ARCHIVE, key(message), stored))));

    assertThat(find(message.id())).contains(Archived.of(message));
  }

  @Test
  void amendments_lie_behind_their_message_in_their_first_form() throws Exception {
    var message = message(ANN_BEN, 1);
    get(archive.append(List.of(message)));
    get(
        archive.amend(
            List.of(
                reaction(message, BEN, "!", true), deletion(message, 2), edit(message, "now", 1))));
    var keys = new ArrayList<String>();
    var rows = new ArrayList<JsonNode>();
    var hex = HexFormat.of();
    get(
        store.read(all -> {
          var first = new byte[0];
          var last = hex.parseHex("ff".repeat(32));
          all.ascending(
              Table.ARCHIVE,
              first,
              last,
              (key, value) -> {
                keys.add(hex.formatHex(key));
                rows.add(row(value));
                return true;
              });
          return keys;
        }));

    var at = hex.formatHex(key(message));
    assertThat(keys)
        .containsExactly(
            at, at + "01", at + "02", at + "03" + hex.formatHex("ben\0!".getBytes(UTF_8)));
    var head = "\"conversation\":\"direct:ann:ben\",\"message\":\"01KDYAK3SF0003WXWTT4W8T8AB\",";
    assertThat(rows.subList(1, 4))
        .extracting(JsonNode::toString)
        .containsExactly(
            "{\"type\":\"edit\","
                + head
                + "\"by\":\"ann\",\"content\":{\"type\":\"text\",\"text\":\"now\"},"
                + "\"at\":\"2026-01-02T03:04:06.678Z\"}",
            "{\"type\":\"deletion\","
                + head
                + "\"by\":\"ann\",\"at\":\"2026-01-02T03:04:07.678Z\"}",
            "{\"type\":\"reaction\","
                + head
                + "\"by\":\"ben\",\"emoji\":\"!\",\"on\":true,"
                + "\"at\":\"2026-01-02T03:04:05.678Z\"}");
  }

  private static JsonNode row(byte[] stored) {
    try {
      return CBORMapper.builder().build().readTree(stored);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String open(String name, String value) {
    return "bf" + entry(name, value);
  }

  private static String entry(String name, String value) {
    return text(name) + text(value);
  }

  /** CBOR's text: its length in the first byte, or in the second one from 24 on. */
  private static String text(String text) {
    int length = text.length();
    var head = length < 24 ? "%02x".formatted(0x60 + length) : "78%02x".formatted(length);
    return head + HexFormat.of().formatHex(text.getBytes(UTF_8));
  }

  private static byte[] key(Message message) {
    return ByteBuffer.allocate(16)
        .putLong(message.id().conversation())
        .putLong(message.id().clock())
        .array();
  }
}
