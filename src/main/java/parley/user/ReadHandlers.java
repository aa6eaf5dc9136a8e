package parley.user;

import akka.actor.typed.ActorRef;
import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import parley.message.ConversationId;
import parley.message.Failure;
import parley.message.Message;
import parley.message.Positioned;
import parley.message.ReadMark;
import parley.message.Refusal;
import parley.user.UserReply.Refused;

/** Looking into the mailbox, and marking what was read. */
final class ReadHandlers {

  private static final Refused NO_SUCH_CONVERSATION =
      new Refused(new Refusal(Failure.NOT_FOUND, "There is no such conversation"));

  private final Room room;
  private final EffectFactories<UserEvent, UserState> effects;
  private final SearchHandlers searches;

  ReadHandlers(Room room, SearchHandlers searches) {
    this.room = room;
    this.searches = searches;
    this.effects = room.effects();
  }

  ReplyEffect<UserEvent, UserState> onGetUnread(UserState state, UserCommand.GetUnread get) {
    var positions = state.conversations().unread(get.after(), get.limit() + 1);
    boolean more = positions.size() > get.limit();
    var page = more ? positions.subList(0, get.limit()) : positions;
    return effects.reply(get.replyTo(), new UserReply.Unread(state.mailbox().excerpt(page), more));
  }

  ReplyEffect<UserEvent, UserState> onGetMessage(UserState state, UserCommand.GetMessage get) {
    return searches.withMessage(
        state, get.id(), get.replyTo(), (now, entry) -> answer(now, entry, get.replyTo()));
  }

  private ReplyEffect<UserEvent, UserState> answer(
      UserState state, Positioned entry, ActorRef<UserReply.ToGetMessage> replyTo) {
    var message = (Message) entry.entry();
    var status =
        message.from().equals(room.owner())
            ? Optional.of(state.visibility(message.conversation()).theirs().statusOf(message.id()))
            : Optional.<UserReply.Status>empty();
    return effects.reply(
        replyTo, new UserReply.Found(entry.pos(), message, !state.isUnread(entry), status));
  }

  ReplyEffect<UserEvent, UserState> onMarkRead(UserState state, UserCommand.MarkRead mark) {
    return searches.withMessage(
        state, mark.id(), mark.replyTo(), (now, entry) -> markRead(now, entry, mark));
  }

  private ReplyEffect<UserEvent, UserState> markRead(
      UserState state, Positioned entry, UserCommand.MarkRead command) {
    var message = (Message) entry.entry();
    if (message.from().equals(room.owner()) || message.isNotice() || message.isSilent()) {
      return effects.reply(
          command.replyTo(), new UserReply.MarkedRead(message.id(), message.sentAt()));
    }
    if (!state.isUnread(entry)) {
      return answerEarlierMark(state, entry, command);
    }
    var behind = readBehind(state, entry);
    var last = behind.orElse(entry);
    var mark =
        new ReadMark(
            message.conversation(),
            ((Message) last.entry()).id(),
            behind.isPresent(),
            room.now(state));
    return effects
        .persist(new UserEvent.Marked(state.mailbox().latest() + 1, mark, last.pos()))
        .thenRun(this::marked)
        .thenReply(command.replyTo(), after -> new UserReply.MarkedRead(message.id(), mark.at()));
  }

  /**
   * The last message that is read without a gap once the first unread one is, when others behind
   * that were read before it; as far as memory has them.
   */
  private Optional<Positioned> readBehind(UserState state, Positioned entry) {
    var conversation = state.conversations().find(entry.entry().conversation()).orElseThrow();
    var next = Positions.after(entry.pos(), 1, List.of(conversation.unread()));
    if (conversation.firstUnread() != entry.pos() || next.isEmpty()) {
      return Optional.empty();
    }
    return state
        .mailbox()
        .recent()
        .findLast(entry.pos(), next.getFirst(), it -> isFromOthers(it, conversation.id()));
  }

  private void marked(UserState after) {
    room.grown(after);
    if (after.receipts().areOwed()) {
      room.sendReceiptsSoon();
    }
  }

  ReplyEffect<UserEvent, UserState> onMarkReadUpTo(UserState state, UserCommand.MarkReadUpTo mark) {
    if (mark.upTo().conversation() != mark.conversation().hash()) {
      return effects.reply(mark.replyTo(), SearchHandlers.NO_SUCH_MESSAGE);
    }
    return searches.withMessage(
        state, mark.upTo(), mark.replyTo(), (now, entry) -> markReadUpTo(now, entry, mark));
  }

  private ReplyEffect<UserEvent, UserState> markReadUpTo(
      UserState state, Positioned entry, UserCommand.MarkReadUpTo command) {
    var conversation = state.conversations().find(entry.entry().conversation()).orElseThrow();
    if (conversation.firstUnread() > entry.pos() || !isOwnInDirect((Message) entry.entry())) {
      return markReadUpTo(state, entry, entry.pos(), command);
    }
    // No receipt can name an own message: what the other side said before it may yet come. It names
    // the last one that came before, or that was unread.
    long unread = conversation.lastUnread(entry.pos());
    var mailbox = state.mailbox();
    var search =
        new SearchHandlers.Search(
            unread,
            mailbox.index().from(mailbox.index().stretch(unread)),
            it -> it.pos() == unread);
    return searches.withEntry(
        state,
        search,
        command.replyTo(),
        (now, received) ->
            markReadUpTo(now, lastReceived(now, received, entry.pos()), entry.pos(), command));
  }

  private boolean isOwnInDirect(Message message) {
    return message.from().equals(room.owner())
        && message.conversation() instanceof ConversationId.Direct;
  }

  /** The last message before the position that another one said; as far as memory has them. */
  private Positioned lastReceived(UserState state, Positioned atLeast, long before) {
    return state
        .mailbox()
        .recent()
        .findLast(atLeast.pos(), before, it -> isFromOthers(it, atLeast.entry().conversation()))
        .orElse(atLeast);
  }

  private boolean isFromOthers(Positioned entry, ConversationId conversation) {
    return entry.entry() instanceof Message message
        && message.conversation().equals(conversation)
        && !message.from().equals(room.owner());
  }

  private ReplyEffect<UserEvent, UserState> markReadUpTo(
      UserState state, Positioned last, long pos, UserCommand.MarkReadUpTo command) {
    var conversation = state.conversations().find(last.entry().conversation()).orElseThrow();
    if (conversation.firstUnread() > pos) {
      return effects.reply(
          command.replyTo(), new UserReply.MarkedReadUpTo(conversation.unreadCount()));
    }
    var message = ((Message) last.entry()).id();
    var mark = new ReadMark(conversation.id(), message, true, room.now(state));
    return effects
        .persist(new UserEvent.Marked(state.mailbox().latest() + 1, mark, pos))
        .thenRun(this::marked)
        .thenReply(
            command.replyTo(), after -> new UserReply.MarkedReadUpTo(conversation.unreadCount()));
  }

  ReplyEffect<UserEvent, UserState> onGetConversations(
      UserState state, UserCommand.GetConversations get) {
    var newest = state.conversations().newest(get.before(), get.limit() + 1);
    var conversations =
        newest.stream()
            .limit(get.limit())
            .map(it ->
                new UserReply.ConversationInfo(
                    it.id(),
                    it.shown(),
                    it.groupSide().title(),
                    it.unreadCount(),
                    it.mentions(),
                    it.mine().read(),
                    it.theirs(),
                    it.arrangement(),
                    it.isEncrypted()))
            .toList();
    return effects.reply(
        get.replyTo(), new UserReply.ConversationList(conversations, newest.size() > get.limit()));
  }

  ReplyEffect<UserEvent, UserState> onGetVisibility(
      UserState state, UserCommand.GetVisibility get) {
    return concerns(state, get.conversation())
        ? effects.reply(get.replyTo(), state.visibility(get.conversation()))
        : effects.reply(get.replyTo(), NO_SUCH_CONVERSATION);
  }

  private boolean concerns(UserState state, ConversationId id) {
    return switch (id) {
      case ConversationId.Direct direct -> direct.concerns(room.owner());
      case ConversationId.Group group ->
          !state.visibility(group).membership().orElse(Membership.NONE).stays().isEmpty();
    };
  }

  /** Answers with the time of the first mark that made the message read. */
  private ReplyEffect<UserEvent, UserState> answerEarlierMark(
      UserState state, Positioned read, UserCommand.MarkRead command) {
    Predicate<Positioned> made =
        entry ->
            entry.pos() > read.pos()
                && entry.entry() instanceof ReadMark mark
                && mark.conversation().equals(read.entry().conversation())
                && mark.covers(command.id());
    var mailbox = state.mailbox();
    long from = mailbox.index().from(mailbox.index().stretch(read.pos()));
    return searches.withEntry(
        state,
        new SearchHandlers.Search(read.pos() + 1, from, made),
        command.replyTo(),
        (now, entry) ->
            effects.reply(
                command.replyTo(),
                new UserReply.MarkedRead(command.id(), ((ReadMark) entry.entry()).at())));
  }
}
