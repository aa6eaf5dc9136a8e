package parley.socket;

import akka.actor.typed.ActorRef;
import java.util.LinkedHashSet;
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
import parley.user.UserReply;

/** What a socket tells and is told of who is online and who is typing. */
final class PresenceLink {

  private final Desk desk;
  private final ActorRef<PresenceReply> answers;
  private final Set<UserId> correspondents = new LinkedHashSet<>();
  private Optional<ActorRef<?>> actor = Optional.empty();
  private boolean shown;
  private boolean entered;

  PresenceLink(Desk desk) {
    this.desk = desk;
    this.answers =
        desk.context().messageAdapter(PresenceReply.class, SessionCommand.PresenceSays::new);
  }

  /** The user is online on this socket. */
  void enter(UserReply.Attached attached) {
    shown = attached.showsPresence();
    correspondents.addAll(attached.correspondents());
    entered = true;
    enter();
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

  /** The user talks with somebody: with them they share their presence from now on. */
  void meet(ConversationId conversation) {
    boolean isNew =
        conversation instanceof ConversationId.Direct direct
            && correspondents.size() < PresenceCommand.CORRESPONDENTS_MOST
            && correspondents.add(direct.other(desk.owner()));
    if (isNew && entered) {
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
