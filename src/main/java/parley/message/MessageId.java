package parley.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/**
 * One message: says when and in which conversation it was said.
 *
 * <p>128 bits, written as 26 characters of Crockford's base32, so that text sorts as the bits do:
 *
 * <pre>
 * clock         48 bits  milliseconds since 1970
 *               15 bits  counter within the millisecond
 *                1 bit   side: which of the two of a direct conversation said it; 0 in a group
 * conversation  64 bits  {@link ConversationId#hash()}
 * </pre>
 *
 * <p>The clock is a hybrid logical clock (Kulkarni et al., "Logical Physical Clocks", 2014): always
 * greater than what its sender had seen in the conversation, so the order of ids is a causal order.
 * The side makes the two writers of a direct conversation unable to draw the same id; a group has
 * one writer, its actor.
 */
public record MessageId(long clock, long conversation) implements Comparable<MessageId> {

  private static final int LENGTH = 26;
  private static final int COUNTER_BITS = 16;
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  /** The id before every other one of the conversation. */
  public static MessageId first(ConversationId conversation) {
    return new MessageId(0, conversation.hash());
  }

  /**
   * The id for what {@code sender} says now, after {@code latest}: the greatest id that the sender
   * has seen in this conversation.
   */
  public static MessageId next(
      MessageId latest, Instant now, ConversationId conversation, UserId sender) {
    long side = side(conversation, sender);
    long byTime = now.toEpochMilli() << COUNTER_BITS;
    long byOrder = (latest.clock | 1) + 1;
    return new MessageId(Math.max(byTime, byOrder) | side, latest.conversation);
  }

  private static long side(ConversationId conversation, UserId sender) {
    return switch (conversation) {
      case ConversationId.Direct direct -> direct.first().equals(sender) ? 0 : 1;
      case ConversationId.Group group -> 0;
    };
  }

  /** Reads the text form; throws {@link IllegalArgumentException} when it is not one. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static MessageId parse(String text) {
    if (text.length() != LENGTH || text.charAt(0) > '7') {
      throw malformed();
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < LENGTH; i++) {
      int digit = DIGITS.indexOf(text.charAt(i));
      if (digit < 0) {
        throw malformed();
      }
      high = high << 5 | low >>> 59;
      low = low << 5 | digit;
    }
    return new MessageId(high, low);
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("A message id is 26 characters of Crockford's base32");
  }

  /** The id after every other one of the conversation. */
  public static MessageId last(ConversationId conversation) {
    return new MessageId(-1, conversation.hash());
  }

  /** When it was said, in milliseconds. */
  public Instant saidAt() {
    return Instant.ofEpochMilli(clock >>> COUNTER_BITS);
  }

  @Override
  public int compareTo(MessageId that) {
    int byClock = Long.compareUnsigned(clock, that.clock);
    return byClock != 0 ? byClock : Long.compareUnsigned(conversation, that.conversation);
  }

  /** Whether that one of the two of a direct conversation said it. */
  public boolean isSaidBy(UserId user, ConversationId conversation) {
    return (clock & 1) == side(conversation, user);
  }

  /** Whether it was said after the other, in the same conversation. */
  public boolean isAfter(MessageId that) {
    return compareTo(that) > 0;
  }

  @JsonValue
  @Override
  public String toString() {
    var text = new char[LENGTH];
    long high = clock;
    long low = conversation;
    for (int i = LENGTH - 1; i >= 0; i--) {
      text[i] = DIGITS.charAt((int) low & 31);
      low = low >>> 5 | high << 59;
      high >>>= 5;
    }
    return new String(text);
  }
}
