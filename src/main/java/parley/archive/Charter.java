package parley.archive;

import akka.Done;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Says which cluster is the one, outside of all nodes: so that a node that starts while the others
 * are too slow to answer does not begin a second cluster, in which all users would wake up twice.
 *
 * <p>Whoever claims it first holds it, for {@link #HELD_SECONDS} at a time. All stages fail when it
 * cannot be asked.
 */
public interface Charter {

  /**
   * How long a cluster is waited for that has crashed as a whole: an outage of its nodes is less.
   */
  int HELD_SECONDS = 30;

  /**
   * The cluster that holds it.
   *
   * @param cluster another one for each that is begun
   * @param contact where one of its nodes is reached, {@code host:port}
   */
  record Holder(UUID cluster, String contact) {}

  /** Who holds it; empty when nobody has for long enough. */
  CompletionStage<Optional<Holder>> holder();

  /** Takes it if nobody holds it. Who holds it then, the claimant or another one. */
  CompletionStage<Holder> claim(Holder claimant);

  /** Keeps it, or takes it if nobody holds it any more. Who holds it then. */
  CompletionStage<Holder> renew(Holder holder);

  /** Gives it back, if the holder's contact is this one: nobody has to wait until it has passed. */
  CompletionStage<Done> release(String contact);
}
