package parley.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Kafka of one broker in a process of its own, on loopback, without topics at first.
 *
 * <p>A test class takes it as a parameter: {@link Services}.
 */
public final class RunningKafka implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
  // Size, ApiVersions in version 0, correlation id 7, no client id.
  private static final byte[] API_VERSIONS = {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 7, -1, -1};
  // Size, correlation id, error code.
  private static final int ANSWER_SIZE_BYTES = 10;
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final TetheredProcess process;
  private final InetSocketAddress address;

  private RunningKafka(TetheredProcess process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
  }

  /** Starts one, and returns once it answers. */
  static RunningKafka start() {
    try {
      var folder = Files.createTempDirectory("parley-kafka");
      var address = new InetSocketAddress("127.0.0.1", Loopback.freePort());
      var command =
          List.of(
              TetheredProcess.home().resolve("kafka/start").toString(),
              folder.toString(),
              Integer.toString(address.getPort()),
              Integer.toString(Loopback.freePort()));
      var process = TetheredProcess.start(folder, Path.of("target/services/kafka.log"), command);
      process.awaitReady(() -> answers(address), START_TIMEOUT);
      return new RunningKafka(process, address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean answers(InetSocketAddress address) {
    return Loopback.ask(address, API_VERSIONS, ANSWER_SIZE_BYTES)
        .filter(answer -> answer[7] == 7 && answer[8] == 0 && answer[9] == 0)
        .isPresent();
  }

  /** Host and port of the broker, as clients want it. */
  public String bootstrapServers() {
    return address.getHostString() + ":" + address.getPort();
  }

  /** A name that no other test of this run has, to be used for a topic or a group. */
  public String freshName() {
    return "parley-" + NAMES.incrementAndGet();
  }

  /** SIGSTOP: connections stay, nothing is answered. */
  public void pause() {
    process.pause();
  }

  /** Ends {@link #pause}. */
  public void resume() {
    process.resume();
  }

  /** Kills it and removes what it kept. */
  @Override
  public void close() {
    process.close();
  }
}
