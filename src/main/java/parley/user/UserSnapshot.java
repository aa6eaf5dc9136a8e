package parley.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.message.ConversationId;
import parley.message.DeviceId;
import parley.message.MessageId;
import parley.message.SessionId;
import parley.message.UserId;
import parley.push.PushSubscription;

/**
 * The stored form of a user's state: what {@link UserState} was after {@code events} events. Fields
 * are added, never renamed.
 *
 * @param stretchSequences the marks of the {@link PositionIndex}: journal sequence numbers …
 * @param stretchTimes … and milliseconds since 1970
 * @param sends as {@link RecentSends#toArray()} gives them
 */
record UserSnapshot(
    long events,
    Instant latestAt,
    Optional<Account> account,
    List<Devices.Device> devices,
    Map<SessionId, Instant> endedSessions,
    Map<DeviceId, Long> acknowledged,
    Map<UserId, String> contacts,
    Map<UserId, List<UserReply.Period>> blocks,
    long latestPosition,
    long[] stretchSequences,
    long[] stretchTimes,
    List<Conversation> conversations,
    long[] sends,
    long outboxLast,
    List<Outbox.Parcel> outboxPending,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<DeviceId, PushSubscription> pushes) {

  UserSnapshot {
    // Snapshots of a time before there were any have none.
    pushes = pushes == null ? Map.of() : pushes;
  }

  /**
   * The stored form of a conversation.
   *
   * @param unread in Roaring's portable format
   */
  record Conversation(
      ConversationId id,
      ByteBuffer unread,
      MessageId latest,
      MessageId latestReceived,
      long sentSequence,
      long receivedSequence,
      long latestReceivedPos,
      Watermarks mine,
      Watermarks told,
      Watermarks theirs) {}
}
