package parley.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A file as devices seal it for an encrypted chat: AES-256-GCM over pieces of 1 MiB. A piece's
 * nonce is its number, with whether it is the last one.
 *
 * @param key for this file alone
 * @param hash SHA-256 of the SHA-256 of each sealed piece
 */
record SealedFile(byte[] sealed, byte[] key, byte[] hash) {

  private static final int PIECE_BYTES = 1024 * 1024;
  private static final int TAG_BYTES = 16;
  private static final int KEY_BYTES = 32;
  private static final int IV_BYTES = 12;

  static SealedFile of(byte[] file) {
    var key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return of(file, key);
  }

  static SealedFile of(byte[] file, byte[] key) {
    try {
      var sealed = turned(Cipher.ENCRYPT_MODE, file, PIECE_BYTES, key);
      return new SealedFile(sealed, key, hash(sealed));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The file as it was. */
  byte[] open() {
    try {
      if (!MessageDigest.isEqual(hash, hash(sealed))) {
        throw new AssertionError("Not the file that was sealed");
      }
      return turned(Cipher.DECRYPT_MODE, sealed, PIECE_BYTES + TAG_BYTES, key);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static int count(byte[] bytes, int pieceBytes) {
    return Math.max(1, Math.ceilDiv(bytes.length, pieceBytes));
  }

  private static byte[] turned(int mode, byte[] bytes, int pieceBytes, byte[] key)
      throws GeneralSecurityException {
    var out = new ByteArrayOutputStream();
    int count = count(bytes, pieceBytes);
    for (int i = 0; i < count; i++) {
      var iv = ByteBuffer.allocate(IV_BYTES).putInt(IV_BYTES - 5, i);
      iv.put(IV_BYTES - 1, (byte) (i == count - 1 ? 1 : 0));
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          mode,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv.array()));
      out.writeBytes(cipher.doFinal(piece(bytes, pieceBytes, i)));
    }
    return out.toByteArray();
  }

  private static byte[] piece(byte[] bytes, int pieceBytes, int index) {
    int from = index * pieceBytes;
    return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + pieceBytes));
  }

  private static byte[] hash(byte[] sealed) throws GeneralSecurityException {
    var all = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < count(sealed, PIECE_BYTES + TAG_BYTES); i++) {
      all.update(
          MessageDigest.getInstance("SHA-256").digest(piece(sealed, PIECE_BYTES + TAG_BYTES, i)));
    }
    return all.digest();
  }
}
