package parley.keys;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import parley.message.Opaque;

/**
 * What a device offers to others.
 *
 * @param signatureKeys by suite; another one than before takes the place of that, and of all that
 *     was offered with it
 * @param packages each to be handed out once; added to those that there are
 * @param lastResort one for each suite, to be handed out when there is no other; takes the place of
 *     that before
 */
public record KeyOffer(
    Map<Integer, Opaque> signatureKeys, List<KeyPackage> packages, List<KeyPackage> lastResort) {

  public KeyOffer {
    signatureKeys = Map.copyOf(signatureKeys);
    packages = List.copyOf(packages);
    lastResort = List.copyOf(lastResort);
  }

  /** The signature keys by suite, ascending. */
  SortedMap<Integer, Opaque> inOrder() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(signatureKeys));
  }
}
