package parley.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** Addresses that share their first bits: {@code 10.0.0.0/8}, {@code fd00::/8}, or just one. */
public record AddressRange(InetAddress address, int prefixBits) {

  /** Throws {@link IllegalArgumentException} when the text is no such range. */
  public static AddressRange parse(String text) {
    var parts = text.split("/", 2);
    try {
      var address = InetAddress.getByName(parts[0]);
      int bits = address.getAddress().length * Byte.SIZE;
      int prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
      if (parts[0].isEmpty() || prefix < 0 || prefix > bits) {
        throw malformed(text);
      }
      return new AddressRange(address, prefix);
    } catch (UnknownHostException | NumberFormatException e) {
      throw malformed(text);
    }
  }

  /** The address that is written there in digits; empty: it is none. */
  static Optional<InetAddress> address(String digits) {
    try {
      return Optional.of(InetAddress.getByName(digits));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "An address, or a range such as 10.0.0.0/8, is expected, not \"" + text + "\"");
  }

  boolean contains(InetAddress other) {
    return other.getAddress().length == address.getAddress().length
        && Arrays.equals(first(other, prefixBits), first(address, prefixBits));
  }

  /** The address with all but its first bits zero. */
  static byte[] first(InetAddress address, int bits) {
    var bytes = address.getAddress();
    for (int i = 0; i < bytes.length; i++) {
      int kept = Math.clamp(bits - (long) i * Byte.SIZE, 0, Byte.SIZE);
      bytes[i] &= (byte) (0xFF << (Byte.SIZE - kept));
    }
    return bytes;
  }
}
