package parley.load.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The JSON of one frame, searched and not parsed: that costs a tenth. Keys are looked for as they
 * are written by Parley, without blanks, and the type comes first.
 */
public final class Frame {

  private static final byte[] TYPE = bytes("{\"t\":\"");

  private final ByteBuffer json;

  /** A frame over the buffer, which must have an array, until that is written to again. */
  public Frame(ByteBuffer json) {
    this.json = json;
  }

  /** A key with a number as its value. */
  public static byte[] numberKey(String key) {
    return bytes("\"" + key + "\":");
  }

  /** A key with a text as its value. */
  public static byte[] textKey(String key) {
    return bytes("\"" + key + "\":\"");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether it is of the type. */
  public boolean is(byte[] type) {
    return startsWith(TYPE, 0) && startsWith(type, TYPE.length);
  }

  /** A type, to compare with. */
  public static byte[] type(String type) {
    return bytes(type + "\"");
  }

  private boolean startsWith(byte[] expected, int from) {
    if (json.remaining() < from + expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (json.get(json.position() + from + i) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /** The number behind the key. Throws {@link IllegalStateException} when there is none. */
  public long number(byte[] key) {
    return digits(find(key));
  }

  /** Whether it has the key. */
  public boolean has(byte[] key) {
    return indexOf(key) >= 0;
  }

  /** Where the text behind the key begins, for {@link #digits} and {@link #text}. */
  public int find(byte[] key) {
    int at = indexOf(key);
    if (at < 0) {
      throw new IllegalStateException(
          "No " + new String(key, StandardCharsets.UTF_8) + " in " + this);
    }
    return at;
  }

  private int indexOf(byte[] key) {
    byte[] array = json.array();
    int offset = json.arrayOffset();
    int last = offset + json.limit() - key.length;
    for (int at = offset + json.position(); at <= last; at++) {
      if (array[at] == key[0] && matches(array, at, key)) {
        return at - offset + key.length;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] array, int at, byte[] key) {
    for (int i = 1; i < key.length; i++) {
      if (array[at + i] != key[i]) {
        return false;
      }
    }
    return true;
  }

  /** The digits from there on, as a number. */
  public long digits(int from) {
    long number = 0;
    for (int at = from; at < json.limit(); at++) {
      int digit = json.get(at) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  /** So much of the text from there on. */
  public String text(int from, int length) {
    return StandardCharsets.UTF_8.decode(json.slice(from, length)).toString();
  }

  @Override
  public String toString() {
    return StandardCharsets.UTF_8.decode(json.duplicate()).toString();
  }
}
