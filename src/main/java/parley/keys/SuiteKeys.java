package parley.keys;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.message.Fingerprint;
import parley.message.Opaque;

/**
 * What one device offers for one suite.
 *
 * @param packages in the order in which they are handed out
 * @param handedOut fingerprints of those that were handed out last, so that none is twice
 */
record SuiteKeys(
    Opaque signatureKey,
    List<Opaque> packages,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Opaque> lastResort,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Long> handedOut) {

  /** The most fingerprints kept: twice what a device brings at once. */
  private static final int HANDED_OUT_MOST = 200;

  @JsonCreator
  SuiteKeys {
    packages = List.copyOf(packages);
    handedOut = handedOut == null ? List.of() : List.copyOf(handedOut);
  }

  static SuiteKeys of(Opaque signatureKey) {
    return new SuiteKeys(signatureKey, List.of(), Optional.empty(), List.of());
  }

  /** One that is or was there is not taken again: a repeat offers nothing new. */
  SuiteKeys with(Opaque keyPackage) {
    if (packages.contains(keyPackage) || handedOut.contains(Fingerprint.of(keyPackage.base64()))) {
      return this;
    }
    var more = new ArrayList<>(packages);
    more.add(keyPackage);
    return new SuiteKeys(signatureKey, more, lastResort, handedOut);
  }

  SuiteKeys withLastResort(Opaque keyPackage) {
    return new SuiteKeys(signatureKey, packages, Optional.of(keyPackage), handedOut);
  }

  /** Without the one that was handed out. */
  SuiteKeys afterTaking() {
    var gone = new ArrayList<>(handedOut);
    gone.add(Fingerprint.of(packages.getFirst().base64()));
    return new SuiteKeys(
        signatureKey,
        packages.subList(1, packages.size()),
        lastResort,
        gone.subList(Math.max(0, gone.size() - HANDED_OUT_MOST), gone.size()));
  }

  /** What is handed out next, if there is anything. */
  Optional<Opaque> next() {
    return packages.isEmpty() ? lastResort : Optional.of(packages.getFirst());
  }

  int sizeBytes() {
    return signatureKey.sizeBytes()
        + packages.stream().mapToInt(Opaque::sizeBytes).sum()
        + lastResort.map(Opaque::sizeBytes).orElse(0);
  }
}
