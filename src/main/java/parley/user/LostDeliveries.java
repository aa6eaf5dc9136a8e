package parley.user;

import java.util.List;
import java.util.Optional;
import parley.archive.Archive;
import parley.message.Archived;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.Gap;
import parley.message.Message;
import parley.message.MessageId;

/**
 * What was acknowledged, and lost on its way here: the archive has had it since before the sender
 * was told that it is safe.
 *
 * <p>The archive knows messages, not deliveries. So receipts and changes are not made up for: later
 * receipts say more, and whoever reads a message in the archive finds it changed.
 */
final class LostDeliveries {

  private final Room room;

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

  /** Looks for it, as far as one page of the archive reaches. */
  void seek(UserCommand.Deliver deliver, Gap gap) {
    var latest =
        room.surroundings()
            .archive()
            .page(gap.conversation(), behind(deliver, gap), Archive.PAGE_MAX);
    room.context()
        .pipeToSelf(
            latest,
            (page, failure) ->
                failure == null
                    ? new User.LostSought(deliver, page)
                    : new User.LostNotSought(deliver, failure));
  }

  /** What comes next in the conversation: all that was lost was said before it. */
  private static MessageId behind(UserCommand.Deliver deliver, Gap gap) {
    return deliver.deliveries().stream()
        .filter(it -> it.sequence() >= gap.found())
        .map(Delivery::entry)
        .filter(entry -> entry.conversation().equals(gap.conversation()))
        .filter(Message.class::isInstance)
        .map(entry -> ((Message) entry).id())
        .findFirst()
        .orElseGet(() -> MessageId.last(gap.conversation()));
  }

  /** Fills the gap with what was found of it. */
  void fill(Sifting sifting, UserState state, Gap gap, List<Archived> latest) {
    var missing = missing(state, gap.conversation(), latest);
    if (sifting.fill(gap, missing, room.settings().batchEntriesMax())) {
      room.surroundings().metrics().lost(gap.found() - gap.expected());
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
    if (id instanceof ConversationId.Group group && !state.conversations().isMember(group)) {
      // What was said before the user came is not for them; when that was is lost as well.
      return List.of();
    }
    var known = state.conversations().latestReceived(id);
    var visibility = state.visibility(id);
    return latest.stream()
        .filter(it -> it.deletedAt().isEmpty())
        .map(Archived::message)
        .filter(it -> it.id().isAfter(known) && isDelivered(it))
        .filter(it -> visibility.shows(it, room.owner()))
        .toList()
        .reversed();
  }

  /** In a direct conversation what the other one said; in a group everything. */
  private boolean isDelivered(Message message) {
    return message.conversation() instanceof ConversationId.Group
        || !message.from().equals(room.owner());
  }
}
