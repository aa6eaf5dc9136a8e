package parley.message;

import java.util.Optional;

/**
 * How far all others of a group have got with what its reader said there: cumulative, all up to and
 * including the named message. One entry however many members there are.
 */
public record GroupReceipt(
    ConversationId conversation, Optional<MessageId> delivered, Optional<MessageId> read)
    implements Entry {

  @Override
  public int sizeBytes() {
    return 0;
  }
}
