package parley.message;

import java.time.Instant;

/**
 * Somebody reacted to a message, or took that back.
 *
 * @param emoji what with: 1 to {@link #EMOJI_LENGTH_MAX} characters, no white space or control
 * @param on false: taken back
 */
public record Reaction(
    ConversationId conversation, MessageId message, UserId by, String emoji, boolean on, Instant at)
    implements Amendment {

  /** Enough for a family of four with skin tones. */
  public static final int EMOJI_LENGTH_MAX = 32;

  /** Throws {@link IllegalArgumentException} when the emoji cannot be one. */
  public Reaction {
    checkEmoji(emoji);
  }

  /** Throws {@link IllegalArgumentException} when the text cannot be what somebody reacts with. */
  public static String checkEmoji(String text) {
    if (text.isEmpty()
        || text.length() > EMOJI_LENGTH_MAX
        || text.codePoints()
            .anyMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c))) {
      throw new IllegalArgumentException(
          "A reaction is 1 to %d characters without white space".formatted(EMOJI_LENGTH_MAX));
    }
    return text;
  }

  @Override
  public int sizeBytes() {
    return emoji.length();
  }
}
