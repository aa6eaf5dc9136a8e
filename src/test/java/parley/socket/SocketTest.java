package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a socket promises, on a whole node and through a client that others wrote. */
class SocketTest {

  @TempDir private static Path folder;

  private static SocketNode node;

  @BeforeAll
  static void start() {
    node = SocketNode.start(folder.resolve("data"));
  }

  @AfterAll
  static void stop() {
    if (node != null) {
      node.close();
    }
  }

  private static boolean is(JsonNode frame, String type) {
    return frame.path("t").asText().equals(type);
  }

  private static List<Long> positions(List<JsonNode> frames, String type) {
    return frames.stream()
        .filter(frame -> is(frame, type))
        .map(frame -> frame.get("pos").longValue())
        .toList();
  }

  private static List<String> texts(List<JsonNode> frames) {
    return frames.stream()
        .filter(frame -> is(frame, "message"))
        .map(frame -> frame.at("/message/content/text").textValue())
        .toList();
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  @Test
  void what_one_says_the_other_hears_and_the_first_learns_how_far_it_got() {
    node.register("ann", "bob");
    try (var ann = node.attached("ann", "phone");
        var bob = node.open("bob", "phone")) {
      assertThat(ann.protocol()).isEqualTo("parley.v1");
      bob.say("{'t':'attach'}");
      assertThat(bob.next().toString())
          .isEqualTo(
              "{\"t\":\"hello\",\"user\":\"bob\",\"device\":\"phone\",\"pos\":0,\"from\":0,"
                  + "\"resume\":\"complete\"}");
      assertThat(bob.next().toString()).isEqualTo("{\"t\":\"caught-up\",\"pos\":0}");

      ann.sendTo("bob", "r1", "hello");

      var sent = ann.next("sent");
      assertThat(sent.get("ref").textValue()).isEqualTo("r1");
      assertThat(sent.get("conversation").textValue()).isEqualTo("direct:ann:bob");
      assertThat(sent.get("pos").longValue()).isEqualTo(1);
      var heard = bob.next("message");
      assertThat(heard.get("pos").longValue()).isEqualTo(1);
      assertThat(heard.at("/message/id")).isEqualTo(sent.get("id"));
      assertThat(heard.at("/message/content/text").textValue()).isEqualTo("hello");
      assertThat(heard.at("/message/from").textValue()).isEqualTo("ann");
      assertThat(heard.get("message").has("clientId")).isFalse();

      bob.ack(1);
      assertThat(ann.next("receipt").get("delivered")).isEqualTo(sent.get("id"));

      bob.say(
          "{'t':'read','conversation':'direct:ann:bob','upTo':'%s'}"
              .formatted(sent.get("id").textValue()));
      assertThat(bob.next("read").get("upTo")).isEqualTo(sent.get("id"));
      assertThat(ann.next("receipt").get("read")).isEqualTo(sent.get("id"));
    }
  }

  @Test
  void a_thousand_sends_at_once_are_answered_and_arrive_in_order() {
    node.register("many", "few");
    try (var many = node.attached("many", "phone");
        var few = node.attached("few", "phone")) {
      IntStream.range(0, 1_000).forEach(i -> many.sendTo("few", "r" + i, "m" + i));

      var answered = many.upTo(f -> is(f, "sent") && f.get("ref").textValue().equals("r999"));
      assertThat(answered).noneMatch(f -> is(f, "message") || is(f, "error"));
      assertThat(answered.stream().filter(f -> is(f, "sent")).map(f -> f.get("ref").textValue()))
          .containsExactlyElementsOf(IntStream.range(0, 1_000).mapToObj(i -> "r" + i).toList());

      var heard = new ArrayList<JsonNode>();
      while (heard.size() < 1_000) {
        var frame = few.next("message");
        heard.add(frame);
        if (heard.size() % 100 == 0) {
          few.ack(frame.get("pos").longValue());
        }
      }
      assertThat(texts(heard)).isEqualTo(IntStream.range(0, 1_000).mapToObj(i -> "m" + i).toList());
      assertThat(positions(heard, "message")).isEqualTo(range(1, 1_000));
    }
  }

  @Test
  void the_stream_waits_when_256_entries_are_not_acknowledged() {
    node.register("fast", "slow");
    try (var fast = node.attached("fast", "phone");
        var slow = node.attached("slow", "phone")) {
      IntStream.range(0, 300).forEach(i -> fast.sendTo("slow", "r" + i, "m" + i));
      fast.upTo(f -> f.path("ref").asText().equals("r299"));

      assertThat(positions(slow.upTo(f -> f.path("pos").asLong() == 256), "message"))
          .isEqualTo(range(1, 256));
      assertThat(slow.say("{'t':'ping'}").next().toString()).isEqualTo("{\"t\":\"pong\"}");

      slow.ack(10);
      assertThat(positions(slow.upTo(f -> f.path("pos").asLong() == 266), "message"))
          .isEqualTo(range(257, 266));
    }
  }

  @Test
  void two_devices_and_a_cut_socket_see_everything_once() {
    node.register("two", "talker");
    try (var talker = node.attached("talker", "phone");
        var phone = node.attached("two", "phone")) {
      talker.sendTo("two", "r1", "one").sendTo("two", "r2", "two").sendTo("two", "r3", "three");
      assertThat(texts(phone.upTo(f -> f.path("pos").asLong() == 3)))
          .containsExactly("one", "two", "three");
      phone.ack(2).say("{'t':'ping'}").next("pong");
      talker.next("receipt");
    }
    try (var phone = node.open("two", "phone").say("{'t':'attach'}");
        var tablet = node.open("two", "tablet").say("{'t':'attach','after':0}")) {
      assertThat(phone.next("hello").get("from").longValue()).isEqualTo(2);
      assertThat(texts(phone.upTo(f -> is(f, "caught-up")))).containsExactly("three");
      assertThat(texts(tablet.upTo(f -> is(f, "caught-up"))))
          .containsExactly("one", "two", "three");

      phone.sendTo("talker", "mine", "from the phone");

      assertThat(phone.next("sent").get("pos").longValue()).isEqualTo(4);
      var copy = tablet.next("message");
      assertThat(copy.get("pos").longValue()).isEqualTo(4);
      assertThat(copy.at("/message/clientId").textValue()).isEqualTo("mine");
      assertThat(copy.at("/message/status").textValue()).isEqualTo("sent");
    }
  }

  @Test
  void who_does_not_attach_is_sent_away(@TempDir Path own) {
    var impatient = Map.of("parley.socket.attach-within", "400ms");
    try (var strict = SocketNode.start(own.resolve("data"), impatient)) {
      strict.register("shy");
      long since = System.nanoTime();
      try (var shy = strict.open("shy", "phone")) {
        assertThat(shy.next("error").at("/problem/detail").textValue()).contains("no attach");
        assertThat(shy.closeCode()).isEqualTo(4008);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThan(Duration.ofMillis(400));
    }
  }

  @Test
  void an_attach_beyond_the_end_is_told_to_start_anew() {
    node.register("lost");
    try (var lost = node.open("lost", "phone").say("{'t':'attach','after':77}")) {
      var hello = lost.next("hello");

      assertThat(hello.get("resume").textValue()).isEqualTo("reset");
      assertThat(hello.get("from").longValue()).isZero();
    }
  }

  @Test
  void a_repeated_send_is_answered_as_the_first_and_heard_once() {
    node.register("twice", "once");
    try (var twice = node.attached("twice", "phone");
        var once = node.attached("once", "phone")) {
      var first = twice.sendTo("once", "same", "hi").next("sent");
      var again = twice.sendTo("once", "same", "hi").next("sent");
      var other = twice.sendTo("once", "same", "other").next("error");
      twice.sendTo("once", "next", "end");

      assertThat(again).isEqualTo(first);
      assertThat(other.get("ref").textValue()).isEqualTo("same");
      assertThat(other.at("/problem/code").textValue()).isEqualTo("client-id-reused");
      assertThat(texts(once.upTo(f -> f.path("pos").asLong() == 2))).containsExactly("hi", "end");
    }
  }

  @Test
  void what_cannot_be_read_is_refused_and_the_socket_stays_open() {
    node.register("wrong");
    try (var wrong = node.open("wrong", "phone")) {
      assertThat(code(wrong.sendTo("wrong", "early", "x").next())).isEqualTo("malformed-request");
      wrong.say("{'t':'attach'}").next("caught-up");

      assertThat(code(wrong.say("{'t':'attach'}").next())).isEqualTo("malformed-request");
      assertThat(code(wrong.say("{'t':'dance'}").next())).isEqualTo("malformed-field");
      assertThat(code(wrong.say("{'x':1}").next())).isEqualTo("missing-field");
      assertThat(code(wrong.ack(9).next())).isEqualTo("malformed-field");
      var noText = wrong.say("{'t':'send','ref':'r','to':'wrong'}").next();
      assertThat(code(noText)).isEqualTo("missing-field");
      assertThat(noText.get("ref").textValue()).isEqualTo("r");
      var nobody = wrong.sendTo("nobody-at-all", "r2", "x").next();
      assertThat(code(nobody)).isEqualTo("unknown-recipient");
      assertThat(nobody.get("ref").textValue()).isEqualTo("r2");
      var tooLarge = wrong.sendTo("wrong", "r3", "x".repeat(64 * 1024 + 1)).next();
      assertThat(code(tooLarge)).isEqualTo("too-large");
      assertThat(tooLarge.get("ref").textValue()).isEqualTo("r3");
      assertThat(code(wrong.say("x".repeat(200 * 1024)).next())).isEqualTo("too-large");
      var unheard = "{'t':'read','conversation':'direct:wrong:x','upTo':'%s'}";
      assertThat(code(wrong.say(unheard.formatted("0".repeat(26))).next())).isEqualTo("not-found");

      assertThat(is(wrong.say("{'t':'ping','unknown':[1]}").next(), "pong")).isTrue();
    }
  }

  private static String code(JsonNode frame) {
    assertThat(is(frame, "error")).as(frame.toString()).isTrue();
    return frame.at("/problem/code").textValue();
  }

  @Test
  void what_is_not_json_closes_the_socket_for_good() {
    node.register("garbled");
    try (var garbled = node.attached("garbled", "phone")) {
      assertThat(code(garbled.say("not json").next())).isEqualTo("malformed-json");
      assertThat(garbled.closeCode()).isEqualTo(4500);
      assertThat(garbled.closeReason()).contains("Line 1");
    }
    try (var binary = node.attached("garbled", "phone")) {
      assertThat(code(binary.sayBinary(new byte[] {1, 2}).next())).isEqualTo("malformed-request");
      assertThat(binary.closeCode()).isEqualTo(4503);
    }
  }

  @Test
  void who_shows_no_good_token_is_not_let_in() {
    node.register("locked");

    assertThat(upgrade("", "").statusCode()).isEqualTo(401);
    assertThat(upgrade("rubbish", "").statusCode()).isEqualTo(401);
    assertThat(upgrade("", "?ticket=locked.rubbish").statusCode()).isEqualTo(401);
    assertThat(upgrade("", "?ticket=rubbish").statusCode()).isEqualTo(401);
    assertThat(node.call("", "GET", "/socket", "").statusCode()).isEqualTo(401);
    var token = node.token("locked", "phone", Duration.ofMinutes(1));
    assertThat(node.call(token, "GET", "/socket", "").statusCode()).isEqualTo(400);
  }

  @Test
  void a_ticket_opens_a_socket_for_as_long_as_its_token_is_good() {
    node.register("ticketed");
    var token = node.token("ticketed", "phone", Duration.ofSeconds(5));
    var ticket = node.call(token, "POST", "/socket-tickets", "").body();
    var sealed = ticket.replaceAll(".*\"ticket\":\"([^\"]*)\".*", "$1");
    try (var brief = SocketClient.openWithTicket(node.uri(), sealed)) {
      assertThat(is(brief.say("{'t':'attach'}").next(), "hello")).isTrue();
      assertThat(brief.closeCode()).isBetween(4500, 4999);
      assertThat(brief.closeReason()).contains("expired");
    }
  }

  private static HttpResponse<String> upgrade(String token, String query) {
    try {
      var handshake = HttpClient.newHttpClient().newWebSocketBuilder();
      if (!token.isEmpty()) {
        handshake.header("Authorization", "Bearer " + token);
      }
      handshake.buildAsync(URI.create(node.uri() + query), new WebSocket.Listener() {}).join();
      throw new AssertionError("It was let in");
    } catch (CompletionException e) {
      @SuppressWarnings("unchecked")
      var response =
          (HttpResponse<String>) ((WebSocketHandshakeException) e.getCause()).getResponse();
      return response;
    }
  }

  @Test
  void a_token_of_nobody_is_refused_before_the_upgrade() {
    var token = node.token("no-such-user", "phone", Duration.ofMinutes(1));

    assertThat(upgrade(token, "").statusCode()).isEqualTo(401);
  }

  @Test
  void a_token_that_expires_closes_the_socket_in_words() {
    node.register("brief");
    var token = node.token("brief", "phone", Duration.ofSeconds(2));
    try (var brief = SocketClient.open(node.uri(), token).say("{'t':'attach'}")) {
      assertThat(code(brief.upTo(f -> is(f, "error")).getLast())).isEqualTo("unauthenticated");
      assertThat(brief.closeCode()).isEqualTo(4502);
      assertThat(brief.closeReason()).contains("expired");
    }
  }

  @Test
  void signing_out_closes_the_devices_sockets() {
    node.register("leaving");
    try (var leaving = node.attached("leaving", "phone")) {
      var token = node.token("leaving", "phone", Duration.ofMinutes(1));
      assertThat(node.call(token, "DELETE", "/sessions/current", "").statusCode()).isEqualTo(204);

      assertThat(code(leaving.next("error"))).isEqualTo("unauthenticated");
      assertThat(leaving.closeCode()).isEqualTo(4501);
    }
  }

  @Test
  void typing_and_presence_reach_those_whom_one_talks_with() {
    node.register("here", "there");
    try (var here = node.attached("here", "phone")) {
      here.sendTo("there", "r", "hi").next("sent");
      try (var there = node.open("there", "phone").say("{'t':'attach'}")) {
        var online = here.next("presence");
        assertThat(online.get("user").textValue()).isEqualTo("there");
        assertThat(online.get("online").booleanValue()).isTrue();
        assertThat(there.next("presence").get("user").textValue()).isEqualTo("here");

        there.say("{'t':'typing','conversation':'direct:here:there','on':true}");
        assertThat(here.next("typing").toString())
            .isEqualTo(
                "{\"t\":\"typing\",\"conversation\":\"direct:here:there\",\"user\":\"there\","
                    + "\"on\":true}");
      }
      var offline = here.next("presence");
      assertThat(offline.get("online").booleanValue()).isFalse();
      assertThat(offline.has("lastSeen")).isTrue();
    }
  }

  @Test
  void who_is_written_to_for_the_first_time_learns_that_the_other_one_is_there() {
    node.register("first", "second");
    try (var first = node.attached("first", "phone");
        var second = node.attached("second", "phone")) {
      first.sendTo("second", "r", "hi");

      assertThat(second.next("presence").get("user").textValue()).isEqualTo("first");
      assertThat(first.next("presence").get("user").textValue()).isEqualTo("second");
    }
  }
}
