package parley.wire;

import parley.message.MessageId;

/** Asks to mark all messages of a conversation up to one as read. */
public record ReadUpToRequest(MessageId upTo) {

  /** Reads {@code {"upTo"}}. */
  public static ReadUpToRequest read(Fields fields) {
    return new ReadUpToRequest(fields.value("upTo", MessageId::parse));
  }
}
