package parley.wire;

import java.util.List;
import java.util.Optional;
import parley.keys.KeyPackage;
import parley.keys.NextEpoch;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Failure;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Opaque;
import parley.message.Sealed;
import parley.message.UserId;

/**
 * Asks to send a message.
 *
 * @param conversation one that concerns the sender
 * @param content at most {@link Content#SIZE_BYTES_MAX}
 * @param replyTo the message of the same conversation that it answers
 * @param mentions whom it is meant for in particular; none twice
 * @param next of a sealed commit: what is told of the epoch that it begins
 */
public record SendRequest(
    ConversationId conversation,
    Content content,
    Optional<ClientId> clientId,
    Optional<MessageId> replyTo,
    List<UserId> mentions,
    Optional<NextEpoch> next) {

  /**
   * Reads {@code {"to","text"}} or {@code {"to","content"}}, and the sender's own name for it.
   *
   * @param clientIdField the key of that name: it differs between REST and the socket
   */
  public static SendRequest read(Fields fields, String clientIdField, UserId sender) {
    var conversation = conversation(fields.text("to"), sender);
    var content = ContentForm.read(fields);
    return new SendRequest(
        conversation,
        content,
        fields.optionalValue(clientIdField, ClientId::new),
        fields.optionalValue("replyTo", id -> answered(id, conversation)),
        fields.values("mentions", Message.MENTIONS_MOST, UserId::new).stream().distinct().toList(),
        next(fields, content));
  }

  private static Optional<NextEpoch> next(Fields fields, Content content) {
    boolean isCommit = content instanceof Sealed sealed && sealed.beginsEpoch();
    if (!isCommit && fields.has("groupInfo")) {
      throw fields.malformed("groupInfo", "only a sealed commit brings one");
    }
    return isCommit
        ? Optional.of(
            new NextEpoch(
                fields.optionalNumber("suite", KeyPackage.SUITE_MAX).map(Long::intValue),
                fields.optionalValue("groupInfo", Opaque::new)))
        : Optional.empty();
  }

  private static MessageId answered(String id, ConversationId conversation) {
    var message = MessageId.parse(id);
    if (message.conversation() != conversation.hash()) {
      throw new IllegalArgumentException("a message of the same conversation is expected");
    }
    return message;
  }

  private static ConversationId conversation(String to, UserId sender) {
    try {
      if (!to.contains(":")) {
        return ConversationId.between(sender, new UserId(to));
      }
      var conversation = ConversationId.parse(to);
      if (!conversation.concerns(sender)) {
        throw new RefusedInput(
            Failure.UNKNOWN_RECIPIENT, "The field \"to\": that conversation is not the sender's");
      }
      return conversation;
    } catch (IllegalArgumentException e) {
      throw new RefusedInput(
          Failure.UNKNOWN_RECIPIENT, "The field \"to\" is no recipient: " + e.getMessage());
    }
  }
}
