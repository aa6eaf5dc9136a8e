package parley.load.client;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Registers users and signs them in, over REST, some at the same time. */
public final class Accounts {

  /** As many as keep a small server busy, and no more. */
  private static final int TOGETHER_MAX = 32;

  private static final int BUSY = 503;
  private static final int CONFLICT = 409;
  private static final int ATTEMPTS_MAX = 20;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Rest rest = new Rest();
  private final Semaphore room = new Semaphore(TOGETHER_MAX);

  /** One user and the node that they speak to. */
  public record Login(String user, InetSocketAddress node) {}

  /**
   * Registers all. Fails with {@link IllegalStateException} when one of them is refused for good.
   */
  public void register(List<Login> users) throws InterruptedException {
    each(users, user -> post(user, "/accounts"));
  }

  /** Signs all in; their tokens, in the same order. */
  public List<String> signIn(List<Login> users) throws InterruptedException {
    return each(users, user -> Rest.text(post(user, "/sessions"), "token"));
  }

  private interface Call<T> {
    T of(Login user) throws InterruptedException;
  }

  private <T> List<T> each(List<Login> users, Call<T> call) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<java.util.concurrent.Future<T>>();
      for (var user : users) {
        room.acquire();
        calls.add(
            threads.submit(() -> {
              try {
                return call.of(user);
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

  /** Repeats what a node has no time for, as one may not that has just started. */
  private String post(Login login, String path) throws InterruptedException {
    var body = "{\"userId\":\"%s\",\"password\":\"secret\"}".formatted(login.user());
    for (int attempt = 1; true; attempt++) {
      try {
        return rest.post(login.node(), path, "", body);
      } catch (Rest.Refused refused) {
        if (refused.status() == CONFLICT && attempt > 1) {
          // It was done the time before, too late for an answer.
          return "";
        }
        if (refused.status() != BUSY || attempt == ATTEMPTS_MAX) {
          throw refused;
        }
      }
      Thread.sleep(PAUSE);
    }
  }
}
