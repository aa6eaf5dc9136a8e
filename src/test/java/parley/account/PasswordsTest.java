package parley.account;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

  private static final HashCost CHEAP = new HashCost(8, 1, 1);
  private static final HashCost SLOW = new HashCost(32768, 2, 1);

  private final Passwords passwords = new Passwords(CHEAP, 2, 16);

  @AfterEach
  void close() {
    passwords.close();
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"correct horse battery staple", "pw", " ", "Grüße, 你好 🗝"})
  void a_password_matches_its_own_hash_and_no_other_does(String password) throws Exception {
    var hash = get(passwords.hash(password));

    assertThat(get(passwords.matches(password, Optional.of(hash)))).isTrue();
    assertThat(get(passwords.matches(password + "x", Optional.of(hash)))).isFalse();
  }

  @Test
  void a_hash_says_how_it_was_made_and_has_a_salt_of_its_own() throws Exception {
    var one = get(passwords.hash("secret"));
    var other = get(passwords.hash("secret"));

    assertThat(one).startsWith("$argon2id$v=19$m=8,t=1,p=1$").doesNotContain("secret");
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void a_hash_made_at_another_cost_still_matches() throws Exception {
    var hash = get(passwords.hash("secret"));

    try (var dearer = new Passwords(new HashCost(64, 2, 2), 1, 1)) {
      assertThat(get(dearer.matches("secret", Optional.of(hash)))).isTrue();
    }
  }

  @Test
  void nobody_has_no_password() throws Exception {
    assertThat(get(passwords.matches("secret", Optional.empty()))).isFalse();
    assertThat(get(passwords.matches("", Optional.empty()))).isFalse();
  }

  @Test
  void an_unknown_user_costs_as_much_as_a_known_one() throws Exception {
    try (var slow = new Passwords(SLOW, 1, 16)) {
      var hash = Optional.of(get(slow.hash("secret")));
      var known = shortestNanos(slow, hash);
      var unknown = shortestNanos(slow, Optional.empty());

      // Both do the same work; without it the unknown one would take microseconds.
      assertThat(unknown).isGreaterThan(known / 4);
    }
  }

  private static long shortestNanos(Passwords passwords, Optional<String> hash) throws Exception {
    var shortest = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      var start = System.nanoTime();
      get(passwords.matches("wrong", hash));
      shortest = Math.min(shortest, System.nanoTime() - start);
    }
    return shortest;
  }

  @Test
  void an_empty_password_matches_nothing() throws Exception {
    var hash = get(passwords.hash(""));

    assertThat(get(passwords.matches("", Optional.of(hash)))).isFalse();
  }

  @Test
  void a_stored_hash_that_is_none_matches_nothing() throws Exception {
    assertThat(get(passwords.matches("secret", Optional.of("no hash")))).isFalse();
  }

  @Test
  void over_the_limit_it_is_busy_at_once_and_what_waited_is_still_done() {
    var stages = new ArrayList<CompletableFuture<String>>();
    try (var slow = new Passwords(SLOW, 1, 2)) {
      for (int i = 0; i < 20; i++) {
        stages.add(slow.hash("secret").toCompletableFuture());
      }
    }
    var refused = stages.stream().filter(CompletableFuture::isCompletedExceptionally).toList();

    assertThat(refused).hasSizeBetween(15, 17);
    assertThat(refused.getFirst().exceptionNow()).isInstanceOf(BusyException.class);
    var accepted = new ArrayList<>(stages);
    accepted.removeAll(refused);
    assertThat(accepted).allSatisfy(stage -> assertThat(stage).succeedsWithin(20, SECONDS));
  }
}
