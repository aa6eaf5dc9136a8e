package parley.socket;

import akka.actor.typed.ActorRef;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parley.group.GroupCommand;
import parley.group.GroupReply;
import parley.message.ConversationId;
import parley.message.GroupId;
import parley.message.UserId;
import parley.presence.PresenceCommand;
import parley.presence.PresenceReply;
import parley.socket.SessionCommand.Tick;
import parley.user.UserCommand;

/** What a socket tells and is told of who is online and who is typing. */
final class PresenceLink {

  private final Desk desk;
  private final UserLink link;
  private final ActorRef<PresenceReply> answers;
  private final Set<UserId> correspondents = new HashSet<>();

  /** Those whom the user's actor was asked about. */
  private final Set<UserId> asked = new HashSet<>();

  private Optional<ActorRef<?>> actor = Optional.empty();
  private boolean shown;
  private boolean entered;

  PresenceLink(Desk desk, UserLink link) {
    this.desk = desk;
    this.link = link;
    this.answers =
        desk.context().messageAdapter(PresenceReply.class, SessionCommand.PresenceSays::new);
  }

  /** The user is online on this socket, and shares that with these and nobody else. */
  void share(List<UserId> with, boolean isShown) {
    boolean isChange = !entered || shown != isShown || !correspondents.equals(new HashSet<>(with));
    asked.clear();
    correspondents.clear();
    correspondents.addAll(with);
    shown = isShown;
    entered = true;
    if (isChange) {
      enter();
    }
  }

  /** Says so again until it is answered: it may go to a node that is no more. */
  void enter() {
    desk.surroundings()
        .presences()
        .of(desk.owner())
        .tell(new PresenceCommand.Enter(answers, Set.copyOf(correspondents), shown));
    if (actor.isEmpty()) {
      desk.timers().startSingleTimer(Tick.ENTER_AGAIN, desk.settings().askTimeout());
    }
  }

  /** The user talks with somebody; whether they have blocked them only the user's actor knows. */
  void meet(ConversationId conversation) {
    if (conversation instanceof ConversationId.Direct direct) {
      var other = direct.other(desk.owner());
      boolean isNew = !other.equals(desk.owner()) && !correspondents.contains(other);
      if (isNew && hasRoom() && asked.add(other)) {
        link.user().tell(new UserCommand.Meet(desk.caller(), other, link.answers()));
      }
    }
  }

  private boolean hasRoom() {
    return Math.max(asked.size(), correspondents.size()) < PresenceCommand.CORRESPONDENTS_MOST;
  }

  /** With that one the user shares their presence from now on. */
  void met(UserId other) {
    if (correspondents.add(other)) {
      enter();
    }
  }

  /** The device tells that the user types, or has stopped; what is too much is lost. */
  void type(ClientFrame.Typing frame) {
    if (desk.surroundings().typing().take(desk.owner().value()).isPresent()) {
      return;
    }
    switch (frame.conversation()) {
      case ConversationId.Direct direct -> tell(direct.other(desk.owner()), frame);
      case ConversationId.Group group -> askWhom(group.group(), frame);
    }
  }

  private void tell(UserId other, ClientFrame.Typing frame) {
    desk.surroundings()
        .presences()
        .of(other)
        .tell(new PresenceCommand.Type(desk.owner(), frame.conversation(), frame.on()));
  }

  /** Only the group knows its members, and whether they are too many to be told. */
  private void askWhom(GroupId group, ClientFrame.Typing frame) {
    desk.context()
        .<UserCommand, GroupReply.ToGetAudience>ask(
            GroupReply.ToGetAudience.class,
            desk.user(),
            desk.settings().askTimeout(),
            replyTo ->
                new UserCommand.InGroup(
                    desk.caller(), group, new GroupCommand.GetAudience(desk.owner(), replyTo)),
            (reply, late) ->
                new SessionCommand.AudienceKnown(
                    reply instanceof GroupReply.Audience audience ? audience.members() : List.of(),
                    frame));
  }

  /** Tells a group's members; nobody when it did not answer. */
  void onAudienceKnown(SessionCommand.AudienceKnown audience) {
    audience.members().forEach(member -> tell(member, audience.typing()));
  }

  void on(PresenceReply reply) {
    switch (reply) {
      case PresenceReply.Entered entered -> watch(entered.actor());
      case PresenceReply.Seen seen -> tell(seen);
      case PresenceReply.Typed typed ->
          desk.downlink()
              .writeIfRoom(new ServerFrame.Typing(typed.conversation(), typed.user(), typed.on()));
    }
  }

  private void tell(PresenceReply.Seen seen) {
    desk.downlink()
        .writeIfRoom(new ServerFrame.Presence(seen.user(), seen.online(), seen.lastSeen()));
  }

  private void watch(ActorRef<?> now) {
    desk.timers().cancel(Tick.ENTER_AGAIN);
    if (!actor.equals(Optional.of(now))) {
      actor.ifPresent(desk.context()::unwatch);
      desk.context().watchWith(now, new SessionCommand.PresenceGone(now));
      actor = Optional.of(now);
    }
  }

  /** The user's presence has ended: it begins anew, where it is now. */
  void onGone(ActorRef<?> gone) {
    if (actor.equals(Optional.of(gone))) {
      actor = Optional.empty();
      enter();
    }
  }
}
