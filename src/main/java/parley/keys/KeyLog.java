package parley.keys;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parley.message.DeviceId;
import parley.message.Opaque;
import parley.message.Portion;
import parley.message.UserId;

/**
 * Every change of the signature keys of one user's devices, in order and for ever: who has seen one
 * state of it can prove that a later one only adds to that. Its leaves are stored as they are
 * hashed: in JSON of this very form, without white space, keys in this order:
 *
 * <pre>{"user":"ann","device":"phone","suite":1,"key":"base64"|null,"at":1795428000123,"index":0}
 * </pre>
 *
 * <p>No {@code key}: the device has none any more. Not thread-safe.
 */
public final class KeyLog {

  /** The most entries of one page. */
  public static final int PAGE_MOST = 500;

  private final UserId user;
  private final List<String> leaves = new ArrayList<>();
  private final MerkleTree tree = new MerkleTree();
  private long sizeBytes;

  KeyLog(UserId user, List<String> stored) {
    this.user = user;
    stored.forEach(this::append);
  }

  /** One change, and its place in the log. */
  public record Entry(long index, String leaf) {}

  /** Notes that the device has that key from then on, or none any more. */
  void note(DeviceId device, int suite, Optional<Opaque> key, Instant at) {
    // Hashed: the same digits in every locale.
    append(
        String.format(
            Locale.ROOT,
            "{\"user\":\"%s\",\"device\":\"%s\",\"suite\":%d,\"key\":%s,\"at\":%d,\"index\":%d}",
            user,
            device,
            suite,
            key.map(it -> "\"" + it.base64() + "\"").orElse("null"),
            at.toEpochMilli(),
            leaves.size()));
  }

  private void append(String leaf) {
    leaves.add(leaf);
    sizeBytes += leaf.length();
    tree.append(leaf.getBytes(StandardCharsets.UTF_8));
  }

  public int size() {
    return leaves.size();
  }

  /** What its leaves take: they are ASCII. */
  long sizeBytes() {
    return sizeBytes;
  }

  /** The root of the whole log. */
  public Opaque root() {
    return encode(tree.root(leaves.size()));
  }

  /** The entries from an index on, at most so many, and at most a {@link Portion} of them. */
  public List<Entry> entries(long from, int limit) {
    var page = new ArrayList<Entry>();
    for (long i = from; i < leaves.size() && page.size() < limit; i++) {
      page.add(new Entry(i, leaves.get((int) i)));
    }
    return Portion.first(page, it -> it.leaf().length(), limit);
  }

  /** Shows that the entry is in the log of that size; empty when there is no such thing. */
  public Optional<List<Opaque>> inclusion(long index, long size) {
    return index < size && size <= leaves.size()
        ? Optional.of(encode(tree.inclusion((int) index, (int) size)))
        : Optional.empty();
  }

  /** Shows that one log begins with the other; empty when there are no such ones. */
  public Optional<List<Opaque>> consistency(long from, long to) {
    return from > 0 && from <= to && to <= leaves.size()
        ? Optional.of(encode(tree.consistency((int) from, (int) to)))
        : Optional.empty();
  }

  List<String> leaves() {
    return List.copyOf(leaves);
  }

  private static List<Opaque> encode(List<byte[]> hashes) {
    return hashes.stream().map(KeyLog::encode).toList();
  }

  private static Opaque encode(byte[] hash) {
    return new Opaque(Base64.getEncoder().encodeToString(hash));
  }
}
