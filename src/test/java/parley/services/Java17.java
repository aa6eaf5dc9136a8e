package parley.services;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The Java that Cassandra and Kafka run on: docker/services/java17 looks for it. */
final class Java17 {

  private Java17() {}

  /** Skips the test when there is none. */
  static void require() {
    try {
      var search =
          new ProcessBuilder(TetheredProcess.home().resolve("java17").toString())
              .redirectErrorStream(true)
              .start();
      var told = new String(search.getInputStream().readAllBytes()).strip();
      if (search.waitFor() != 0) {
        throw Missing.skip(told);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
