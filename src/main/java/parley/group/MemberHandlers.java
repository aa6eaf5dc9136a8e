package parley.group;

import akka.persistence.typed.javadsl.ReplyEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.message.Failure;
import parley.message.GroupNotice;
import parley.message.Refusal;
import parley.message.Role;
import parley.message.UserId;

/** Who comes, who goes, and what each one is. */
final class MemberHandlers {

  private static final GroupReply.Refused NO_SUCH_MEMBER =
      new GroupReply.Refused(new Refusal(Failure.NOT_FOUND, "They are not a member"));
  private static final GroupReply.Refused LAST_OWNER =
      new GroupReply.Refused(new Refusal(Failure.NOT_ALLOWED, "Make somebody else an owner first"));

  private final Room room;

  MemberHandlers(Room room) {
    this.room = room;
  }

  ReplyEffect<GroupEvent, GroupState> onGetMembers(GroupState state, GroupCommand.GetMembers get) {
    var all = state.roster().members();
    var rest = get.after().isPresent() ? all.tailMap(get.after().get(), false) : all;
    int limit = Math.clamp(get.limit(), 1, GroupLimits.PAGE_MAX);
    var page =
        rest.entrySet().stream()
            .limit(limit)
            .map(each ->
                new GroupReply.MemberInfo(
                    each.getKey(), each.getValue().role(), each.getValue().joinedAt()))
            .toList();
    return room.effects()
        .reply(get.replyTo(), new GroupReply.MemberPage(page, rest.size() > limit));
  }

  ReplyEffect<GroupEvent, GroupState> onPutMember(GroupState state, GroupCommand.PutMember put) {
    var member = state.roster().find(put.member());
    return member.isEmpty() ? add(state, put) : changeRole(state, put, member.get().role());
  }

  private ReplyEffect<GroupEvent, GroupState> add(GroupState state, GroupCommand.PutMember put) {
    var by = state.roster().find(put.by()).orElseThrow().role();
    var role = put.role().orElse(Role.MEMBER);
    var profile = state.profile().orElseThrow();
    boolean isAllowed =
        GroupPolicy.allows(by, GroupPolicy.Action.ADD_MEMBER, profile.rules())
            && (role == Role.MEMBER || GroupPolicy.mayChangeRole(by, Role.MEMBER, role));
    if (!isAllowed) {
      return room.effects().reply(put.replyTo(), ProfileHandlers.NOT_ALLOWED);
    }
    if (state.roster().members().size() >= room.settings().membersMax()) {
      return room.effects().reply(put.replyTo(), ProfileHandlers.FULL);
    }
    var content = new GroupNotice.Added(List.of(put.member()), 1, profile.title());
    var notice = new Scribe(state, room.now(state)).notice(put.by(), content);
    return room.persist(
        List.of(new GroupEvent.Joined(notice, put.member(), role, Optional.empty())),
        put.replyTo(),
        new GroupReply.MemberChanged(put.member(), true, Optional.of(role)));
  }

  private ReplyEffect<GroupEvent, GroupState> changeRole(
      GroupState state, GroupCommand.PutMember put, Role from) {
    var to = put.role().orElse(from);
    var answer = new GroupReply.MemberChanged(put.member(), false, Optional.of(to));
    if (to == from) {
      return room.effects().reply(put.replyTo(), answer);
    }
    var by = state.roster().find(put.by()).orElseThrow().role();
    if (!GroupPolicy.mayChangeRole(by, from, to)) {
      return room.effects().reply(put.replyTo(), ProfileHandlers.NOT_ALLOWED);
    }
    if (state.roster().isLastOwner(put.member())) {
      return room.effects().reply(put.replyTo(), LAST_OWNER);
    }
    var content = new GroupNotice.RoleChanged(put.member(), to);
    var notice = new Scribe(state, room.now(state)).notice(put.by(), content);
    return room.persist(List.of(new GroupEvent.Noticed(notice)), put.replyTo(), answer);
  }

  ReplyEffect<GroupEvent, GroupState> onRemoveMember(
      GroupState state, GroupCommand.RemoveMember remove) {
    var member = state.roster().find(remove.member());
    if (member.isEmpty()) {
      return room.effects().reply(remove.replyTo(), NO_SUCH_MEMBER);
    }
    boolean leaves = remove.by().equals(remove.member());
    var by = state.roster().find(remove.by()).orElseThrow().role();
    if (!leaves && !GroupPolicy.mayRemove(by, member.get().role())) {
      return room.effects().reply(remove.replyTo(), ProfileHandlers.NOT_ALLOWED);
    }
    room.settleSoon();
    return room.persist(
        removal(state, remove.by(), remove.member()),
        remove.replyTo(),
        new GroupReply.MemberChanged(remove.member(), false, Optional.empty()));
  }

  private List<GroupEvent> removal(GroupState state, UserId by, UserId member) {
    var scribe = new Scribe(state, room.now(state));
    var content =
        by.equals(member) ? new GroupNotice.Left(member) : new GroupNotice.Removed(member);
    var events = new ArrayList<GroupEvent>();
    events.add(new GroupEvent.Noticed(scribe.notice(by, content)));
    if (state.roster().isLastOwner(member)) {
      state
          .roster()
          .successor(member)
          .map(heir -> scribe.notice(by, new GroupNotice.RoleChanged(heir, Role.OWNER)))
          .ifPresent(notice -> events.add(new GroupEvent.Noticed(notice)));
    }
    return events;
  }

  ReplyEffect<GroupEvent, GroupState> onGetReceipts(
      GroupState state, GroupCommand.GetReceipts get) {
    var all = state.roster().receipts(get.message(), get.by());
    var rest =
        all.stream()
            .filter(it -> get.after().filter(last -> it.user().compareTo(last) <= 0).isEmpty())
            .toList();
    int limit = Math.clamp(get.limit(), 1, GroupLimits.PAGE_MAX);
    var page = rest.subList(0, Math.min(limit, rest.size()));
    return room.effects()
        .reply(get.replyTo(), new GroupReply.ReceiptPage(page, rest.size() > limit));
  }

  ReplyEffect<GroupEvent, GroupState> onGetAudience(
      GroupState state, GroupCommand.GetAudience get) {
    var members = state.roster().members();
    var role = members.get(get.by()).role();
    var rules = state.profile().orElseThrow().rules();
    boolean isShown =
        members.size() <= room.settings().typingMembersMax()
            && GroupPolicy.allows(role, GroupPolicy.Action.POST, rules);
    var audience =
        isShown
            ? members.keySet().stream().filter(it -> !it.equals(get.by())).toList()
            : List.<UserId>of();
    return room.effects().reply(get.replyTo(), new GroupReply.Audience(audience));
  }

  ReplyEffect<GroupEvent, GroupState> onGetStanding(
      GroupState state, GroupCommand.GetStanding get) {
    if (state.profile().isEmpty()) {
      return room.effects().reply(get.replyTo(), GroupReply.Standing.NO_GROUP);
    }
    var standing =
        state.roster().find(get.user()).isPresent()
            ? GroupReply.Standing.MEMBER
            : GroupReply.Standing.STRANGER;
    return room.effects().reply(get.replyTo(), standing);
  }
}
