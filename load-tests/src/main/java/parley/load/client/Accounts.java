package parley.load.client;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Registers users and signs them in, over REST, some at the same time. */
public final class Accounts {

  /** As many as keep a small server busy, and no more. */
  private static final int TOGETHER_MAX = 32;

  private final Rest rest = new Rest();
  private final Semaphore room = new Semaphore(TOGETHER_MAX);

  /** One user and the node that they speak to. */
  public record Login(String user, InetSocketAddress node) {}

  /** Registers all. Fails with {@link IllegalStateException} when one of them is refused. */
  public void register(List<Login> users) throws InterruptedException {
    each(users, user -> post(user, "/accounts"));
  }

  /** Signs all in; their tokens, in the same order. */
  public List<String> signIn(List<Login> users) throws InterruptedException {
    return each(users, user -> Rest.text(post(user, "/sessions"), "token"));
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
    var body = "{\"userId\":\"%s\",\"password\":\"secret\"}".formatted(login.user());
    return rest.post(login.node(), path, "", body);
  }
}
