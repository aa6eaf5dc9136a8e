package parley.load.bench;

import java.net.InetSocketAddress;
import java.util.Map;
import parley.load.client.Rest;

/**
 * The heap and the memory of one node, looked at again and again; what it was at most. The heap has
 * garbage in it too: what a node really needs shows when it is given no more.
 */
final class Heap {

  private static final double BYTES_PER_MB = 1e6;
  private static final String USED = "jvm_memory_used_bytes{area=\"heap\"";

  private final Rest rest = new Rest();
  private final InetSocketAddress node;
  private final ProcessMeter process;
  private final double idleMegabytes;
  private final double idleResidentMegabytes;
  private double mostMegabytes;
  private double mostResidentMegabytes;

  /**
   * Looks at it for the first time.
   *
   * @param idleBytes what is alive on it
   */
  Heap(InetSocketAddress node, ProcessMeter process, long idleBytes) {
    this.node = node;
    this.process = process;
    this.idleMegabytes = idleBytes / BYTES_PER_MB;
    this.idleResidentMegabytes = process.residentBytes() / BYTES_PER_MB;
  }

  void look() {
    mostMegabytes = Math.max(mostMegabytes, used(rest.get(node, "/metrics", "")) / BYTES_PER_MB);
    mostResidentMegabytes = Math.max(mostResidentMegabytes, process.residentBytes() / BYTES_PER_MB);
  }

  /** The bytes that are used of all its parts, from the node's metrics. */
  static double used(String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(USED))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** How much more than when it was idle. */
  double moreMegabytes() {
    return mostMegabytes - idleMegabytes;
  }

  void addTo(Map<String, Double> numbers) {
    numbers.put("heap alive when idle, MB", idleMegabytes);
    numbers.put("heap at most, MB", mostMegabytes);
    numbers.put("heap above idle, MB", moreMegabytes());
    numbers.put("resident when idle, MB", idleResidentMegabytes);
    numbers.put("resident at most, MB", mostResidentMegabytes);
  }
}
