package parley.load.client;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Registers users and signs them in, over REST, some at the same time. */
public final class Accounts {

  /** As many as keep a small server busy, and no more. */
  private static final int TOGETHER_MAX = 32;

  private static final byte[] TOKEN = Frame.textKey("token");
  private static final int CREATED = 201;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Semaphore room = new Semaphore(TOGETHER_MAX);

  /** One user and the node that they speak to. */
  public record Login(String user, InetSocketAddress node) {}

  /** Registers all. Fails with {@link IllegalStateException} when one of them is refused. */
  public void register(List<Login> users) throws InterruptedException {
    each(users, user -> post(user, "/accounts"));
  }

  /** Signs all in; their tokens, in the same order. */
  public List<String> signIn(List<Login> users) throws InterruptedException {
    return each(users, user -> token(post(user, "/sessions")));
  }

  private <T> List<T> each(List<Login> users, Function<Login, T> call) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<java.util.concurrent.Future<T>>();
      for (var user : users) {
        room.acquire();
        calls.add(
            threads.submit(() -> {
              try {
                return call.apply(user);
              } finally {
                room.release();
              }
            }));
      }
      var answers = new ArrayList<T>();
      for (var each : calls) {
        answers.add(each.get());
      }
      return answers;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    }
  }

  private String post(Login login, String path) {
    var node = login.node();
    var uri = "http://%s:%d%s".formatted(node.getHostString(), node.getPort(), path);
    var body = "{\"userId\":\"%s\",\"password\":\"secret\"}".formatted(login.user());
    var request =
        HttpRequest.newBuilder(URI.create(uri))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    var answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).handle(Answer::new).join();
    if (answer.failure() != null) {
      throw new CompletionException(path + " failed", answer.failure());
    }
    if (answer.response().statusCode() != CREATED) {
      throw new IllegalStateException(path + " was refused: " + answer.response().body());
    }
    return answer.response().body();
  }

  private record Answer(HttpResponse<String> response, Throwable failure) {}

  private static String token(String body) {
    var frame =
        new Frame(java.nio.ByteBuffer.wrap(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    int from = frame.find(TOKEN);
    return body.substring(from, body.indexOf('"', from));
  }
}
