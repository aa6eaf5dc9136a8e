package parley.push;

import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.VAPIDKeyPairs;
import com.zerodeplibs.webpush.key.PrivateKeySources;
import com.zerodeplibs.webpush.key.PublicKeySources;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.util.Base64;
import org.bouncycastle.jce.ECNamedCurveTable;
import parley.StartFailure;
import parley.account.KeyFile;

/**
 * The key pair that tells push services who sends (RFC 8292). Browsers subscribe for its public
 * half: with another pair all of them have to subscribe again.
 *
 * <p>Its text is the private half, 32 bytes in base64url, as other tools for Web Push write it; all
 * nodes of a cluster are given the same one. A node that is given none makes one for itself:
 *
 * <pre>
 * {data folder}/push-key => 32 bytes in base64url, 43 characters; mode 600
 * </pre>
 */
public final class VapidKey {

  private static final String FILE_NAME = "push-key";
  private static final String JDK_CURVE = "secp256r1";
  private static final String CURVE = "P-256";
  private static final int SIZE_BYTES = 32;

  private final VAPIDKeyPair pair;

  private VapidKey(VAPIDKeyPair pair) {
    this.pair = pair;
  }

  /** The pair that the text is the private half of. Throws {@link StartFailure} if it is none. */
  public static VapidKey of(String text) {
    try {
      return of(new BigInteger(1, Base64.getUrlDecoder().decode(text)));
    } catch (IllegalArgumentException e) {
      throw new StartFailure(
          "parley.push.key, or push-key in the data folder, is not a key: "
              + "32 bytes in base64url are expected",
          e);
    }
  }

  /**
   * The folder's own pair, made at the first time. Throws {@link StartFailure} when it cannot be
   * read or written. One process at a time may do this in a folder.
   */
  public static VapidKey inFolder(Path folder) {
    return of(KeyFile.text(folder.resolve(FILE_NAME), VapidKey::newText));
  }

  private static String newText() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(JDK_CURVE));
      var secret = ((ECPrivateKey) generator.generateKeyPair().getPrivate()).getS();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(secret));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(BigInteger number) {
    var bytes = new byte[SIZE_BYTES];
    var digits = number.toByteArray();
    int length = Math.min(digits.length, SIZE_BYTES);
    System.arraycopy(digits, digits.length - length, bytes, SIZE_BYTES - length, length);
    return bytes;
  }

  private static VapidKey of(BigInteger secret) {
    var curve = ECNamedCurveTable.getParameterSpec(CURVE);
    if (secret.signum() == 0 || secret.compareTo(curve.getN()) >= 0) {
      throw new IllegalArgumentException("Not of the curve");
    }
    var point = curve.getG().multiply(secret).normalize().getEncoded(false);
    return new VapidKey(
        VAPIDKeyPairs.of(
            PrivateKeySources.ofECPrivateKey(privateKey(secret)),
            PublicKeySources.ofUncompressedBytes(point)));
  }

  private static ECPrivateKey privateKey(BigInteger secret) {
    try {
      var parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(JDK_CURVE));
      var spec = new ECPrivateKeySpec(secret, parameters.getParameterSpec(ECParameterSpec.class));
      return (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(spec);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public half, as browsers take it: an uncompressed point in base64url. */
  public String publicText() {
    return pair.extractPublicKeyInUncompressedFormAsString();
  }

  VAPIDKeyPair pair() {
    return pair;
  }

  /** Never the private half: a log line may hold this. */
  @Override
  public String toString() {
    return "VapidKey[" + publicText() + "]";
  }
}
