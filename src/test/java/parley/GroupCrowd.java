package parley;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ChatUser.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Thirty who post into one group at the same time, while ten of them come and go; and then what
 * must hold: all agree on what was said while they were there, in one order.
 */
final class GroupCrowd {

  private static final int STAYING = 20;
  private static final int ALL = 30;
  private static final int POSTS = 30;
  private static final int UNTIL_HALF = STAYING * POSTS / 2;
  private static final int ATTEMPTS = 600;
  private static final Duration SETTLE_WITHIN = Duration.ofSeconds(30);

  private final CountDownLatch untilHalf = new CountDownLatch(UNTIL_HALF);
  private final ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();

  private final List<ChatUser> users;
  private final String group;
  private final String conversation;

  private GroupCrowd(List<ChatUser> users, JsonNode group) {
    this.users = users;
    this.group = group.get("id").textValue();
    this.conversation = group.get("conversation").textValue();
  }

  /** New users, each on one of the nodes in turn, and the group of the first twenty. */
  static GroupCrowd register(List<URI> nodes) {
    var users =
        IntStream.range(0, ALL)
            .mapToObj(i -> ChatUser.register(nodes.get(i % nodes.size()), name(i)))
            .toList();
    return new GroupCrowd(users, group(users.getFirst()));
  }

  /**
   * Lets all of them post, and lets that happen in the middle; returns when all is said.
   *
   * @param happening takes users to other nodes as well: what they did not get through they repeat
   */
  void post(Runnable happening) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var posting =
          IntStream.range(0, ALL).mapToObj(i -> threads.submit(() -> postAll(i))).toList();
      var moving = threads.submit(this::comeAndGo);
      assertThat(untilHalf.await(2, TimeUnit.MINUTES)).isTrue();
      happening.run();
      for (var each : posting) {
        each.get(3, TimeUnit.MINUTES);
      }
      moving.get(3, TimeUnit.MINUTES);
    }
  }

  /** All who are at the first node go on at the other. */
  void move(URI from, URI to) {
    users.stream().filter(user -> user.node().equals(from)).forEach(user -> user.moveTo(to));
  }

  private static String name(int number) {
    return "member-" + number;
  }

  private static JsonNode group(ChatUser owner) {
    var members =
        String.join(",", IntStream.range(1, STAYING).mapToObj(i -> "\"" + name(i) + "\"").toList());
    var made = owner.call("POST", "/groups", "{\"title\":\"All\",\"members\":[" + members + "]}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made);
  }

  /** Says one thing after the other; who is not a member at the time is refused, and goes on. */
  private void postAll(int number) {
    var user = users.get(number);
    for (int post = 0; post < POSTS; post++) {
      var text = name(number) + "/" + post;
      var id = answered(() -> user.send(conversation, text, "c-" + text));
      if (number < STAYING) {
        assertThat(id).as(text).isNotEmpty();
        untilHalf.countDown();
      }
      if (!id.isEmpty()) {
        acknowledged.add(id);
      }
    }
  }

  /** The others are added and removed, each twice. */
  private void comeAndGo() {
    var owner = users.getFirst();
    for (int round = 0; round < 2; round++) {
      for (int i = STAYING; i < ALL; i++) {
        var path = "/groups/" + group + "/members/" + name(i);
        answered(() -> owner.call("PUT", path, ""));
      }
      for (int i = STAYING; i < ALL; i++) {
        var path = "/groups/" + group + "/members/" + name(i);
        answered(() -> owner.call("DELETE", path, ""));
      }
    }
  }

  /** Repeats while the node is away or busy; the id that it answers, empty when it refuses. */
  private static String answered(Supplier<HttpResponse<String>> call) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        var answer = call.get();
        if (answer.statusCode() < 300) {
          return answer.body().isEmpty() ? "" : json(answer).path("id").asText();
        }
        if (answer.statusCode() < 500) {
          return "";
        }
      } catch (UncheckedIOException e) {
        // The node is dead, and comes back.
      }
      pause();
    }
    throw new AssertionError("Never answered");
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * All have read the same, in the same order, and each what was said while they were there; soon,
   * since Kafka may still be bringing what was said last.
   */
  void assertAgreed() {
    long deadline = System.nanoTime() + SETTLE_WITHIN.toNanos();
    while (true) {
      try {
        check();
        return;
      } catch (AssertionError e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
      }
      pause();
    }
  }

  private void check() {
    var whole = history(users.getFirst());
    var ids = whole.stream().map(GroupCrowd::id).toList();
    assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    assertThat(ids).isSorted().containsAll(acknowledged);
    assertThat(new HashSet<>(acknowledged)).hasSameSizeAs(acknowledged);
    for (int i = 0; i < ALL; i++) {
      var user = users.get(i);
      var there = whileThere(whole, user.id(), i < STAYING);
      assertThat(history(user).stream().map(GroupCrowd::said))
          .as("history of " + user.id())
          .containsExactlyElementsOf(there.stream().map(GroupCrowd::said).toList());
      assertOwnInOrder(there, user.id());
      assertThat(user.unread(97).stream().map(GroupCrowd::id))
          .as("unread of " + user.id())
          .containsExactlyElementsOf(
              there.stream()
                  .filter(it -> isText(it) && !from(it).equals(user.id()))
                  .map(GroupCrowd::id)
                  .toList());
    }
  }

  /** All that the user may read back, oldest first. */
  private List<JsonNode> history(ChatUser user) {
    var messages = new ArrayList<JsonNode>();
    var path = "/conversations/" + conversation + "/messages?limit=113";
    while (path != null) {
      var page = user.call("GET", path, "");
      assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
      json(page).forEach(messages::add);
      path = ChatUser.next(page);
    }
    return messages.reversed();
  }

  /** From each notice that they were added to the one that they were removed. */
  private static List<JsonNode> whileThere(List<JsonNode> whole, String user, boolean stays) {
    if (stays) {
      return whole;
    }
    var there = new ArrayList<JsonNode>();
    boolean isMember = false;
    for (var message : whole) {
      var content = message.get("content");
      boolean comes = names(content.path("members"), user);
      boolean goes =
          content.get("type").textValue().equals("member-removed")
              && content.get("member").textValue().equals(user);
      isMember = isMember || comes;
      if (isMember) {
        there.add(message);
      }
      isMember = isMember && !goes;
    }
    return there;
  }

  private static boolean names(JsonNode members, String user) {
    for (var member : members) {
      if (member.textValue().equals(user)) {
        return true;
      }
    }
    return false;
  }

  private static void assertOwnInOrder(List<JsonNode> messages, String user) {
    assertThat(
            messages.stream()
                .filter(it -> isText(it) && from(it).equals(user))
                .map(it -> it.at("/content/text").textValue())
                .map(text -> Integer.valueOf(text.substring(text.indexOf('/') + 1))))
        .as("order of " + user)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  private static String said(JsonNode message) {
    return id(message) + " " + from(message) + " " + message.get("content");
  }

  private static String id(JsonNode message) {
    return message.get("id").textValue();
  }

  private static String from(JsonNode message) {
    return message.get("from").textValue();
  }

  private static boolean isText(JsonNode message) {
    return message.at("/content/type").textValue().equals("text");
  }
}
