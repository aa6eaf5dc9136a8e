package parley.keys;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import parley.message.Opaque;

/**
 * What one device offers for one suite.
 *
 * @param packages in the order in which they are handed out
 * @param handedOut digests of those that were handed out last, so that none is twice
 */
record SuiteKeys(
    Opaque signatureKey,
    List<Opaque> packages,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Opaque> lastResort,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> handedOut) {

  /** The most digests kept: twice what a device brings at once. */
  private static final int HANDED_OUT_MOST = 200;

  /** Of a digest, in bytes: nobody gains by finding two that are alike. */
  private static final int DIGEST_BYTES = 9;

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
    if (packages.contains(keyPackage) || handedOut.contains(digest(keyPackage))) {
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
    gone.add(digest(packages.getFirst()));
    return new SuiteKeys(
        signatureKey,
        packages.subList(1, packages.size()),
        lastResort,
        gone.subList(Math.max(0, gone.size() - HANDED_OUT_MOST), gone.size()));
  }

  private static String digest(Opaque keyPackage) {
    try {
      var bytes = keyPackage.base64().getBytes(StandardCharsets.US_ASCII);
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return Base64.getEncoder().encodeToString(Arrays.copyOf(digest, DIGEST_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
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
