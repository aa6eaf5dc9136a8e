package parley.group;

import akka.persistence.typed.javadsl.ReplyEffect;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.message.Failure;
import parley.message.GroupNotice;
import parley.message.Refusal;
import parley.message.Role;
import parley.message.UserId;

/** Invites: whoever has one may join. */
final class InviteHandlers {

  /** Of the hash: enough to tell the invites of one group apart, and of no use to anybody else. */
  private static final int ID_LENGTH = 12;

  private static final GroupReply.Refused TOO_MANY =
      new GroupReply.Refused(
          new Refusal(Failure.TOO_LARGE, "There are too many invites; revoke some"));
  private static final GroupReply.Refused NO_SUCH_INVITE =
      new GroupReply.Refused(
          new Refusal(Failure.NOT_FOUND, "There is no such invite, or it holds no longer"));

  private final Room room;

  InviteHandlers(Room room) {
    this.room = room;
  }

  private static boolean mayInvite(GroupState state, UserId user) {
    var role = state.roster().find(user).orElseThrow().role();
    var rules = state.profile().orElseThrow().rules();
    return GroupPolicy.allows(role, GroupPolicy.Action.ADD_MEMBER, rules);
  }

  ReplyEffect<GroupEvent, GroupState> onInvite(GroupState state, GroupCommand.Invite ask) {
    if (!mayInvite(state, ask.by())) {
      return room.effects().reply(ask.replyTo(), ProfileHandlers.NOT_ALLOWED);
    }
    var now = room.now(state);
    var outdated = state.invites().values().stream().filter(invite -> !invite.holds(now)).toList();
    if (state.invites().size() - outdated.size() >= room.settings().invitesMax()) {
      return room.effects().reply(ask.replyTo(), TOO_MANY);
    }
    var token = InviteToken.random(state.id().group());
    var hash = token.hash();
    var invite =
        new Invite(
            hash.substring(0, ID_LENGTH),
            hash,
            ask.by(),
            now,
            now.plus(ask.lifetime()),
            ask.usesMax());
    var events = new ArrayList<GroupEvent>();
    outdated.forEach(each -> events.add(new GroupEvent.Revoked(each.id(), now)));
    events.add(new GroupEvent.Invited(invite, now));
    return room.persist(events, ask.replyTo(), new GroupReply.Invited(invite.info(), token));
  }

  ReplyEffect<GroupEvent, GroupState> onGetInvites(GroupState state, GroupCommand.GetInvites get) {
    if (!mayInvite(state, get.by())) {
      return room.effects().reply(get.replyTo(), ProfileHandlers.NOT_ALLOWED);
    }
    var now = room.clock();
    var invites =
        state.invites().values().stream()
            .filter(invite -> invite.holds(now))
            .map(Invite::info)
            .toList();
    return room.effects().reply(get.replyTo(), new GroupReply.InviteList(invites));
  }

  ReplyEffect<GroupEvent, GroupState> onRevoke(GroupState state, GroupCommand.Revoke revoke) {
    if (!mayInvite(state, revoke.by())) {
      return room.effects().reply(revoke.replyTo(), ProfileHandlers.NOT_ALLOWED);
    }
    if (!state.invites().containsKey(revoke.invite())) {
      return room.effects().reply(revoke.replyTo(), NO_SUCH_INVITE);
    }
    return room.persist(
        List.of(new GroupEvent.Revoked(revoke.invite(), room.now(state))),
        revoke.replyTo(),
        new GroupReply.Revoked());
  }

  ReplyEffect<GroupEvent, GroupState> onJoin(GroupState state, GroupCommand.Join join) {
    var invite = find(state, join.token(), room.clock());
    if (invite.isEmpty()) {
      return room.effects().reply(join.replyTo(), NO_SUCH_INVITE);
    }
    if (state.roster().find(join.by()).isPresent()) {
      return room.effects().reply(join.replyTo(), ProfileHandlers.description(state, join.by()));
    }
    if (state.roster().members().size() >= room.settings().membersMax()) {
      return room.effects().reply(join.replyTo(), ProfileHandlers.FULL);
    }
    var content = new GroupNotice.Joined(join.by(), state.profile().orElseThrow().title());
    var notice = new Scribe(state, room.now(state)).notice(join.by(), content);
    var id = invite.map(Invite::id);
    return room.effects()
        .persist(new GroupEvent.Joined(notice, join.by(), Role.MEMBER, id))
        .thenRun((GroupState after) -> room.handOver().start(after))
        .thenReply(join.replyTo(), after -> ProfileHandlers.description(after, join.by()));
  }

  private static Optional<Invite> find(GroupState state, InviteToken token, Instant now) {
    var hash = token.hash().getBytes(StandardCharsets.UTF_8);
    return state.invites().values().stream()
        .filter(it -> it.holds(now))
        .filter(it -> MessageDigest.isEqual(hash, it.hash().getBytes(StandardCharsets.UTF_8)))
        .findAny();
  }
}
