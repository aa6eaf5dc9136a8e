package parley;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A node, users who have not been there before, and their sockets, which are closed together. */
final class SocketFixture implements AutoCloseable {

  /** Passwords are none of these tests' business, and limits have tests of their own. */
  static final String SETTINGS =
      """
      parley.account.hash-cost = "m=8,t=1,p=1"
      """;

  private static final AtomicInteger NAMES = new AtomicInteger();

  private final RunningNode node;
  private final List<SocketClient> sockets = new ArrayList<>();

  private SocketFixture(RunningNode node) {
    this.node = node;
  }

  static SocketFixture start(Path data) {
    return new SocketFixture(RunningNode.start(data, SETTINGS, ""));
  }

  RunningNode node() {
    return node;
  }

  /** Somebody new, whose id begins like this. */
  ChatUser user(String name) {
    return ChatUser.register(node.uri(), name + "-" + NAMES.incrementAndGet());
  }

  /** A further device of the user. */
  ChatUser device(ChatUser user) {
    return ChatUser.signIn(node.uri(), user.id());
  }

  SocketClient open(SocketLibrary library, ChatUser user) {
    return kept(SocketClient.open(library, user));
  }

  SocketClient live(SocketLibrary library, ChatUser user) {
    return kept(SocketClient.live(library, user));
  }

  private SocketClient kept(SocketClient socket) {
    sockets.add(socket);
    return socket;
  }

  /** Sends texts "m0", "m1" and so on, and waits until they have arrived. */
  void send(ChatUser from, ChatUser to, int count) {
    try (var socket = SocketClient.live(SocketLibrary.JDK, from)) {
      for (int i = 0; i < count; i++) {
        socket.sendMessage("n-" + NAMES.incrementAndGet(), to.id(), "m" + i);
      }
      to.awaitArrival(text(socket.await("sent", count).getLast(), "id"));
    }
  }

  /** The id of the two users' conversation. */
  static String direct(ChatUser one, ChatUser other) {
    return one.id().compareTo(other.id()) < 0
        ? "direct:%s:%s".formatted(one.id(), other.id())
        : "direct:%s:%s".formatted(other.id(), one.id());
  }

  static String text(JsonNode frame, String field) {
    return frame.get(field).textValue();
  }

  static long pos(JsonNode frame) {
    return frame.get("pos").longValue();
  }

  /** What was said in a frame "message". */
  static String said(JsonNode frame) {
    return frame.get("message").get("content").get("text").textValue();
  }

  /** The next receipt that says so; those before it are of earlier messages. */
  static JsonNode awaitReceipt(SocketClient socket, String fate, String id) {
    while (true) {
      var receipt = socket.await("receipt");
      var upTo = receipt.path(fate).asText();
      assertThat(upTo).isLessThanOrEqualTo(id);
      if (upTo.equals(id)) {
        return receipt;
      }
    }
  }

  void closeSockets() {
    sockets.forEach(SocketClient::close);
    sockets.clear();
  }

  @Override
  public void close() {
    node.close();
  }
}
