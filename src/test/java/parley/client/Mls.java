package parley.client;

import java.util.List;
import java.util.Optional;

/**
 * What one device does with MLS (RFC 9420), in one group: whatever library does it. Nothing of it
 * knows of Parley. What it cannot do throws {@link MlsFailure}.
 */
interface Mls extends AutoCloseable {

  /** MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519, which everybody has. */
  int SUITE = 1;

  /** The public key of the device. */
  byte[] signatureKey();

  /** New key packages, as MLSMessages; their secrets are kept. */
  List<byte[]> keyPackages(int count);

  /** Begins a group with this device alone in it. */
  void create(String group);

  /**
   * Makes a commit, which holds once it is confirmed.
   *
   * @param added key packages
   * @param removed identities
   */
  Commit commit(List<byte[]> added, List<String> removed);

  /** Makes a commit by which the device joins by itself; likewise. */
  Commit joinExternally(byte[] groupInfo);

  /** The commit that was made last counts. */
  void confirm();

  /** It does not. */
  void discard();

  /** Takes in what another member has committed. */
  void handle(byte[] commit);

  /** Joins, if the welcome is for this device. */
  boolean join(byte[] welcome);

  byte[] seal(String said);

  /** What another one has said, in this epoch or one of the few before. */
  String open(byte[] message);

  /** -1: in no group. */
  long epoch();

  /** The identities of all members. */
  List<String> members();

  @Override
  void close();

  /** A commit, what those need whom it adds, and the info of the epoch that it begins. */
  record Commit(byte[] data, Optional<byte[]> welcome, byte[] groupInfo) {}

  /** It cannot be done: mostly since it is not for this device. */
  final class MlsFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MlsFailure(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
