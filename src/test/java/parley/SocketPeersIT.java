package parley;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ChatUser.json;
import static parley.SocketFixture.awaitReceipt;
import static parley.SocketFixture.direct;
import static parley.SocketFixture.pos;
import static parley.SocketFixture.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What two users see of one another: receipts, typing, presence. */
@ParameterizedClass
@EnumSource(SocketLibrary.class)
class SocketPeersIT {

  @TempDir private static Path folder;

  private static SocketFixture fixture;

  @Parameter private SocketLibrary library;

  private ChatUser ann;
  private ChatUser ben;

  @BeforeAll
  static void start() {
    fixture = SocketFixture.start(folder.resolve("data"));
  }

  @AfterAll
  static void stop() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @BeforeEach
  void two_users() {
    ann = fixture.user("ann");
    ben = fixture.user("ben");
  }

  @AfterEach
  void close() {
    fixture.closeSockets();
  }

  @Test
  void receipts_tell_the_sender_how_far_a_message_has_got() {
    var sender = fixture.live(library, ann);
    var reader = fixture.live(library, ben);
    var other = fixture.live(library, fixture.device(ben));
    var first = ann.sent(ben.id(), "one", "c-1");
    var last = ann.sent(ben.id(), "two", "c-2");
    sender.await("message", 2);

    reader.ack(pos(reader.await("message", 2).getLast()));
    awaitReceipt(sender, "delivered", last);
    assertThat(statusOf(first)).isEqualTo("delivered");
    reader.send("{'t':'read','conversation':'%s','upTo':'%s'}", direct(ann, ben), last);
    var read = awaitReceipt(sender, "read", last);

    assertThat(text(read, "conversation")).isEqualTo(direct(ann, ben));
    assertThat(text(read, "by")).isEqualTo(ben.id());
    assertThat(pos(read)).isGreaterThan(3);
    assertThat(statusOf(first)).isEqualTo("read");
    assertThat(statusOf(last)).isEqualTo("read");
    assertThat(ben.call("GET", "/messages", "").statusCode()).isEqualTo(204);
    var mark = other.await("read");
    assertThat(pos(mark)).isEqualTo(3);
    assertThat(text(mark, "conversation")).isEqualTo(direct(ann, ben));
    assertThat(text(mark, "upTo")).isEqualTo(last);
  }

  private String statusOf(String id) {
    return text(json(ann.call("GET", "/messages/" + id, "")), "status");
  }

  @Test
  void reading_over_rest_is_told_to_both_sides() {
    var sender = fixture.live(library, ann);
    var device = fixture.live(library, ben);
    var id = ann.sent(ben.id(), "read me", "c-1");
    ben.awaitArrival(id);

    ben.call("PUT", "/messages/" + id, "");

    assertThat(text(awaitReceipt(sender, "read", id), "by")).isEqualTo(ben.id());
    assertThat(pos(device.await("read"))).isEqualTo(2);
  }

  @Test
  void who_types_is_shown_to_the_other_side() {
    fixture.send(ann, ben, 1);
    var typist = fixture.live(library, ann);
    var reader = fixture.live(library, ben);

    typist.send("{'t':'typing','conversation':'%s','on':true}", direct(ann, ben));
    var on = reader.await("typing");
    typist.send("{'t':'typing','conversation':'%s','on':false}", direct(ann, ben));
    var off = reader.await("typing");

    assertThat(text(on, "conversation")).isEqualTo(direct(ann, ben));
    assertThat(text(on, "user")).isEqualTo(ann.id());
    assertThat(on.get("on").booleanValue()).isTrue();
    assertThat(on.has("pos")).isFalse();
    assertThat(off.get("on").booleanValue()).isFalse();
  }

  @Test
  void who_comes_and_goes_is_shown_to_those_who_talk_with_them() {
    fixture.send(ann, ben, 1);
    var watcher = fixture.live(library, ann);

    var watched = fixture.live(library, ben);
    var online = awaitPresence(watcher, true);
    watched.close();
    var offline = awaitPresence(watcher, false);

    assertThat(online.has("pos")).isFalse();
    assertThat(Instant.parse(text(offline, "lastSeen")))
        .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(5));
  }

  private JsonNode awaitPresence(SocketClient watcher, boolean online) {
    while (true) {
      var presence = watcher.await("presence");
      assertThat(text(presence, "user")).isEqualTo(ben.id());
      if (presence.get("online").booleanValue() == online) {
        return presence;
      }
    }
  }
}
