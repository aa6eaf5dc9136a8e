package parley.load.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import parley.load.client.Frame;

/**
 * The text of one message: who says it, as the how manyth, and when it was due, in digits of a
 * fixed number, so that it is written into a template and found without parsing.
 *
 * @param dueNanos on this process' clock, as {@link System#nanoTime()} tells it
 */
record Body(int sender, long sequence, long dueNanos) {

  private static final byte[] TEXT = Frame.textKey("text");
  private static final int SENDER_DIGITS = 7;
  private static final int SEQUENCE_DIGITS = 10;
  private static final int NANOS_DIGITS = 19;
  private static final int SEQUENCE_AT = SENDER_DIGITS + 1;
  private static final int NANOS_AT = SEQUENCE_AT + SEQUENCE_DIGITS + 1;
  private static final int BYTES_LEAST = NANOS_AT + NANOS_DIGITS;

  /** Whether the message says something: what a group says of itself has no text. */
  static boolean isIn(Frame message) {
    return message.has(TEXT);
  }

  /** The one in the frame of a message. */
  static Body of(Frame message) {
    int at = message.find(TEXT);
    return new Body(
        (int) message.digits(at), message.digits(at + SEQUENCE_AT), message.digits(at + NANOS_AT));
  }

  /** The frame that sends messages to one user, over and over. Not for two threads at once. */
  static final class Template {

    private final byte[] frame;
    private final int refAt;
    private final int textAt;

    /**
     * @param bytes what a message's text has at least
     */
    Template(int sender, String to, int bytes) {
      var ref = "0".repeat(SEQUENCE_DIGITS);
      var text = digits(sender, SENDER_DIGITS) + " " + ref + " " + "0".repeat(NANOS_DIGITS);
      var filled = text + "x".repeat(Math.max(0, bytes - BYTES_LEAST));
      var json =
          "{\"t\":\"send\",\"ref\":\"%s\",\"to\":\"%s\",\"text\":\"%s\"}"
              .formatted(ref, to, filled);
      this.frame = json.getBytes(StandardCharsets.US_ASCII);
      this.refAt = json.indexOf(ref);
      this.textAt = json.indexOf(filled);
    }

    private static String digits(long number, int count) {
      return ("%0" + count + "d").formatted(number);
    }

    /** The frame of the message; gone with the next call. */
    byte[] frame(long sequence, long dueNanos) {
      put(sequence, refAt, SEQUENCE_DIGITS);
      put(sequence, textAt + SEQUENCE_AT, SEQUENCE_DIGITS);
      put(dueNanos, textAt + NANOS_AT, NANOS_DIGITS);
      return frame;
    }

    private void put(long number, int at, int count) {
      Arrays.fill(frame, at, at + count, (byte) '0');
      long rest = number;
      for (int i = at + count - 1; rest > 0; i--) {
        frame[i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
  }
}
