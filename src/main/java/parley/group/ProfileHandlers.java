package parley.group;

import akka.persistence.typed.javadsl.ReplyEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.message.Failure;
import parley.message.GroupNotice;
import parley.message.Refusal;
import parley.message.UserId;

/** Making a group, what it is called, and ending it. */
final class ProfileHandlers {

  static final GroupReply.Refused NO_SUCH_GROUP =
      new GroupReply.Refused(new Refusal(Failure.NOT_FOUND, "There is no such group"));
  static final GroupReply.Refused FULL =
      new GroupReply.Refused(
          new Refusal(Failure.GROUP_FULL, "The group has as many members as it may"));
  static final GroupReply.Refused NOT_ALLOWED =
      new GroupReply.Refused(
          new Refusal(Failure.NOT_ALLOWED, "The rules of this group leave that to others"));

  private final Room room;

  ProfileHandlers(Room room) {
    this.room = room;
  }

  ReplyEffect<GroupEvent, GroupState> onCreate(GroupState state, GroupCommand.Create create) {
    if (state.profile().isPresent() && state.profile().get().createdBy().equals(create.by())) {
      return room.effects().reply(create.replyTo(), description(state, create.by()));
    }
    if (state.profile().isPresent() || state.isGone()) {
      return room.effects().reply(create.replyTo(), NO_SUCH_GROUP);
    }
    var others =
        create.members().stream().distinct().filter(it -> !it.equals(create.by())).toList();
    if (others.size() >= room.settings().membersMax()) {
      return room.effects().reply(create.replyTo(), FULL);
    }
    var content =
        new GroupNotice.Created(
            create.title(),
            others.subList(0, Math.min(GroupNotice.NAMED_MOST, others.size())),
            others.size() + 1);
    var notice = new Scribe(state, room.now(state)).notice(create.by(), content);
    return room.effects()
        .persist(new GroupEvent.Created(notice, create.description(), create.rules(), others))
        .thenRun((GroupState after) -> room.handOver().start(after))
        .thenReply(create.replyTo(), after -> description(after, create.by()));
  }

  ReplyEffect<GroupEvent, GroupState> onDescribe(GroupState state, GroupCommand.Describe ask) {
    return room.effects().reply(ask.replyTo(), description(state, ask.by()));
  }

  ReplyEffect<GroupEvent, GroupState> onGetPicture(
      GroupState state, GroupCommand.GetPicture get) {
    return room.effects()
        .reply(get.replyTo(), new GroupReply.Picture(state.profile().flatMap(Profile::picture)));
  }

  /** The group as it is shown to a member. */
  static GroupReply.ToDescribe description(GroupState state, UserId viewer) {
    var profile = state.profile().orElseThrow();
    var role = state.roster().find(viewer).map(Member::role);
    if (role.isEmpty()) {
      return Group.NOT_A_MEMBER;
    }
    return new GroupReply.Description(
        state.id().group(),
        profile.title(),
        profile.description(),
        profile.picture(),
        profile.rules(),
        profile.createdBy(),
        profile.createdAt(),
        state.roster().members().size(),
        role.get());
  }

  ReplyEffect<GroupEvent, GroupState> onChange(GroupState state, GroupCommand.Change change) {
    var profile = state.profile().orElseThrow();
    var role = state.roster().find(change.by()).orElseThrow().role();
    boolean edits =
        change.title().isPresent()
            || change.description().isPresent()
            || change.picture().isPresent();
    if (edits && !GroupPolicy.allows(role, GroupPolicy.Action.EDIT_GROUP, profile.rules())
        || change.rules().isPresent()
            && !GroupPolicy.allows(role, GroupPolicy.Action.CHANGE_RULES, profile.rules())) {
      return room.effects().reply(change.replyTo(), NOT_ALLOWED);
    }
    var scribe = new Scribe(state, room.now(state));
    var events = new ArrayList<GroupEvent>();
    for (var notice : notices(profile, change)) {
      events.add(new GroupEvent.Noticed(scribe.notice(change.by(), notice)));
    }
    return events.isEmpty()
        ? room.effects().reply(change.replyTo(), description(state, change.by()))
        : room.effects()
            .persist(events)
            .thenRun((GroupState after) -> room.handOver().start(after))
            .thenReply(change.replyTo(), after -> description(after, change.by()));
  }

  private static List<GroupNotice> notices(Profile profile, GroupCommand.Change change) {
    var notices = new ArrayList<GroupNotice>();
    change
        .title()
        .filter(it -> !it.equals(profile.title()))
        .ifPresent(it -> notices.add(new GroupNotice.TitleChanged(it)));
    change
        .description()
        .filter(it -> !it.equals(profile.description()))
        .ifPresent(it -> notices.add(new GroupNotice.DescriptionChanged(it)));
    change
        .picture()
        .map(it -> Optional.of(it).filter(picture -> !picture.isEmpty()))
        .filter(it -> !it.equals(profile.picture()))
        .ifPresent(it -> notices.add(new GroupNotice.PictureChanged(it)));
    change
        .rules()
        .filter(it -> !it.equals(profile.rules()))
        .ifPresent(it -> notices.add(new GroupNotice.RulesChanged(it)));
    return notices;
  }

  ReplyEffect<GroupEvent, GroupState> onDelete(GroupState state, GroupCommand.Delete delete) {
    var role = state.roster().find(delete.by()).orElseThrow().role();
    var rules = state.profile().orElseThrow().rules();
    if (!GroupPolicy.allows(role, GroupPolicy.Action.DELETE_GROUP, rules)) {
      return room.effects().reply(delete.replyTo(), NOT_ALLOWED);
    }
    var notice = new Scribe(state, room.now(state)).notice(delete.by(), new GroupNotice.Deleted());
    return room.persist(
        List.of(new GroupEvent.Noticed(notice)), delete.replyTo(), new GroupReply.Deleted());
  }
}
