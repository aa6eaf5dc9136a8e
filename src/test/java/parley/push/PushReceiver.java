package parley.push;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A browser's side of Web Push, written after RFC 8188 and RFC 8291 with the JDK alone. */
final class PushReceiver {

  private static final int POINT_BYTES = 65;
  private static final int COORDINATE_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int AUTH_BYTES = 16;
  private static final int TAG_BITS = 128;

  private final ECPrivateKey secret;
  private final byte[] point;
  private final byte[] auth;

  PushReceiver(ECPrivateKey secret, byte[] point, byte[] auth) {
    this.secret = secret;
    this.point = point;
    this.auth = auth;
  }

  static PushReceiver random() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    var pair = generator.generateKeyPair();
    var auth = new byte[AUTH_BYTES];
    new SecureRandom().nextBytes(auth);
    return new PushReceiver(
        (ECPrivateKey) pair.getPrivate(), pointOf((ECPublicKey) pair.getPublic()), auth);
  }

  /** What it gives to whoever is to send. */
  PushSubscription subscription(String endpoint) {
    var base64 = Base64.getUrlEncoder().withoutPadding();
    return new PushSubscription(
        endpoint, base64.encodeToString(point), base64.encodeToString(auth));
  }

  /** What a body of one record says. */
  String decrypted(byte[] body) throws GeneralSecurityException {
    var in = ByteBuffer.wrap(body);
    var salt = bytes(in, SALT_BYTES);
    int recordSize = in.getInt();
    var sender = bytes(in, in.get() & 0xFF);
    var encrypted = bytes(in, in.remaining());
    if (encrypted.length > recordSize) {
      throw new GeneralSecurityException("More than one record");
    }
    var agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(secret);
    agreement.doPhase(publicKey(sender), true);
    var info = joined(text("WebPush: info\0"), point, sender);
    var key = derived(auth, agreement.generateSecret(), info, 32);
    var contentKey = derived(salt, key, text("Content-Encoding: aes128gcm\0"), 16);
    var nonce = derived(salt, key, text("Content-Encoding: nonce\0"), 12);
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(contentKey, "AES"),
        new GCMParameterSpec(TAG_BITS, nonce));
    return withoutPadding(cipher.doFinal(encrypted));
  }

  /** After the text comes a 2, since it is the last record, and then zeros. */
  private static String withoutPadding(byte[] padded) throws GeneralSecurityException {
    int end = padded.length - 1;
    while (padded[end] == 0) {
      end--;
    }
    if (padded[end] != 2) {
      throw new GeneralSecurityException("No end of the last record");
    }
    return new String(padded, 0, end, StandardCharsets.UTF_8);
  }

  /** HKDF, RFC 5869, for no more than one block. */
  private static byte[] derived(byte[] salt, byte[] input, byte[] info, int length)
      throws GeneralSecurityException {
    var block = hmac(hmac(salt, input), joined(info, new byte[] {1}));
    return Arrays.copyOf(block, length);
  }

  private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message);
  }

  static ECPublicKey publicKey(byte[] point) throws GeneralSecurityException {
    var x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + COORDINATE_BYTES));
    var y = new BigInteger(1, Arrays.copyOfRange(point, 1 + COORDINATE_BYTES, POINT_BYTES));
    var spec = new ECPublicKeySpec(new ECPoint(x, y), curve());
    return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec);
  }

  static ECPrivateKey privateKey(byte[] number) throws GeneralSecurityException {
    var spec = new ECPrivateKeySpec(new BigInteger(1, number), curve());
    return (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(spec);
  }

  private static ECParameterSpec curve() throws GeneralSecurityException {
    var parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    return parameters.getParameterSpec(ECParameterSpec.class);
  }

  private static byte[] pointOf(ECPublicKey key) {
    return joined(
        new byte[] {4}, coordinate(key.getW().getAffineX()), coordinate(key.getW().getAffineY()));
  }

  private static byte[] coordinate(BigInteger number) {
    var digits = number.toByteArray();
    var coordinate = new byte[COORDINATE_BYTES];
    int length = Math.min(digits.length, COORDINATE_BYTES);
    System.arraycopy(digits, digits.length - length, coordinate, COORDINATE_BYTES - length, length);
    return coordinate;
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    var bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] joined(byte[]... parts) {
    var joined = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    for (var part : parts) {
      joined.put(part);
    }
    return joined.array();
  }
}
