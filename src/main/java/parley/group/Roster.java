package parley.group;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import parley.message.MessageId;
import parley.message.Role;
import parley.message.UserId;

/** Who is in a group, and who was. */
final class Roster {

  private final NavigableMap<UserId, Member> members = new TreeMap<>();
  private final Map<UserId, Former> former = new LinkedHashMap<>();
  private final int formerMax;

  /**
   * @param former those who have left, in the order in which they did
   */
  Roster(Map<UserId, Member> members, List<Departed> former, int formerMax) {
    this.members.putAll(members);
    former.forEach(each -> this.former.put(each.user(), each.as()));
    this.formerMax = formerMax;
  }

  /** The stored form of one who has left. */
  record Departed(UserId user, Former as) {}

  Optional<Member> find(UserId user) {
    return Optional.ofNullable(members.get(user));
  }

  Optional<Former> findFormer(UserId user) {
    return Optional.ofNullable(former.get(user));
  }

  /** By user id. */
  NavigableMap<UserId, Member> members() {
    return members;
  }

  List<Departed> former() {
    return former.entrySet().stream()
        .map(each -> new Departed(each.getKey(), each.getValue()))
        .toList();
  }

  void join(UserId user, Role role, long order, MessageId notice, Instant at) {
    var earlier = Optional.ofNullable(former.remove(user));
    members.put(user, Member.joined(role, order, at, notice, earlier));
  }

  /** The place in the order at which they had come. */
  long leave(UserId user, MessageId notice) {
    var member = members.remove(user);
    former.put(user, member.left(notice));
    if (former.size() > formerMax) {
      former.remove(former.keySet().iterator().next());
    }
    return member.order();
  }

  void change(UserId user, UnaryOperator<Member> change) {
    members.computeIfPresent(user, (id, before) -> change.apply(before));
  }

  /** The sequence of the last posting that was taken from them, whether they are here or not. */
  long posted(UserId user) {
    var member = members.get(user);
    return member != null
        ? member.posted()
        : Optional.ofNullable(former.get(user)).map(Former::posted).orElse(0L);
  }

  /** Whether the group has no owner when this one leaves. */
  boolean isLastOwner(UserId user) {
    return find(user).filter(it -> it.role() == Role.OWNER).isPresent()
        && members.entrySet().stream()
            .noneMatch(it -> !it.getKey().equals(user) && it.getValue().role() == Role.OWNER);
  }

  /**
   * Who is to own the group when the one leaves: of the admins, else of all, the first who came.
   */
  Optional<UserId> successor(UserId leaving) {
    return members.entrySet().stream()
        .filter(each -> !each.getKey().equals(leaving))
        .min(
            Comparator.<Map.Entry<UserId, Member>, Role>comparing(each -> each.getValue().role())
                .thenComparing(each -> each.getValue().order()))
        .map(Map.Entry::getKey);
  }

  /** How far all others of each one have got, with some of them further than is known here. */
  Slowest slowest(Map<UserId, Reach> moved) {
    var delivered = new Slowest.Line();
    var read = new Slowest.Line();
    members.forEach((user, member) -> {
      var reach = moved.getOrDefault(user, member.reach());
      delivered.add(user, reach.delivered());
      read.add(user, reach.read());
    });
    return new Slowest(delivered, read);
  }

  /** How far those have got with the message who were there when it was said. */
  List<GroupReply.MemberReceipt> receipts(MessageId message, UserId sender) {
    var all = new TreeMap<UserId, GroupReply.MemberReceipt>();
    members.forEach((user, member) -> {
      if (!member.joined().isAfter(message)) {
        all.put(user, receipt(user, member.reach(), message, false));
      } else {
        member
            .earlier()
            .filter(it -> it.wasThere(message))
            .ifPresent(it -> all.put(user, receipt(user, it.reach(), message, false)));
      }
    });
    former.forEach((user, it) -> {
      if (it.wasThere(message)) {
        all.put(user, receipt(user, it.reach(), message, true));
      }
    });
    all.remove(sender);
    return new ArrayList<>(all.values());
  }

  private static GroupReply.MemberReceipt receipt(
      UserId user, Reach reach, MessageId message, boolean left) {
    return new GroupReply.MemberReceipt(
        user, reach.hasDelivered(message), reach.hasRead(message), left);
  }
}
