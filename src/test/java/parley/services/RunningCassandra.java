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
 * A Cassandra of one node in a process of its own, on loopback, with nothing in it at first.
 *
 * <p>A test class takes it as a parameter: {@link Services}.
 */
public final class RunningCassandra implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
  // Native protocol, version 4: the request OPTIONS without a body, and the opcode of its answer.
  private static final byte[] OPTIONS = {4, 0, 0, 0, 5, 0, 0, 0, 0};
  private static final int HEADER_SIZE_BYTES = 9;
  private static final byte SUPPORTED = 6;
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final TetheredProcess process;
  private final InetSocketAddress contactPoint;

  private RunningCassandra(TetheredProcess process, InetSocketAddress contactPoint) {
    this.process = process;
    this.contactPoint = contactPoint;
  }

  /** Starts one, and returns once it answers. */
  static RunningCassandra start() {
    try {
      var folder = Files.createTempDirectory("parley-cassandra");
      var address = new InetSocketAddress("127.0.0.1", Loopback.freePort());
      var command =
          List.of(
              TetheredProcess.home().resolve("cassandra/start").toString(),
              folder.toString(),
              Integer.toString(address.getPort()),
              Integer.toString(Loopback.freePort()));
      var process =
          TetheredProcess.start(folder, Path.of("target/services/cassandra.log"), command);
      process.awaitReady(() -> answers(address), START_TIMEOUT);
      return new RunningCassandra(process, address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean answers(InetSocketAddress address) {
    return Loopback.ask(address, OPTIONS, HEADER_SIZE_BYTES)
        .filter(header -> header[4] == SUPPORTED)
        .isPresent();
  }

  /** Where its native protocol is spoken. */
  public InetSocketAddress contactPoint() {
    return contactPoint;
  }

  /** The name of its only data centre. */
  public String datacenter() {
    return "datacenter1";
  }

  /** A name that no other test of this run has, to be used for a keyspace. */
  public String freshName() {
    return "parley_" + NAMES.incrementAndGet();
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
