package parley.distribution;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parley.message.Delivery;
import parley.message.UserId;

/** What every distributor does, with the mailboxes that are behind it. */
abstract class DistributorContract {

  static final UserId ANN = new UserId("ann");
  static final UserId BEN = new UserId("ben");
  static final UserId EVE = new UserId("eve");
  static final Talk ANN_TO_BEN = new Talk(ANN, BEN);
  static final Talk ANN_TO_EVE = new Talk(ANN, EVE);

  /** More often than any caller needs to repeat here. */
  private static final int ATTEMPTS_MAX = 50;

  final ScriptedMailboxes mailboxes = new ScriptedMailboxes();

  /** The distributor under test, which delivers to {@link #mailboxes}. */
  abstract Distributor distributor();

  /** Hands over as a sender's actor does: the same batch again until it succeeds. */
  void handOver(List<Delivery> batch) throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        distributor().distribute(batch).toCompletableFuture().get(90, SECONDS);
        return;
      } catch (ExecutionException e) {
        if (attempt == ATTEMPTS_MAX) {
          throw e;
        }
      }
    }
  }

  @Test
  void a_batch_arrives_at_each_recipient_in_order() throws Exception {
    var batch = new ArrayList<Delivery>();
    for (int sequence = 1; sequence <= 100; sequence++) {
      batch.add(ANN_TO_BEN.delivery(sequence));
      batch.add(ANN_TO_EVE.delivery(sequence));
    }
    handOver(batch);

    assertThat(mailboxes.arrivals(BEN, 100)).isEqualTo(ANN_TO_BEN.deliveries(1, 100));
    assertThat(mailboxes.arrivals(EVE, 100)).isEqualTo(ANN_TO_EVE.deliveries(1, 100));
  }

  @Test
  void an_empty_batch_is_done() throws Exception {
    handOver(List.of());
  }

  @Test
  void what_was_handed_over_arrives_when_the_recipient_is_down_at_first() throws Exception {
    mailboxes.refuse(BEN, 5);
    handOver(ANN_TO_BEN.deliveries(1, 3));

    assertThat(mailboxes.arrivals(BEN, 3)).isEqualTo(ANN_TO_BEN.deliveries(1, 3));
  }

  @Test
  void what_arrives_without_an_answer_arrives_once() throws Exception {
    mailboxes.loseAnswers(BEN, 3);
    handOver(ANN_TO_BEN.deliveries(1, 3));
    handOver(ANN_TO_BEN.deliveries(4, 6));

    assertThat(mailboxes.arrivals(BEN, 6)).isEqualTo(ANN_TO_BEN.deliveries(1, 6));
  }

  @Test
  void a_batch_that_is_handed_over_again_does_no_harm() throws Exception {
    handOver(ANN_TO_BEN.deliveries(1, 10));
    handOver(ANN_TO_BEN.deliveries(1, 10));
    handOver(ANN_TO_BEN.deliveries(5, 20));

    assertThat(mailboxes.arrivals(BEN, 20)).isEqualTo(ANN_TO_BEN.deliveries(1, 20));
  }

  @Test
  void a_recipient_that_does_not_answer_does_not_stop_others() throws Exception {
    mailboxes.hold(BEN);
    var batch =
        Stream.concat(ANN_TO_BEN.deliveries(1, 3).stream(), ANN_TO_EVE.deliveries(1, 3).stream())
            .toList();
    var done = distributor().distribute(batch).toCompletableFuture();
    assertThat(mailboxes.arrivals(EVE, 3)).isEqualTo(ANN_TO_EVE.deliveries(1, 3));

    mailboxes.release(BEN);
    done.get(10, SECONDS);
    assertThat(mailboxes.arrivals(BEN, 3)).isEqualTo(ANN_TO_BEN.deliveries(1, 3));
  }

  @Test
  void batches_keep_their_order_whatever_fails() throws Exception {
    var random = new Random(7);
    int last = 0;
    while (last < 500) {
      int next = last + 1 + random.nextInt(20);
      if (random.nextInt(4) == 0) {
        mailboxes.refuse(BEN, 1);
      }
      if (random.nextInt(4) == 0) {
        mailboxes.loseAnswers(BEN, 1);
      }
      handOver(ANN_TO_BEN.deliveries(last + 1, next));
      last = next;
    }

    assertThat(mailboxes.arrivals(BEN, last)).isEqualTo(ANN_TO_BEN.deliveries(1, last));
  }

  @Test
  void a_batch_may_be_for_five_thousand() throws Exception {
    var members =
        IntStream.rangeClosed(1, 5_000).mapToObj(number -> new UserId("member" + number)).toList();
    handOver(members.stream().map(member -> new Talk(ANN, member).delivery(1)).toList());

    for (var member : members) {
      assertThat(mailboxes.arrivals(member, 1)).hasSize(1);
    }
  }

  @Test
  void a_batch_may_be_as_large_as_its_messages_allow() throws Exception {
    var text = "x".repeat(64 * 1024);
    var batch =
        IntStream.rangeClosed(1, 256)
            .mapToObj(sequence -> ANN_TO_BEN.delivery(sequence, text))
            .toList();
    handOver(batch);

    assertThat(mailboxes.arrivals(BEN, 256)).isEqualTo(batch);
  }
}
