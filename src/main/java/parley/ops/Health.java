package parley.ops;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * How each part of a node is. Parts report themselves, from any thread; the node is ready when none
 * of them is down.
 */
public final class Health {

  private final Map<String, State> parts = new ConcurrentSkipListMap<>();

  /** All parts are down until they report. */
  public Health(List<String> parts) {
    parts.forEach(part -> this.parts.put(part, new Down("starting")));
  }

  /** How a part is. */
  public sealed interface State {}

  public record Up() implements State {}

  /**
   * It works, but for something that a node can do without.
   *
   * @param what in words for an operator
   */
  public record Impaired(String what) implements State {}

  /**
   * @param why in words for an operator
   */
  public record Down(String why) implements State {}

  public void up(String part) {
    report(part, new Up());
  }

  public void down(String part, String why) {
    report(part, new Down(why));
  }

  public void impaired(String part, String what) {
    report(part, new Impaired(what));
  }

  private void report(String part, State state) {
    if (parts.replace(part, state) == null) {
      throw new IllegalArgumentException("There is no such part: " + part);
    }
  }

  /** Whether the node can do its work. */
  public boolean ready() {
    return parts.values().stream().noneMatch(Down.class::isInstance);
  }

  /** Every part, by name. */
  public Map<String, State> parts() {
    return Collections.unmodifiableMap(new TreeMap<>(parts));
  }
}
