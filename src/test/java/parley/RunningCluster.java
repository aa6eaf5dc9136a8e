package parley;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import parley.services.Loopback;

/** Some nodes with conf/cluster.conf, each in a process of its own and at the same place always. */
final class RunningCluster implements AutoCloseable {

  private static final String HEAP = "-Xmx512m";

  private final OnCluster services = new OnCluster();
  private final Path folder;
  private final String settings;
  private final List<Place> places;
  private final RunningNode[] nodes;

  private RunningCluster(Path folder, String settings, int nodes) {
    this.folder = folder;
    this.settings = settings;
    this.places = Stream.generate(Place::free).limit(nodes).toList();
    this.nodes = new RunningNode[nodes];
  }

  private record Place(int httpPort, int clusterPort) {

    private static Place free() {
      return new Place(Loopback.freePort(), Loopback.freePort());
    }
  }

  /** All nodes, ready: the first makes the schema and begins the cluster. Logs in the folder. */
  static RunningCluster start(Path folder, String settings, int nodes) {
    var cluster = new RunningCluster(folder, settings, nodes);
    try {
      cluster.start(0);
      IntStream.range(1, nodes).parallel().forEach(cluster::start);
      return cluster;
    } catch (RuntimeException | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  int size() {
    return places.size();
  }

  /** Where each of them is, running or not. */
  List<URI> uris() {
    return places.stream().map(it -> URI.create("http://127.0.0.1:" + it.httpPort())).toList();
  }

  /** Starts one that has ended; returns when it is ready. */
  void start(int number) {
    var place = places.get(number);
    var own =
        """
        parley.cluster { port = %d, seed-nodes = "%s" }
        parley.http { trusted-proxies = "127.0.0.1", drain-delay = 3s }
        """
            .formatted(place.clusterPort(), seedNodes());
    var all = services.settings(folder) + own + settings;
    nodes[number] = RunningNode.start(place.httpPort(), folder.resolve("node" + number), all, HEAP);
  }

  private String seedNodes() {
    return places.stream()
        .map(place -> "127.0.0.1:" + place.clusterPort())
        .collect(Collectors.joining(","));
  }

  /** SIGSTOP. */
  void pause(int number) {
    nodes[number].pause();
  }

  /** SIGCONT. */
  void resume(int number) {
    nodes[number].resume();
  }

  /** SIGKILL. */
  void kill(int number) {
    nodes[number].kill();
  }

  /** SIGTERM: the exit code of the orderly end. */
  int terminate(int number) {
    return nodes[number].terminate();
  }

  @Override
  public void close() {
    for (var node : nodes) {
      if (node != null) {
        node.close();
      }
    }
  }
}
