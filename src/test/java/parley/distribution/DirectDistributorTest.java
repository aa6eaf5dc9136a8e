package parley.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DirectDistributorTest extends DistributorContract {

  private final Distributor distributor = new DirectDistributor(mailboxes);

  @Override
  Distributor distributor() {
    return distributor;
  }

  @Test
  void it_is_done_when_all_mailboxes_have_it() {
    mailboxes.hold(BEN);
    var done = distributor.distribute(ANN_TO_BEN.deliveries(1, 3)).toCompletableFuture();
    assertThat(done).isNotDone();

    mailboxes.release(BEN);
    assertThat(done).isCompleted();
  }

  @Test
  void it_fails_when_a_mailbox_does() {
    mailboxes.refuse(BEN, 1);

    assertThat(distributor.distribute(ANN_TO_BEN.deliveries(1, 3)).toCompletableFuture())
        .isCompletedExceptionally();
  }
}
