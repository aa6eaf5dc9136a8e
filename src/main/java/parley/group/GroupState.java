package parley.group;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.message.ConversationId;
import parley.message.GroupId;
import parley.message.GroupNotice;
import parley.message.GroupReceipt;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Role;
import parley.message.UserId;

/**
 * All that a group's actor knows: what its events add up to. It changes in {@link #on} and nowhere
 * else. Not thread-safe; {@link #toSnapshot()} is how it leaves the actor.
 */
final class GroupState {

  private final ConversationId.Group id;
  private final GroupSettings settings;
  private final Map<String, Invite> invites = new LinkedHashMap<>();
  private Roster roster;
  private FanOut out;
  private Optional<Profile> profile;
  private boolean gone;
  private Instant latestAt;
  private Optional<Instant> emptySince;
  private long order;
  private MessageId latest;

  /** The state of a group to which nothing has happened yet. It stays so: see {@link #begun}. */
  static GroupState empty(GroupId group, GroupSettings settings) {
    var id = new ConversationId.Group(group);
    return new GroupState(
        group,
        settings,
        new GroupSnapshot(
            Optional.empty(),
            false,
            Instant.EPOCH,
            Optional.empty(),
            0,
            MessageId.first(id),
            Map.of(),
            List.of(),
            List.of(),
            0,
            FanOut.Mark.NOTHING,
            List.of(),
            List.of()));
  }

  GroupState(GroupId group, GroupSettings settings, GroupSnapshot stored) {
    this.id = new ConversationId.Group(group);
    this.settings = settings;
    this.profile = stored.profile();
    this.gone = stored.gone();
    this.latestAt = stored.latestAt();
    this.emptySince = stored.emptySince();
    this.order = stored.order();
    this.latest = stored.latest();
    this.roster = new Roster(stored.members(), stored.former(), settings.formerMembersMax());
    stored.invites().forEach(invite -> invites.put(invite.id(), invite));
    this.out =
        new FanOut(
            stored.outboxLast(),
            stored.handedOver(),
            stored.outboxPending(),
            stored.outboxDeparted());
  }

  GroupSnapshot toSnapshot() {
    return new GroupSnapshot(
        profile,
        gone,
        latestAt,
        emptySince,
        order,
        latest,
        Map.copyOf(roster.members()),
        roster.former(),
        List.copyOf(invites.values()),
        out.last(),
        out.mark(),
        out.pending(),
        out.departed());
  }

  ConversationId.Group id() {
    return id;
  }

  /** What the group is, if it is. */
  Optional<Profile> profile() {
    return profile;
  }

  /** Whether it was and is no more. */
  boolean isGone() {
    return gone;
  }

  /** Whether everyone left so long ago that it is to be forgotten. */
  boolean isOver(Instant now, Duration archiveTime) {
    return emptySince.filter(since -> !now.isBefore(since.plus(archiveTime))).isPresent();
  }

  Roster roster() {
    return roster;
  }

  FanOut out() {
    return out;
  }

  Map<String, Invite> invites() {
    return invites;
  }

  /** The id of what was said last. */
  MessageId latest() {
    return latest;
  }

  /** The time for an event that happens now: in milliseconds, never before an earlier one's. */
  Instant timeOf(Instant now) {
    var millis = now.truncatedTo(ChronoUnit.MILLIS);
    return millis.isBefore(latestAt) ? latestAt : millis;
  }

  /**
   * The state that the next event may change: for the empty one a copy, since an actor that starts
   * anew after a failure gets the very same empty state again.
   */
  GroupState begun() {
    return order > 0 || gone ? this : empty(id.group(), settings);
  }

  /** Makes this the state after the event. */
  GroupState on(GroupEvent event) {
    latestAt = event.at();
    switch (event) {
      case GroupEvent.Created it -> onCreated(it);
      case GroupEvent.Joined it -> onJoined(it);
      case GroupEvent.Noticed it -> onNoticed(it.notice());
      case GroupEvent.Posted it -> onPosted(it);
      case GroupEvent.Invited it -> invites.put(it.invite().id(), it.invite());
      case GroupEvent.Revoked it -> invites.remove(it.invite());
      case GroupEvent.Marked it -> onMarked(it);
      case GroupEvent.HandedOver it ->
          out.handedOver(new FanOut.Mark(it.upTo(), it.roundUpTo(), it.recipients()));
      case GroupEvent.Gone it -> onGone();
    }
    return this;
  }

  private void onCreated(GroupEvent.Created event) {
    var notice = event.notice();
    var content = (GroupNotice.Created) notice.content();
    place(notice);
    profile =
        Optional.of(
            new Profile(
                content.title(),
                event.description(),
                Optional.empty(),
                event.rules(),
                notice.from(),
                event.at()));
    roster.join(notice.from(), Role.OWNER, order, notice.id(), event.at());
    event.members().forEach(user -> roster.join(user, Role.MEMBER, order, notice.id(), event.at()));
  }

  private void place(Message message) {
    order++;
    latest = message.id();
    out.add(order, message);
  }

  private void onJoined(GroupEvent.Joined event) {
    place(event.notice());
    roster.join(event.member(), event.role(), order, event.notice().id(), event.at());
    event.invite().ifPresent(it -> invites.computeIfPresent(it, (key, before) -> before.used()));
  }

  private void onNoticed(Message notice) {
    place(notice);
    var content = (GroupNotice) notice.content();
    profile = profile.map(before -> before.after(content));
    switch (content) {
      case GroupNotice.Left left -> leave(left.member(), notice);
      case GroupNotice.Removed removed -> leave(removed.member(), notice);
      case GroupNotice.RoleChanged it -> roster.change(it.member(), was -> was.as(it.role()));
      case GroupNotice.Deleted it ->
          List.copyOf(roster.members().keySet()).forEach(user -> leave(user, notice));
      default -> {}
    }
  }

  private void leave(UserId user, Message notice) {
    out.depart(user, roster.leave(user, notice.id()), order);
    if (roster.members().isEmpty()) {
      emptySince = Optional.of(notice.sentAt());
      invites.clear();
    }
  }

  private void onPosted(GroupEvent.Posted event) {
    out.handedOver(event.handedOver());
    for (var place : event.places()) {
      roster.change(event.by(), member -> member.posted(place.sequence()));
      if (place.entry() instanceof Message message) {
        place(message);
        roster.change(event.by(), member -> member.saying(member.said().with(message.id())));
      } else {
        order++;
        out.add(order, place.entry());
      }
    }
  }

  private void onMarked(GroupEvent.Marked event) {
    event
        .marks()
        .forEach(mark -> roster.change(mark.member(), member -> member.reached(mark.reach())));
    for (var telling : event.tellings()) {
      if (telling.receipt() instanceof GroupReceipt receipt) {
        roster.change(telling.recipient(), member -> member.saying(member.said().told(receipt)));
      }
      out.add(telling.recipient(), telling.receipt());
    }
  }

  private void onGone() {
    gone = true;
    profile = Optional.empty();
    emptySince = Optional.empty();
    invites.clear();
    roster = new Roster(Map.of(), List.of(), settings.formerMembersMax());
    out = new FanOut(out.last(), new FanOut.Mark(out.last(), 0, 0), List.of(), List.of());
  }
}
