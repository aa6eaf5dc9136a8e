package parley.message;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * How much is sent from one node to another, or journaled, at a time. Whatever carries a list of
 * things that people said takes a portion of it: with what is said about them it stays below {@code
 * akka.remote.artery.advanced.maximum-frame-size}, above which a message between nodes is lost.
 */
public final class Portion {

  /** The most that a portion says, in bytes: four of the longest messages. */
  public static final int BYTES_MAX = 4 * Content.SIZE_BYTES_MAX;

  private Portion() {}

  /**
   * The first of them: as many as a portion may have, and at least one if there is any.
   *
   * @param sizeBytes what each of them says
   */
  public static <T> List<T> first(Collection<T> all, ToIntFunction<T> sizeBytes, int entriesMax) {
    var portion = new ArrayList<T>();
    long bytes = 0;
    for (var each : all) {
      bytes += sizeBytes.applyAsInt(each);
      if (portion.size() == entriesMax || (bytes > BYTES_MAX && !portion.isEmpty())) {
        break;
      }
      portion.add(each);
    }
    return portion;
  }
}
