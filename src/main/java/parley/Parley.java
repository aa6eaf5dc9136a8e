package parley;

import akka.Done;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One node. */
public final class Parley {

  private final CompletableFuture<Done> ended = new CompletableFuture<>();
  private final InetSocketAddress address;

  private Parley(InetSocketAddress address) {
    this.address = address;
  }

  /** Starts a node. Throws {@link StartFailure} when it cannot. */
  public static Parley start(Settings settings) {
    return new Parley(
        InetSocketAddress.createUnresolved(settings.http().host(), settings.http().port()));
  }

  /** Where it is reached. */
  public InetSocketAddress address() {
    return address;
  }

  /** Ends it in order. Done when nothing of it runs any more. */
  public CompletionStage<Done> stop() {
    ended.complete(Done.getInstance());
    return ended;
  }

  /** Done when it has ended, whether it was asked to or by itself. */
  public CompletionStage<Done> ended() {
    return ended;
  }
}
