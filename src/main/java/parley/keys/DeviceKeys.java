package parley.keys;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.Opaque;
import parley.message.Refusal;
import parley.message.UserId;

/** What the devices of one user offer for encryption, and the log of it. Not thread-safe. */
public final class DeviceKeys {

  /** Fewer than so many are few: the device is told to bring more. */
  public static final int LOW = 10;

  /** The most suites of one device. */
  static final int SUITES_MOST = 4;

  private final Map<DeviceId, SortedMap<Integer, SuiteKeys>> byDevice = new LinkedHashMap<>();
  private final KeyLog log;

  /** As they were stored. */
  public DeviceKeys(UserId user, Stored stored) {
    stored.devices().forEach((device, keys) -> byDevice.put(device, new TreeMap<>(keys)));
    this.log = new KeyLog(user, stored.log());
  }

  /** The stored form. Fields are added, never renamed. */
  public record Stored(Map<DeviceId, Map<Integer, SuiteKeys>> devices, List<String> log) {

    public static final Stored NONE = new Stored(Map.of(), List.of());

    public Stored {
      log = List.copyOf(log);
    }
  }

  /**
   * What is handed out of one device.
   *
   * @param lastResort whether others may get the same one
   */
  public record Handed(
      DeviceId device, Opaque signatureKey, Opaque keyPackage, boolean lastResort) {}

  /**
   * What one device has.
   *
   * @param remaining key packages that wait, by suite
   */
  public record Stock(Map<Integer, Opaque> signatureKeys, Map<Integer, Integer> remaining) {}

  /**
   * What others may know of one device.
   *
   * @param suites those that it can be added to a group of
   */
  public record Known(DeviceId device, Map<Integer, Opaque> signatureKeys, List<Integer> suites) {}

  /** All devices that have keys; nothing is handed out. */
  public List<Known> known() {
    return byDevice.entrySet().stream()
        .filter(each -> !each.getValue().isEmpty())
        .map(each ->
            new Known(
                each.getKey(),
                stock(each.getKey()).signatureKeys(),
                each.getValue().entrySet().stream()
                    .filter(it -> it.getValue().next().isPresent())
                    .map(Map.Entry::getKey)
                    .toList()))
        .toList();
  }

  public Stored toStored() {
    var devices = new LinkedHashMap<DeviceId, Map<Integer, SuiteKeys>>();
    byDevice.forEach((device, keys) -> devices.put(device, new TreeMap<>(keys)));
    return new Stored(devices, log.leaves());
  }

  public KeyLog log() {
    return log;
  }

  private SortedMap<Integer, SuiteKeys> of(DeviceId device) {
    return byDevice.getOrDefault(device, new TreeMap<>());
  }

  /** What the device has. */
  public Stock stock(DeviceId device) {
    var signatureKeys = new TreeMap<Integer, Opaque>();
    var remaining = new TreeMap<Integer, Integer>();
    of(device)
        .forEach((suite, keys) -> {
          signatureKeys.put(suite, keys.signatureKey());
          remaining.put(suite, keys.packages().size());
        });
    return new Stock(signatureKeys, remaining);
  }

  /** How many key packages of the suite the device has left. */
  public int remaining(DeviceId device, int suite) {
    return stock(device).remaining().getOrDefault(suite, 0);
  }

  /** Why the device may not offer that; empty when it may. */
  public Optional<Refusal> refusal(DeviceId device, KeyOffer offer, KeySettings limits) {
    if (isTooLarge(offer, limits.packageBytesMax())) {
      return refused(
          Failure.TOO_LARGE,
          "A key has at most %d characters, and a key package %d"
              .formatted(KeySettings.KEY_BYTES_MOST, limits.packageBytesMax()));
    }
    var after = after(of(device), offer);
    if (after.isEmpty()) {
      return refused(
          Failure.MISSING_FIELD, "A key package has a suite that there is no signature key for");
    }
    var changes = changes(device, offer);
    if (!changes.isEmpty()
        && (log.size() + changes.size() > limits.logEntriesMax()
            || log.sizeBytes() + changes.stream().mapToLong(Opaque::sizeBytes).sum()
                > limits.logBytesMax())) {
      return refused(
          Failure.TOO_LARGE,
          "The log of keys has %d entries of %d bytes already"
              .formatted(log.size(), log.sizeBytes()));
    }
    if (after.get().size() > SUITES_MOST) {
      return refused(Failure.TOO_LARGE, "A device has at most %d suites".formatted(SUITES_MOST));
    }
    if (after.get().values().stream().anyMatch(it -> it.packages().size() > limits.packagesMax())) {
      return refused(
          Failure.TOO_LARGE,
          "A device has at most %d key packages of one suite".formatted(limits.packagesMax()));
    }
    return stockBytes(device) + sizeBytes(after.get().values()) > limits.stockBytesMax()
        ? refused(
            Failure.TOO_LARGE,
            "The key packages of a user take at most %d bytes".formatted(limits.stockBytesMax()))
        : Optional.empty();
  }

  private static Optional<Refusal> refused(Failure failure, String detail) {
    return Optional.of(new Refusal(failure, detail));
  }

  private static boolean isTooLarge(KeyOffer offer, int bytesMax) {
    var packages = Stream.concat(offer.packages().stream(), offer.lastResort().stream());
    return packages.anyMatch(it -> it.data().sizeBytes() > bytesMax)
        || offer.signatureKeys().values().stream()
            .anyMatch(it -> it.sizeBytes() > KeySettings.KEY_BYTES_MOST);
  }

  /** The signature keys that are others than before. */
  private List<Opaque> changes(DeviceId device, KeyOffer offer) {
    return offer.signatureKeys().entrySet().stream()
        .filter(each -> isNew(of(device), each.getKey(), each.getValue()))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static boolean isNew(Map<Integer, SuiteKeys> keys, int suite, Opaque signatureKey) {
    return !keys.containsKey(suite) || !keys.get(suite).signatureKey().equals(signatureKey);
  }

  /** What all other devices have stored here. */
  private int stockBytes(DeviceId except) {
    return byDevice.entrySet().stream()
        .filter(each -> !each.getKey().equals(except))
        .mapToInt(each -> sizeBytes(each.getValue().values()))
        .sum();
  }

  private static int sizeBytes(Collection<SuiteKeys> keys) {
    return keys.stream().mapToInt(SuiteKeys::sizeBytes).sum();
  }

  /** The keys of a device after the offer; empty when something in it has no signature key. */
  private static Optional<SortedMap<Integer, SuiteKeys>> after(
      SortedMap<Integer, SuiteKeys> before, KeyOffer offer) {
    var after = new TreeMap<>(before);
    offer
        .inOrder()
        .forEach((suite, key) -> {
          if (isNew(before, suite, key)) {
            after.put(suite, SuiteKeys.of(key));
          }
        });
    for (var each : offer.packages()) {
      if (after.computeIfPresent(each.suite(), (suite, keys) -> keys.with(each.data())) == null) {
        return Optional.empty();
      }
    }
    for (var each : offer.lastResort()) {
      if (after.computeIfPresent(each.suite(), (suite, keys) -> keys.withLastResort(each.data()))
          == null) {
        return Optional.empty();
      }
    }
    return Optional.of(after);
  }

  /** The device offers that from then on; it is what {@link #refusal} lets pass. */
  public void put(DeviceId device, KeyOffer offer, Instant at) {
    var before = of(device);
    offer
        .inOrder()
        .forEach((suite, key) -> {
          if (isNew(before, suite, key)) {
            log.note(device, suite, Optional.of(key), at);
          }
        });
    byDevice.put(device, after(before, offer).orElseThrow());
  }

  /** What is to be handed out for the suite, of each device that has something but one. */
  public List<Handed> next(int suite, Optional<DeviceId> except) {
    var handed = new ArrayList<Handed>();
    byDevice.forEach((device, suites) -> {
      var keys = suites.get(suite);
      if (keys != null && !except.equals(Optional.of(device))) {
        keys.next()
            .ifPresent(next ->
                handed.add(
                    new Handed(device, keys.signatureKey(), next, keys.packages().isEmpty())));
      }
    });
    return handed;
  }

  /** The next key packages of these devices were handed out. */
  public void taken(int suite, List<DeviceId> devices) {
    devices.forEach(
        device -> byDevice.get(device).computeIfPresent(suite, (it, keys) -> keys.afterTaking()));
  }

  /** Drops the keys of all devices but these: the others are signed in no more. */
  public void retain(Collection<DeviceId> devices, Instant at) {
    var gone = new HashMap<>(byDevice);
    gone.keySet().removeAll(devices);
    byDevice.keySet().stream()
        .filter(gone::containsKey)
        .toList()
        .forEach(device ->
            byDevice
                .remove(device)
                .keySet()
                .forEach(suite -> log.note(device, suite, Optional.empty(), at)));
  }
}
