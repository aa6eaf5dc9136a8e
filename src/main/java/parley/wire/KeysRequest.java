package parley.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.keys.KeyOffer;
import parley.keys.KeyPackage;
import parley.message.Opaque;

/** Offers keys for end-to-end encryption. */
public record KeysRequest(KeyOffer offer) {

  /** The most key packages of one request. */
  public static final int PACKAGES_MOST = 100;

  /** The most suites of one request. */
  private static final int SUITES_MOST = 8;

  /** Reads {@code {"signatureKeys"?,"keyPackages"?,"lastResort"?}}; one of them must be there. */
  public static KeysRequest read(Fields fields) {
    if (!fields.has("signatureKeys") && !fields.has("keyPackages") && !fields.has("lastResort")) {
      throw fields.missing("keyPackages");
    }
    return new KeysRequest(
        new KeyOffer(
            fields.optionalObject("signatureKeys").map(KeysRequest::bySuite).orElse(Map.of()),
            packages(fields, "keyPackages", PACKAGES_MOST),
            packages(fields, "lastResort", SUITES_MOST)));
  }

  private static Map<Integer, Opaque> bySuite(Fields keys) {
    var bySuite = new HashMap<Integer, Opaque>();
    for (var name : keys.names()) {
      if (bySuite.size() == SUITES_MOST) {
        throw keys.malformed(name, "%d suites at most are expected".formatted(SUITES_MOST));
      }
      bySuite.put(suite(keys, name), keys.value(name, Opaque::new));
    }
    return bySuite;
  }

  private static int suite(Fields keys, String name) {
    if (name.matches("[1-9][0-9]{0,4}") && Integer.parseInt(name) <= KeyPackage.SUITE_MAX) {
      return Integer.parseInt(name);
    }
    throw keys.malformed(name, "the number of a suite is expected");
  }

  private static List<KeyPackage> packages(Fields fields, String name, int most) {
    return fields.objects(name, most).stream()
        .map(each ->
            new KeyPackage(
                each.optionalNumber("suite", KeyPackage.SUITE_MAX)
                    .orElseThrow(() -> each.missing("suite"))
                    .intValue(),
                each.value("data", Opaque::new)))
        .toList();
  }
}
