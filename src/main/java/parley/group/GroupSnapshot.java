package parley.group;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.message.MessageId;
import parley.message.UserId;

/**
 * The stored form of a group's state. Fields are added, never renamed.
 *
 * @param profile empty: the group was not made yet, or is gone
 * @param gone whether it was and is no more
 * @param emptySince when the last member left
 * @param order the place of what was said last
 */
record GroupSnapshot(
    Optional<Profile> profile,
    boolean gone,
    Instant latestAt,
    Optional<Instant> emptySince,
    long order,
    MessageId latest,
    Map<UserId, Member> members,
    List<Roster.Departed> former,
    List<Invite> invites,
    long outboxLast,
    FanOut.Mark handedOver,
    List<FanOut.Parcel> outboxPending,
    List<FanOut.Stay> outboxDeparted) {}
