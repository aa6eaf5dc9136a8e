package parley.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import parley.message.Archived;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.UserId;

/** What Ann and Ben said to each other, at ten o'clock and in the seconds after. */
final class Chat {

  static final UserId ANN = RestServer.ANN.user();
  static final UserId BEN = new UserId("ben");
  static final ConversationId CONVERSATION = ConversationId.between(ANN, BEN);
  static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");

  private Chat() {}

  static MessageId id(int second, UserId from) {
    var at = TEN.plus(Duration.ofSeconds(second));
    return MessageId.next(MessageId.first(CONVERSATION), at, CONVERSATION, from);
  }

  static Message message(int second, UserId from) {
    return new Message(
        id(second, from),
        CONVERSATION,
        from,
        new ClientId("c-" + second),
        new Content.Text("said " + second),
        Optional.empty());
  }

  static Archived archived(int second, UserId from) {
    return Archived.of(message(second, from));
  }
}
