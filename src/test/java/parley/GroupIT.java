package parley;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ChatUser.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One order for everyone: thirty post at the same time, ten of them come and go, and the node is
 * killed in the middle. Afterwards all agree on what was said while they were there.
 */
class GroupIT {

  private static final int STAYING = 20;
  private static final int ALL = 30;
  private static final int POSTS = 30;
  private static final int UNTIL_KILLED = STAYING * POSTS / 2;
  private static final int ATTEMPTS = 600;

  @TempDir private Path folder;

  private final CountDownLatch untilKilled = new CountDownLatch(UNTIL_KILLED);
  private final ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();

  private List<ChatUser> users;
  private String group;
  private String conversation;

  @Test
  void all_members_agree_on_what_was_said_while_they_were_there() throws Exception {
    var data = folder.resolve("data");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var node = RunningNode.start(data);
      try {
        users =
            IntStream.range(0, ALL).mapToObj(i -> ChatUser.register(node.uri(), name(i))).toList();
        makeGroup();
        var posting =
            IntStream.range(0, ALL).mapToObj(i -> threads.submit(() -> postAll(i))).toList();
        var moving = threads.submit(this::comeAndGo);
        assertThat(untilKilled.await(2, TimeUnit.MINUTES)).isTrue();
        node.kill();
        try (var again = RunningNode.start(data)) {
          users.forEach(user -> user.moveTo(again.uri()));
          for (var each : posting) {
            each.get(3, TimeUnit.MINUTES);
          }
          moving.get(3, TimeUnit.MINUTES);
          assertAgreed();
        }
      } finally {
        node.close();
      }
    }
  }

  private static String name(int number) {
    return "member-" + number;
  }

  private void makeGroup() {
    var members =
        String.join(",", IntStream.range(1, STAYING).mapToObj(i -> "\"" + name(i) + "\"").toList());
    var made =
        users
            .getFirst()
            .call("POST", "/groups", "{\"title\":\"All\",\"members\":[" + members + "]}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    group = json(made).get("id").textValue();
    conversation = json(made).get("conversation").textValue();
  }

  /** Says one thing after the other; who is not a member at the time is refused, and goes on. */
  private void postAll(int number) {
    var user = users.get(number);
    for (int post = 0; post < POSTS; post++) {
      var text = name(number) + "/" + post;
      var id = answered(() -> user.send(conversation, text, "c-" + text));
      if (number < STAYING) {
        assertThat(id).as(text).isNotEmpty();
        untilKilled.countDown();
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

  private void assertAgreed() {
    var whole = history(users.getFirst());
    var ids = whole.stream().map(GroupIT::id).toList();
    assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    assertThat(ids).isSorted().containsAll(acknowledged);
    assertThat(new HashSet<>(acknowledged)).hasSameSizeAs(acknowledged);
    for (int i = 0; i < ALL; i++) {
      var user = users.get(i);
      var there = whileThere(whole, user.id(), i < STAYING);
      assertThat(history(user).stream().map(GroupIT::said))
          .as("history of " + user.id())
          .containsExactlyElementsOf(there.stream().map(GroupIT::said).toList());
      assertOwnInOrder(there, user.id());
      assertThat(user.unread(97).stream().map(GroupIT::id))
          .as("unread of " + user.id())
          .containsExactlyElementsOf(
              there.stream()
                  .filter(it -> isText(it) && !from(it).equals(user.id()))
                  .map(GroupIT::id)
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
