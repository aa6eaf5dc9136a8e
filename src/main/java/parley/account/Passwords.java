package parley.account;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Hashes passwords with Argon2id and checks them.
 *
 * <p>A hash is slow on purpose, so it has threads of its own, few of them: the rest of the node
 * stays quick while many sign in at once. When the queue is full the stages fail with {@link
 * BusyException} at once.
 *
 * <p>Any password is taken as it is: who calls limits its length. An empty one matches nothing.
 */
public final class Passwords implements AutoCloseable {

  private static final int SALT_BYTES = 16; // As RFC 9106, section 3.1, advises.
  private static final int HASH_BYTES = 32;
  private static final int IDLE_SECONDS = 60;

  private final Argon2PasswordEncoder argon2;
  private final String nobodysHash;
  private final ThreadPoolExecutor threads;

  /**
   * @param threadsMax how many hashes are made at the same time
   * @param waitingMax how many more may wait for it
   */
  public Passwords(HashCost cost, int threadsMax, int waitingMax) {
    argon2 =
        new Argon2PasswordEncoder(
            SALT_BYTES, HASH_BYTES, cost.lanes(), cost.memoryKib(), cost.iterations());
    nobodysHash = nobodysHash(cost);
    threads =
        new ThreadPoolExecutor(
            threadsMax,
            threadsMax,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waitingMax),
            Thread.ofPlatform().daemon().name("parley-passwords-", 1).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** Of no known password, as costly as the others. */
  private static String nobodysHash(HashCost cost) {
    var random = new SecureRandom();
    var salt = new byte[SALT_BYTES];
    var hash = new byte[HASH_BYTES];
    random.nextBytes(salt);
    random.nextBytes(hash);
    var text = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$"
        + cost
        + "$"
        + text.encodeToString(salt)
        + "$"
        + text.encodeToString(hash);
  }

  /** The hash in its PHC text form, with a salt of its own and the cost that it was made at. */
  public CompletionStage<String> hash(String password) {
    return run(() -> argon2.encode(password));
  }

  /**
   * Whether this is the password. Without a hash it is not, and finding out takes as long as with
   * one: the time does not tell whether there is such a user.
   */
  public CompletionStage<Boolean> matches(String password, Optional<String> hash) {
    return run(() -> argon2.matches(password, hash.orElse(nobodysHash)) && hash.isPresent());
  }

  private <T> CompletionStage<T> run(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, threads);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedStage(new BusyException());
    }
  }

  /** Takes no more; those that wait are still done. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
