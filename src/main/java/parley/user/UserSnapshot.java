package parley.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.keys.DeviceKeys;
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
 * @param postings none in what was stored before there were groups
 * @param keys empty when no device ever had any
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
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Postings.Pending> postings,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<DeviceId, PushSubscription> pushes,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<DeviceKeys.Stored> keys) {

  /** Of a user to whom nothing has happened yet. */
  static final UserSnapshot NOTHING =
      new UserSnapshot(
          0,
          Instant.EPOCH,
          Optional.empty(),
          List.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          0,
          new long[0],
          new long[0],
          List.of(),
          new long[0],
          0,
          List.of(),
          List.of(),
          Map.of(),
          Optional.empty());

  UserSnapshot {
    postings = postings == null ? List.of() : List.copyOf(postings);
    // Snapshots of a time before there were any have none.
    pushes = pushes == null ? Map.of() : pushes;
  }

  /**
   * The stored form of a conversation.
   *
   * @param unread in Roaring's portable format
   * @param mentioned likewise; of the unread ones those that mention the user
   * @param shown the last message that people see, when others came after it
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
      Watermarks theirs,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<ByteBuffer> mentioned,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<GroupSide.Stored> groupSide,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<UserReply.Arrangement> arrangement,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<MessageId> shown,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean encrypted) {}
}
