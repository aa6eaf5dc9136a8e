package parley.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What matters to a user and so has a position in their mailbox.
 *
 * <p>Entries are journaled and sent between nodes under the names below: names are added, never
 * changed.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Message.class, name = "message"),
  @JsonSubTypes.Type(value = Receipt.class, name = "receipt"),
  @JsonSubTypes.Type(value = ReadMark.class, name = "read-mark"),
  @JsonSubTypes.Type(value = Edit.class, name = "edit"),
  @JsonSubTypes.Type(value = Deletion.class, name = "deletion"),
  @JsonSubTypes.Type(value = Reaction.class, name = "reaction"),
  @JsonSubTypes.Type(value = GroupReceipt.class, name = "group-receipt")
})
public sealed interface Entry permits Message, Receipt, GroupReceipt, ReadMark, Amendment {

  /** Where it happened. */
  ConversationId conversation();

  /** The bytes that its content takes, for whoever keeps entries in memory. */
  int sizeBytes();
}
