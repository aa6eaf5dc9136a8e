package parley.load;

import java.util.concurrent.atomic.LongAdder;

/** Counts what is stored, and tells the writers when it is enough. */
final class Meter {

  private final LongAdder stored = new LongAdder();
  private volatile boolean enough;

  /** Counts one event; says whether another one is wanted. */
  boolean count() {
    stored.increment();
    return !enough;
  }

  long stored() {
    return stored.sum();
  }

  void end() {
    enough = true;
  }
}
