package parley.client;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.mls.TreeKEM.LeafIndex;
import org.bouncycastle.mls.TreeKEM.LeafNode;
import org.bouncycastle.mls.TreeKEM.LifeTime;
import org.bouncycastle.mls.TreeKEM.TreeKEMPublicKey;
import org.bouncycastle.mls.codec.Capabilities;
import org.bouncycastle.mls.codec.Credential;
import org.bouncycastle.mls.codec.KeyPackage;
import org.bouncycastle.mls.codec.MLSInputStream;
import org.bouncycastle.mls.codec.MLSMessage;
import org.bouncycastle.mls.codec.MLSOutputStream;
import org.bouncycastle.mls.codec.Proposal;
import org.bouncycastle.mls.codec.WireFormat;
import org.bouncycastle.mls.crypto.MlsCipherSuite;
import org.bouncycastle.mls.crypto.Secret;
import org.bouncycastle.mls.protocol.Group;

/** MLS by Bouncy Castle. */
final class BouncyMls implements Mls {

  /** Epochs that what was said in can still be opened. */
  private static final int EPOCHS_KEPT = 5;

  private static final int SECRET_BYTES = 32;
  private static final byte[] NO_DATA = {};

  private final MlsCipherSuite suite = done(() -> MlsCipherSuite.getSuite((short) SUITE));
  private final SecureRandom random = new SecureRandom();
  private final AsymmetricCipherKeyPair signing = suite.generateSignatureKeyPair();
  private final String identity;
  private final List<Offer> offers = new ArrayList<>();
  private final Map<Long, Group> epochs =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Group> eldest) {
          return size() > EPOCHS_KEPT;
        }
      };
  private Optional<Group> group = Optional.empty();
  private Optional<Group> pending = Optional.empty();

  /** A key package and its secrets. */
  private record Offer(
      AsymmetricCipherKeyPair init, AsymmetricCipherKeyPair leaf, KeyPackage keyPackage) {}

  /** What may go wrong inside. */
  @FunctionalInterface
  private interface Work<T> {
    T done() throws Exception;
  }

  BouncyMls(String identity) {
    this.identity = identity;
  }

  /** One at a time in this JVM: the library's suites share their digests and ciphers. */
  private static synchronized <T> T done(Work<T> work) {
    try {
      return work.done();
    } catch (Exception e) {
      throw new MlsFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private static MLSMessage message(byte[] bytes) {
    return done(() -> (MLSMessage) MLSInputStream.decode(bytes, MLSMessage.class));
  }

  private static byte[] encoded(MLSMessage message) {
    return done(() -> MLSOutputStream.encode(message));
  }

  private Group group() {
    return group.orElseThrow(() -> new MlsFailure("In no group", null));
  }

  @Override
  public byte[] signatureKey() {
    return suite.serializeSignaturePublicKey(signing.getPublic());
  }

  private byte[] signingKey() {
    return suite.serializeSignaturePrivateKey(signing.getPrivate());
  }

  private LeafNode leaf(AsymmetricCipherKeyPair keys) throws Exception {
    return new LeafNode(
        suite,
        suite.getHPKE().serializePublicKey(keys.getPublic()),
        signatureKey(),
        Credential.forBasic(identity.getBytes(StandardCharsets.UTF_8)),
        new Capabilities(),
        new LifeTime(),
        new ArrayList<>(),
        signingKey());
  }

  private Offer offer() {
    return done(() -> {
      var init = suite.getHPKE().generatePrivateKey();
      var leaf = suite.getHPKE().generatePrivateKey();
      var keyPackage =
          new KeyPackage(
              suite,
              suite.getHPKE().serializePublicKey(init.getPublic()),
              leaf(leaf),
              new ArrayList<>(),
              signingKey());
      return new Offer(init, leaf, keyPackage);
    });
  }

  @Override
  public List<byte[]> keyPackages(int count) {
    var made = new ArrayList<byte[]>();
    for (int i = 0; i < count; i++) {
      var offer = offer();
      offers.add(offer);
      made.add(encoded(MLSMessage.keyPackage(offer.keyPackage())));
    }
    return made;
  }

  @Override
  public void create(String name) {
    enter(
        done(() -> {
          var keys = suite.getHPKE().generatePrivateKey();
          return new Group(
              name.getBytes(StandardCharsets.UTF_8),
              suite,
              keys,
              signingKey(),
              leaf(keys),
              new ArrayList<>());
        }));
  }

  private void enter(Group next) {
    group = Optional.of(next);
    epochs.put(next.getEpoch(), next);
    pending = Optional.empty();
  }

  private Secret secret() {
    var bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return new Secret(bytes);
  }

  @Override
  public Commit commit(List<byte[]> added, List<String> removed) {
    var proposals = new ArrayList<Proposal>();
    added.forEach(each -> proposals.add(done(() -> Proposal.add(message(each).keyPackage))));
    removed.forEach(
        each -> proposals.add(Proposal.remove(find(group().getTree(), each).orElseThrow())));
    return done(() -> {
      var made =
          group()
              .commit(
                  secret(),
                  new Group.CommitOptions(proposals, true, true, null),
                  new Group.MessageOptions(true, NO_DATA, 0),
                  new Group.CommitParameters(Group.NORMAL_COMMIT_PARAMS));
      var data = encoded(made.message);
      return pending(made, data, added.isEmpty() ? Optional.empty() : Optional.of(welcome(made)));
    });
  }

  /** The commit and the welcome come in one message, which writes one of them. */
  private static byte[] welcome(Group.GroupWithMessage made) {
    made.message.wireFormat = WireFormat.mls_welcome;
    return encoded(made.message);
  }

  private Commit pending(Group.GroupWithMessage made, byte[] data, Optional<byte[]> welcome)
      throws Exception {
    pending = Optional.of(made.group);
    return new Commit(data, welcome, encoded(made.group.getGroupInfo(true)));
  }

  @Override
  public Commit joinExternally(byte[] groupInfo) {
    var info = message(groupInfo).groupInfo;
    var offer = offer();
    return done(() -> {
      var made =
          Group.externalJoin(
              secret(),
              signing,
              offer.keyPackage(),
              info,
              null,
              new Group.MessageOptions(false, NO_DATA, 0),
              null,
              new HashMap<>());
      return pending(made, encoded(made.message), Optional.empty());
    });
  }

  @Override
  public void confirm() {
    enter(pending.orElseThrow());
  }

  @Override
  public void discard() {
    pending = Optional.empty();
  }

  @Override
  public void handle(byte[] commit) {
    enter(done(() -> group().handle(commit, null)));
  }

  @Override
  public boolean join(byte[] welcome) {
    var message = message(welcome).welcome;
    for (var offer : offers) {
      if (done(() -> message.find(offer.keyPackage())) != -1) {
        enter(
            done(() ->
                new Group(
                    suite.getHPKE().serializePrivateKey(offer.init().getPrivate()),
                    offer.leaf(),
                    signingKey(),
                    offer.keyPackage(),
                    message,
                    null,
                    new HashMap<>(),
                    new HashMap<>())));
        return true;
      }
    }
    return false;
  }

  @Override
  public byte[] seal(String said) {
    return encoded(done(() -> group().protect(NO_DATA, said.getBytes(StandardCharsets.UTF_8), 0)));
  }

  @Override
  public String open(byte[] sealed) {
    var message = message(sealed);
    var then = epochs.get(message.getEpoch());
    if (then == null) {
      throw new MlsFailure("No keys for epoch " + message.getEpoch(), null);
    }
    return new String(done(() -> then.unprotect(message))[1], StandardCharsets.UTF_8);
  }

  @Override
  public long epoch() {
    return group.map(Group::getEpoch).orElse(-1L);
  }

  @Override
  public List<String> members() {
    var tree = group().getTree();
    var members = new ArrayList<String>();
    for (int i = 0; i < tree.getSize().leafCount(); i++) {
      var leaf = tree.getLeafNode(new LeafIndex(i));
      if (leaf != null) {
        members.add(new String(leaf.getCredential().getIdentity(), StandardCharsets.UTF_8));
      }
    }
    return members;
  }

  private static Optional<LeafIndex> find(TreeKEMPublicKey tree, String member) {
    for (int i = 0; i < tree.getSize().leafCount(); i++) {
      var index = new LeafIndex(i);
      var leaf = tree.getLeafNode(index);
      if (leaf != null
          && Arrays.equals(
              leaf.getCredential().getIdentity(), member.getBytes(StandardCharsets.UTF_8))) {
        return Optional.of(index);
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {}
}
