package parley.user;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import parley.keys.NextEpoch;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Fingerprint;
import parley.message.GroupNotice;
import parley.message.Media;
import parley.message.MediaId;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Opaque;
import parley.message.Sealed;
import parley.message.UserId;

/**
 * A message before its sender's actor has accepted it.
 *
 * @param replyTo the message of the same conversation that it answers
 * @param mentions whom it is meant for in particular: at most {@link Message#MENTIONS_MOST}
 * @param next of a sealed commit: what is told of the epoch that it begins
 */
public record Draft(
    ClientId clientId,
    ConversationId conversation,
    Content content,
    Optional<MessageId> replyTo,
    List<UserId> mentions,
    Optional<NextEpoch> next) {

  /** Throws {@link IllegalArgumentException} when it mentions too many. */
  @JsonCreator
  public Draft {
    mentions = List.copyOf(mentions);
    if (mentions.size() > Message.MENTIONS_MOST) {
      throw new IllegalArgumentException(
          "A message mentions at most %d users".formatted(Message.MENTIONS_MOST));
    }
  }

  /** A draft that begins no epoch. */
  public Draft(
      ClientId clientId,
      ConversationId conversation,
      Content content,
      Optional<MessageId> replyTo,
      List<UserId> mentions) {
    this(clientId, conversation, content, replyTo, mentions, Optional.empty());
  }

  /** A draft that mentions nobody. */
  public Draft(
      ClientId clientId,
      ConversationId conversation,
      Content content,
      Optional<MessageId> replyTo) {
    this(clientId, conversation, content, replyTo, List.of());
  }

  /** The same draft with another content. */
  public Draft saying(Content other) {
    return new Draft(clientId, conversation, other, replyTo, mentions, next);
  }

  /** What the message was before it was accepted. */
  static Draft of(Message message) {
    return new Draft(
        message.clientId(),
        message.conversation(),
        message.content(),
        message.replyTo(),
        message.mentions());
  }

  /** The same for a repeat, different for another message under the same client id. */
  long fingerprint() {
    var head = conversation + "\n" + replyTo.map(MessageId::toString).orElse("");
    var mentioned = mentions.isEmpty() ? "" : "\n" + mentions;
    return switch (content) {
      case Content.Text text -> Fingerprint.of(head + mentioned + "\ntext\n" + text.text());
      case Media media ->
          Fingerprint.of(
              head + mentioned + "\nmedia\n" + media.mediaId() + media.caption().orElse(""));
      case Sealed sealed -> Fingerprint.of(head + mentioned + "\nsealed\n" + inFull(sealed));
      case GroupNotice notice -> throw new IllegalStateException("Nobody sends " + notice);
    };
  }

  private static String inFull(Sealed sealed) {
    return String.join(
        "\n",
        sealed.protocol().name(),
        Long.toString(sealed.epoch()),
        sealed.kind().name(),
        sealed.data().base64(),
        sealed.welcome().map(Opaque::base64).orElse(""),
        sealed.media().stream().map(MediaId::value).collect(Collectors.joining(" ")));
  }

  /** Whether it begins an epoch, and so has to be the first that does. */
  boolean isCommit() {
    return content instanceof Sealed sealed && sealed.beginsEpoch();
  }

  /** What it takes on its way to its sender's actor. */
  public int sizeBytes() {
    return content.sizeBytes() + next.map(NextEpoch::sizeBytes).orElse(0);
  }
}
