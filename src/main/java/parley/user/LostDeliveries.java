package parley.user;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import parley.archive.Archive;
import parley.message.Archived;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.Gap;
import parley.message.GroupNotice;
import parley.message.Message;
import parley.message.MessageId;

/**
 * What was acknowledged, and lost on its way here: the archive has had it since before the sender
 * was told that it is safe.
 *
 * <p>The archive knows messages, not deliveries. So receipts and changes are not made up for: later
 * receipts say more, and whoever reads a message in the archive finds it changed. Those that come
 * behind a gap are put in, and it stays until a message tells where in the archive it ends.
 */
final class LostDeliveries {

  private final Room room;

  /** The sequence up to which what is behind a gap was put in, while the gap stays. */
  private final Map<ConversationId, Long> kept = new HashMap<>();

  LostDeliveries(Room room) {
    this.room = room;
  }

  /** The gap that the command says is lost, if it is still one. */
  Optional<Gap> stillLost(UserState state, UserCommand.Deliver deliver) {
    return deliver
        .lost()
        .filter(gap ->
            state.conversations().receivedSequence(gap.conversation()) + 1 == gap.expected());
  }

  /**
   * The first message behind the gap, if it is among the deliveries: what was lost was said before
   * it. As long as there is none nobody knows where the gap ends in the archive.
   */
  Optional<MessageId> behind(UserCommand.Deliver deliver, Gap gap) {
    return deliveriesBehind(deliver, gap)
        .map(Delivery::entry)
        .filter(Message.class::isInstance)
        .map(entry -> ((Message) entry).id())
        .findFirst();
  }

  private static Stream<Delivery> deliveriesBehind(UserCommand.Deliver deliver, Gap gap) {
    return deliver.deliveries().stream()
        .filter(it -> it.entry().conversation().equals(gap.conversation()))
        .filter(it -> it.sequence() >= gap.found());
  }

  /** Lets in what is behind the gap, each once, and leaves the gap. */
  void keep(Sifting sifting, Gap gap) {
    sifting.keep(gap, kept.getOrDefault(gap.conversation(), 0L));
  }

  /** What is behind the gap was put in up to there. */
  void kept(Gap gap, long upTo) {
    kept.put(gap.conversation(), upTo);
  }

  /** Looks for it, as far as one page of the archive reaches. */
  void seek(UserCommand.Deliver deliver, MessageId behind) {
    var latest =
        room.surroundings()
            .archive()
            .page(deliver.lost().orElseThrow().conversation(), behind, Archive.PAGE_MAX);
    room.context()
        .pipeToSelf(
            latest,
            (page, failure) ->
                failure == null
                    ? new User.LostSought(deliver, page)
                    : new User.LostNotSought(deliver, failure));
  }

  /** Fills the gap with what was found of it. */
  void fill(Sifting sifting, UserState state, User.LostSought sought, Gap gap) {
    var missing = missing(state, gap.conversation(), sought.latest());
    long behind = deliveriesBehind(sought.deliver(), gap).findFirst().orElseThrow().sequence();
    if (sifting.fill(gap, missing, behind, room.settings().batchEntriesMax())) {
      room.surroundings().metrics().lost(gap.found() - gap.expected());
      kept.remove(gap.conversation());
    }
    room.context()
        .getLog()
        .error(
            "Deliveries were lost, user={} {}, messages in the archive={}",
            room.owner(),
            gap,
            missing.size());
  }

  private List<Message> missing(UserState state, ConversationId id, List<Archived> latest) {
    return switch (id) {
      case ConversationId.Direct direct -> fromOther(state, direct, latest);
      case ConversationId.Group group -> fromGroup(state, group, latest);
    };
  }

  private List<Message> fromOther(
      UserState state, ConversationId.Direct direct, List<Archived> latest) {
    if (state.contacts().isBlocked(direct.other(room.owner()))) {
      return List.of();
    }
    var visibility = state.visibility(direct);
    return unknown(state, direct, latest)
        .filter(it -> !it.from().equals(room.owner()) && visibility.shows(it, room.owner()))
        .toList();
  }

  /** Up to where the user was no member any more, if it was lost that they were removed. */
  private List<Message> fromGroup(
      UserState state, ConversationId.Group group, List<Archived> latest) {
    var known = state.conversations().latestReceived(group);
    boolean isWhole =
        latest.size() < Archive.PAGE_MAX || !latest.getLast().message().id().isAfter(known);
    if (!isWhole || !state.conversations().isMember(group)) {
      // When the user came or went is not known: some of it may not be for them.
      return List.of();
    }
    var stay = new ArrayList<Message>();
    for (var message : unknown(state, group, latest).toList()) {
      stay.add(message);
      if (message.content() instanceof GroupNotice notice && notice.ends(room.owner())) {
        break;
      }
    }
    return stay;
  }

  /** What came after all that the user has, in order. What was deleted is only for its author. */
  private Stream<Message> unknown(UserState state, ConversationId id, List<Archived> latest) {
    var known = state.conversations().latestReceived(id);
    return latest.reversed().stream()
        .filter(it -> it.deletedAt().isEmpty() || it.message().from().equals(room.owner()))
        .map(Archived::message)
        .filter(it -> it.id().isAfter(known));
  }
}
