package parley.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.message.Opaque;

/**
 * What one device offers for one suite.
 *
 * @param packages in the order in which they are handed out
 */
record SuiteKeys(
    Opaque signatureKey,
    List<Opaque> packages,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Opaque> lastResort) {

  SuiteKeys {
    packages = List.copyOf(packages);
  }

  static SuiteKeys of(Opaque signatureKey) {
    return new SuiteKeys(signatureKey, List.of(), Optional.empty());
  }

  /** One that is there already is not taken again: a repeat offers nothing new. */
  SuiteKeys with(Opaque keyPackage) {
    if (packages.contains(keyPackage)) {
      return this;
    }
    var more = new ArrayList<>(packages);
    more.add(keyPackage);
    return new SuiteKeys(signatureKey, more, lastResort);
  }

  SuiteKeys withLastResort(Opaque keyPackage) {
    return new SuiteKeys(signatureKey, packages, Optional.of(keyPackage));
  }

  /** Without the one that was handed out. */
  SuiteKeys afterTaking() {
    return new SuiteKeys(signatureKey, packages.subList(1, packages.size()), lastResort);
  }

  /** What is handed out next, if there is anything. */
  Optional<Opaque> next() {
    return packages.isEmpty() ? lastResort : Optional.of(packages.getFirst());
  }

  int sizeBytes() {
    return packages.stream().mapToInt(Opaque::sizeBytes).sum()
        + lastResort.map(Opaque::sizeBytes).orElse(0);
  }
}
