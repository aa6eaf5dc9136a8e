package parley.distribution;

import akka.Done;
import java.util.List;
import java.util.concurrent.CompletionStage;
import parley.message.Delivery;

/** Brings entries to the mailboxes that they are for. */
public interface Distributor {

  /**
   * Takes over a batch. When the returned stage completes, every delivery reaches its recipient's
   * mailbox whatever fails, in the order given, at least once; the recipient's sequence makes it
   * exactly once.
   *
   * <p>When it fails, some may have arrived and some not: the caller hands over the same batch
   * again, and nothing that comes after it before that has succeeded.
   */
  CompletionStage<Done> distribute(List<Delivery> batch);
}
