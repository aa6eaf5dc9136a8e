package parley.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.Done;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class GroupCommitTest {

  private static final int WRITE_BYTES = 200;

  /** A log that commits one group for each permit, and fails when told to. */
  private static final class StepLog implements GroupCommit.Log {

    final Semaphore entered = new Semaphore(0);
    final Semaphore permits = new Semaphore(0);
    final List<List<Change>> groups = new ArrayList<>();
    volatile boolean broken;

    @Override
    public void commit(List<Change> changes) {
      entered.release();
      permits.acquireUninterruptibly();
      if (broken) {
        throw new IllegalStateException("The disk is gone");
      }
      groups.add(changes);
    }
  }

  private final StepLog log = new StepLog();
  private final GroupCommit commits = commits(100 * WRITE_BYTES, 50 * WRITE_BYTES);

  private GroupCommit commits(long queueBytes, long groupBytes) {
    return new GroupCommit(
        log, new EmbeddedSettings.Writing(queueBytes, groupBytes, 0), Runnable::run);
  }

  private static Change change(int number) {
    return new Change.Put(Table.JOURNAL, Keys.bytes(number), new byte[WRITE_BYTES - 136]);
  }

  private List<CompletableFuture<Done>> submit(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(n -> commits.submit(List.of(change(n))).toCompletableFuture())
        .toList();
  }

  private static void await(List<CompletableFuture<Done>> writes) throws Exception {
    CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).get(10, SECONDS);
  }

  @Test
  void writes_that_come_during_a_commit_share_the_next_one() throws Exception {
    var first = submit(1, 1);
    log.entered.acquire();
    var meanwhile = submit(2, 50);
    log.permits.release(2);

    await(first);
    await(meanwhile);
    assertThat(log.groups).extracting(List::size).containsExactly(1, 49);
    assertThat(commits.commits().groups()).isEqualTo(2);
    assertThat(commits.commits().writes()).isEqualTo(50);
  }

  @Test
  void writes_are_committed_in_the_order_of_their_submission() throws Exception {
    log.permits.release(100);
    await(submit(1, 100));

    assertThat(log.groups.stream().flatMap(List::stream))
        .extracting(change -> Keys.sequence(((Change.Put) change).key()))
        .isEqualTo(IntStream.rangeClosed(1, 100).mapToObj(Long::valueOf).toList());
  }

  @Test
  void a_group_is_bounded_in_bytes_and_never_splits_a_write() throws Exception {
    submit(1, 1);
    log.entered.acquire();
    var pair = commits.submit(List.of(change(2), change(3))).toCompletableFuture();
    var rest = submit(4, 90);
    log.permits.release(10);

    pair.get(10, SECONDS);
    await(rest);
    assertThat(log.groups).extracting(List::size).containsExactly(1, 50, 39);
  }

  @Test
  void a_write_is_not_complete_before_its_commit_is() throws Exception {
    var write = submit(1, 1).getFirst();
    log.entered.acquire();
    assertThat(write).isNotDone();

    log.permits.release();
    assertThat(write.get(10, SECONDS)).isEqualTo(Done.getInstance());
  }

  @Test
  void a_full_queue_refuses_as_busy_and_takes_again_later() throws Exception {
    submit(1, 1);
    log.entered.acquire();
    var queued = submit(2, 101);
    var refused = submit(102, 102).getFirst();

    assertThat(refused).isCompletedExceptionally();
    assertThat(cause(refused)).isInstanceOf(StoreException.Busy.class);
    log.permits.release(10);
    await(queued);
    await(submit(103, 103));
  }

  @Test
  void a_write_that_no_queue_could_take_is_a_mistake_of_the_caller() {
    var large = new Change.Put(Table.JOURNAL, new byte[8], new byte[101 * WRITE_BYTES]);

    assertThatThrownBy(() -> commits.submit(List.of(large)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_failed_commit_fails_all_that_wait_and_all_that_come() throws Exception {
    var inFlight = submit(1, 1).getFirst();
    log.entered.acquire();
    var queued = submit(2, 80);
    log.broken = true;
    log.permits.release();

    assertThat(cause(inFlight)).isInstanceOf(StoreException.Unavailable.class);
    for (var write : queued) {
      assertThat(cause(write)).isInstanceOf(StoreException.Unavailable.class);
    }
    log.broken = false;
    assertThat(cause(submit(81, 81).getFirst())).isInstanceOf(StoreException.Unavailable.class);
    assertThat(commits.isOpen()).isFalse();
    assertThat(log.groups).isEmpty();
  }

  @Test
  void a_close_commits_what_was_accepted_and_refuses_the_rest() throws Exception {
    log.permits.release(100);
    var accepted = submit(1, 90);
    commits.close();

    await(accepted);
    assertThat(log.groups.stream().mapToInt(List::size).sum()).isEqualTo(90);
    assertThat(cause(submit(91, 91).getFirst()))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("closed");
  }

  private static Throwable cause(CompletableFuture<Done> failed) throws Exception {
    try {
      failed.get(10, SECONDS);
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }
}
