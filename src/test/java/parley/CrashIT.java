package parley;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ChatUser.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The delivery contract under kill -9: twenty clients send a hundred messages each, one after the
 * other, and the node dies when half of them have been acknowledged.
 */
class CrashIT {

  private static final int CLIENTS = 20;
  private static final int SENDS = 100;
  private static final int ACKNOWLEDGED_AT_CRASH = CLIENTS * SENDS / 2;
  private static final int PAGE = 37;

  @TempDir private Path folder;

  private final CountDownLatch untilCrash = new CountDownLatch(ACKNOWLEDGED_AT_CRASH);

  /** One who sends to the next two in turn, and the ids that were acknowledged, by number. */
  private record Client(int number, ChatUser user, List<String> ids) {

    private static Client register(URI node, int number) {
      return new Client(number, ChatUser.register(node, name(number)), new ArrayList<>());
    }

    private static String name(int number) {
      return "user-" + number % CLIENTS;
    }

    private String recipient(int send) {
      return name(number + 1 + send % 2);
    }

    /** So that a mailbox tells who sent it, and as which. */
    private String text(int send) {
      return user.id() + "/" + send;
    }

    private String clientId(int send) {
      return "c-" + send;
    }
  }

  @Test
  void what_was_acknowledged_is_there_exactly_once_and_in_order() {
    List<Client> clients;
    var data = folder.resolve("data");
    try (var node = RunningNode.start(data)) {
      clients = IntStream.range(0, CLIENTS).mapToObj(i -> Client.register(node.uri(), i)).toList();
      crashWhileSending(node, clients);
    }

    try (var node = RunningNode.start(data)) {
      clients.forEach(client -> client.user().moveTo(node.uri()));
      atOnce(clients, client -> assertMailbox(client, clients));
      atOnce(clients, client -> assertArchive(client, clients));
      atOnce(clients, CrashIT::repeatAndGoOn);
      atOnce(clients, client -> assertMailbox(client, clients));
      atOnce(clients, client -> assertArchive(client, clients));
      assertThat(clients).allSatisfy(client -> assertThat(client.ids()).hasSize(SENDS));
    }
  }

  private void crashWhileSending(RunningNode node, List<Client> clients) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var sending = clients.stream().map(c -> threads.submit(() -> sendUntilCrash(c))).toList();
      try {
        assertThat(untilCrash.await(2, TimeUnit.MINUTES)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      node.kill();
      sending.forEach(CrashIT::await);
    }
    assertThat(clients.stream().mapToInt(client -> client.ids().size()).sum())
        .isBetween(ACKNOWLEDGED_AT_CRASH, CLIENTS * SENDS - 1);
  }

  private void sendUntilCrash(Client client) {
    try {
      for (int send = 0; send < SENDS; send++) {
        client.ids().add(send(client, send));
        untilCrash.countDown();
      }
    } catch (UncheckedIOException e) {
      // The node is dead: whether it had accepted this one is what nobody knows.
      assertThat(untilCrash.getCount()).isZero();
    }
  }

  private static String send(Client client, int send) {
    return client.user().sent(client.recipient(send), client.text(send), client.clientId(send));
  }

  private static void repeatAndGoOn(Client client) {
    for (int send = 0; send < SENDS; send++) {
      var id = send(client, send);
      if (send < client.ids().size()) {
        assertThat(id).as(client.text(send)).isEqualTo(client.ids().get(send));
      } else {
        client.ids().add(id);
      }
    }
  }

  /** All that was acknowledged, each once, each sender's in order; at most one more of each. */
  private static void assertMailbox(Client reader, List<Client> clients) {
    clients.forEach(sender -> awaitAcknowledged(sender, reader));
    var mailbox = reader.user().unread(PAGE);
    assertThat(mailbox).extracting(m -> m.get("pos").longValue()).isSorted();
    assertThat(mailbox).extracting(m -> m.get("pos").longValue()).doesNotHaveDuplicates();
    assertThat(mailbox).extracting(m -> m.get("id").textValue()).doesNotHaveDuplicates();
    for (var sender : clients) {
      var expected = acknowledged(sender, reader);
      var received =
          mailbox.stream()
              .filter(message -> message.get("from").textValue().equals(sender.user().id()))
              .map(CrashIT::text)
              .toList();
      assertThat(received.size() - expected.size()).isBetween(0, 1);
      assertThat(received.subList(0, expected.size())).isEqualTo(expected);
    }
  }

  private static List<String> acknowledged(Client sender, Client reader) {
    return acknowledgedSends(sender, reader).mapToObj(sender::text).toList();
  }

  private static IntStream acknowledgedSends(Client sender, Client reader) {
    return IntStream.range(0, sender.ids().size())
        .filter(send -> sender.recipient(send).equals(reader.user().id()));
  }

  /** With the last of them the others have arrived too. */
  private static void awaitAcknowledged(Client sender, Client reader) {
    acknowledgedSends(sender, reader)
        .max()
        .ifPresent(last -> reader.user().awaitArrival(sender.ids().get(last)));
  }

  /** Both sides find every message that was acknowledged by its id. */
  private static void assertArchive(Client sender, List<Client> clients) {
    for (int send = 0; send < sender.ids().size(); send++) {
      var path = "/messages/" + sender.ids().get(send);
      var recipient = clients.get((sender.number() + 1 + send % 2) % CLIENTS);
      for (var reader : List.of(sender, recipient)) {
        var found = reader.user().call("GET", path, "");
        assertThat(found.statusCode()).as(sender.text(send)).isEqualTo(200);
        assertThat(text(json(found))).isEqualTo(sender.text(send));
      }
    }
  }

  private static String text(JsonNode message) {
    return message.get("content").get("text").textValue();
  }

  private static void atOnce(List<Client> clients, Consumer<Client> action) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      clients.stream()
          .map(client -> threads.submit(() -> action.accept(client)))
          .toList()
          .forEach(CrashIT::await);
    }
  }

  private static void await(Future<?> future) {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
