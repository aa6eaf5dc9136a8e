package parley.group;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;
import parley.message.Amendment;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.MessageId;
import parley.message.UserId;

/**
 * What a member wants to have said or changed in a group, before the group has given it its place.
 *
 * <p>Users journal postings under the names below: names are added, never changed.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Posting.Saying.class, name = "saying"),
  @JsonSubTypes.Type(value = Posting.Amending.class, name = "amending")
})
public sealed interface Posting {

  /** Its number among all that this user posts to this group: ascending, never used again. */
  long sequence();

  /** What it says, in bytes. */
  int sizeBytes();

  /** A message to be said. */
  record Saying(
      long sequence,
      ClientId clientId,
      Content content,
      Optional<MessageId> replyTo,
      List<UserId> mentions)
      implements Posting {

    public Saying {
      mentions = List.copyOf(mentions);
    }

    @Override
    public int sizeBytes() {
      return content.sizeBytes();
    }
  }

  /**
   * A change to what was said; the user's actor has looked at what it changes.
   *
   * @param author who said that
   */
  record Amending(long sequence, Amendment amendment, UserId author) implements Posting {

    @Override
    public int sizeBytes() {
      return amendment.sizeBytes();
    }
  }
}
