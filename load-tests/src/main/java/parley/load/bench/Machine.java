package parley.load.bench;

import java.util.Random;
import java.util.stream.IntStream;

/**
 * How fast the machine is just now. A virtual one shares caches and memory with its neighbours, and
 * a run at a bad moment takes twice the processor time for the same work: figures of two runs
 * compare when this was alike.
 */
final class Machine {

  /** As many as fill 4 MiB: more than a core's own caches have. */
  private static final int CYCLE_LENGTH = 1 << 20;

  private static final int STEPS = 1_000_000;
  private static final int[] CYCLE = cycle(CYCLE_LENGTH, new Random(1));

  private static volatile int reached;

  private Machine() {}

  /** Nanoseconds for a read that must wait for the one before, anywhere in 4 MiB. */
  static double memoryNanos() {
    walk();
    long start = System.nanoTime();
    walk();
    return (System.nanoTime() - start) / (double) STEPS;
  }

  private static void walk() {
    int at = reached;
    for (int step = 0; step < STEPS; step++) {
      at = CYCLE[at];
    }
    reached = at;
  }

  /** Each place has the next one; who follows them comes to all, in no order, and back. */
  static int[] cycle(int length, Random random) {
    var order = IntStream.range(0, length).toArray();
    for (int i = length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    var next = new int[length];
    for (int i = 0; i < length; i++) {
      next[order[i]] = order[(i + 1) % length];
    }
    return next;
  }
}
