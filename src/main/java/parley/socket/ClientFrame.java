package parley.socket;

import java.util.Optional;
import parley.message.ClientId;
import parley.message.ConversationId;
import parley.message.MessageId;
import parley.message.Refusal;
import parley.user.Draft;

/** What a client says: one text frame each. */
sealed interface ClientFrame {

  /** The client's name for it, which its answer repeats. */
  default Optional<String> ref() {
    return Optional.empty();
  }

  /** The bytes of content that it brings. */
  default int sizeBytes() {
    return 0;
  }

  /**
   * Starts the stream.
   *
   * @param after the position to start after; empty: after the device's last acknowledgement
   */
  record Attach(Optional<Long> after) implements ClientFrame {}

  record Send(Draft draft) implements ClientFrame {

    @Override
    public Optional<String> ref() {
      return Optional.of(draft.clientId()).map(ClientId::value);
    }

    @Override
    public int sizeBytes() {
      return draft.sizeBytes();
    }
  }

  /** The device has stored everything up to the position. */
  record Ack(long pos) implements ClientFrame {}

  record Read(ConversationId conversation, MessageId upTo) implements ClientFrame {}

  record Typing(ConversationId conversation, boolean on) implements ClientFrame {}

  record Ping() implements ClientFrame {}

  /**
   * It could not be read as one of the others.
   *
   * @param ref the client's name for it, where that could be read
   * @param close the code to close with after the refusal was told; empty: the socket stays open
   */
  record Unreadable(Optional<String> ref, Refusal refusal, Optional<CloseCode> close)
      implements ClientFrame {}
}
