package parley.keys;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle tree over leaves that are only ever appended, and its proofs: as RFC 9162 has it in
 * section 2.1, with SHA-256. The tree of a size is that of the first leaves, so any earlier one can
 * be shown too. Not thread-safe.
 *
 * <pre>
 * leaf:  SHA-256(0x00, data)             tree of n > 1 leaves: node of the tree of the first k and
 * node:  SHA-256(0x01, left, right)      that of the others; k is the largest power of 2 below n
 * </pre>
 */
final class MerkleTree {

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final List<byte[]> leaves = new ArrayList<>();

  /** Appends a leaf. */
  void append(byte[] data) {
    var digest = sha256();
    digest.update(LEAF);
    leaves.add(digest.digest(data));
  }

  int size() {
    return leaves.size();
  }

  /** The root of the tree of that size. */
  byte[] root(int size) {
    return size == 0 ? sha256().digest() : hash(0, size);
  }

  /** The way from a leaf to the root of the tree of that size, from the leaf on. */
  List<byte[]> inclusion(int index, int size) {
    var path = new ArrayList<byte[]>();
    addPath(path, index, 0, size);
    return path;
  }

  private void addPath(List<byte[]> path, int index, int from, int to) {
    if (to - from == 1) {
      return;
    }
    int middle = from + split(to - from);
    if (index < middle) {
      addPath(path, index, from, middle);
      path.add(hash(middle, to));
    } else {
      addPath(path, index, middle, to);
      path.add(hash(from, middle));
    }
  }

  /** Shows that the tree of one size begins with that of another, which has a leaf at least. */
  List<byte[]> consistency(int first, int second) {
    var proof = new ArrayList<byte[]>();
    if (first < second) {
      addProof(proof, first, 0, second, true);
    }
    return proof;
  }

  /**
   * @param whole whether the tree that is begun with is known to who verifies
   */
  private void addProof(List<byte[]> proof, int first, int from, int to, boolean whole) {
    if (first == to) {
      if (!whole) {
        proof.add(hash(from, to));
      }
      return;
    }
    int middle = from + split(to - from);
    if (first <= middle) {
      addProof(proof, first, from, middle, whole);
      proof.add(hash(middle, to));
    } else {
      addProof(proof, first, middle, to, false);
      proof.add(hash(from, middle));
    }
  }

  private byte[] hash(int from, int to) {
    if (to - from == 1) {
      return leaves.get(from);
    }
    int middle = from + split(to - from);
    var digest = sha256();
    digest.update(NODE);
    digest.update(hash(from, middle));
    return digest.digest(hash(middle, to));
  }

  /** The largest power of two below the number, which is 2 or more. */
  private static int split(int leaves) {
    return Integer.highestOneBit(leaves - 1);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
