package parley.group;

import akka.persistence.typed.javadsl.ReplyEffect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.message.Amendment;
import parley.message.Content;
import parley.message.Deletion;
import parley.message.Edit;
import parley.message.Entry;
import parley.message.Failure;
import parley.message.GroupNotice;
import parley.message.Media;
import parley.message.Reaction;
import parley.message.Refusal;
import parley.message.Sealed;
import parley.message.UserId;

/** What members say. */
final class PostHandlers {

  private static final Refusal NO_SUCH_GROUP =
      new Refusal(Failure.UNKNOWN_RECIPIENT, "There is no such group");
  private static final Refusal NOT_A_MEMBER =
      new Refusal(Failure.NOT_A_MEMBER, "You are not a member of this group");
  private static final Refusal NOT_ALLOWED =
      new Refusal(Failure.NOT_ALLOWED, "Only admins may say something in this group");
  private static final Refusal NOT_OWN =
      new Refusal(Failure.NOT_ALLOWED, "Only who said it can change it, and admins delete it");

  private final Room room;

  PostHandlers(Room room) {
    this.room = room;
  }

  ReplyEffect<GroupEvent, GroupState> onPost(GroupState state, GroupCommand.Post post) {
    boolean asksOnly = post.postings().isEmpty();
    if (asksOnly && !room.handOver().isDone(state)) {
      return room.effects().reply(post.replyTo(), new GroupReply.NotPosted());
    }
    if (state.out().size(room.handOver().upTo()) >= room.settings().outboxEntriesMax()) {
      return room.effects().reply(post.replyTo(), new GroupReply.NotPosted());
    }
    var now = room.now(state);
    var scribe = new Scribe(state, now);
    var places = new ArrayList<GroupEvent.Place>();
    var refused = new HashMap<Long, Refusal>();
    long last = state.roster().posted(post.by());
    for (var posting : post.postings()) {
      if (posting.sequence() <= last) {
        continue;
      }
      var refusal = refusal(state, post.by(), posting);
      if (refusal.isPresent()) {
        refused.put(posting.sequence(), refusal.get());
        continue;
      }
      last = posting.sequence();
      places.add(new GroupEvent.Place(last, entry(post.by(), posting, scribe)));
    }
    var answer = new GroupReply.Posted(Map.copyOf(refused));
    return places.isEmpty()
        ? room.effects().reply(post.replyTo(), answer)
        : room.persist(
            List.of(new GroupEvent.Posted(post.by(), places, room.handOver().upTo(), now)),
            post.replyTo(),
            answer);
  }

  private static Optional<Refusal> refusal(GroupState state, UserId by, Posting posting) {
    if (state.profile().isEmpty()) {
      return Optional.of(NO_SUCH_GROUP);
    }
    var member = state.roster().find(by);
    if (member.isEmpty()) {
      return Optional.of(NOT_A_MEMBER);
    }
    var role = member.get().role();
    var rules = state.profile().get().rules();
    return switch (posting) {
      case Posting.Saying saying ->
          maySay(saying.content(), GroupPolicy.allows(role, GroupPolicy.Action.POST, rules))
              ? Optional.empty()
              : Optional.of(NOT_ALLOWED);
      case Posting.Amending amending -> {
        boolean isAllowed =
            amending.amendment().by().equals(by)
                && (isFree(amending.amendment(), amending.author())
                    || amending.amendment() instanceof Deletion
                        && GroupPolicy.allows(role, GroupPolicy.Action.DELETE_ANY_MESSAGE, rules));
        yield isAllowed ? Optional.empty() : Optional.of(NOT_OWN);
      }
    };
  }

  /** What says nothing to people, every member may say: their devices come, go and renew keys. */
  private static boolean maySay(Content content, boolean mayPost) {
    return switch (content) {
      case Content.Text text -> mayPost;
      case Media media -> mayPost;
      case Sealed sealed -> mayPost || sealed.kind() != Sealed.Kind.APPLICATION;
      case GroupNotice notice -> false;
    };
  }

  /** What every member may do: react, and change what they said themselves. */
  private static boolean isFree(Amendment amendment, UserId author) {
    return switch (amendment) {
      case Reaction reaction -> true;
      case Edit edit -> edit.by().equals(author);
      case Deletion deletion -> deletion.by().equals(author);
    };
  }

  private static Entry entry(UserId by, Posting posting, Scribe scribe) {
    return switch (posting) {
      case Posting.Saying saying -> scribe.message(by, saying);
      case Posting.Amending amending -> amending.amendment();
    };
  }
}
