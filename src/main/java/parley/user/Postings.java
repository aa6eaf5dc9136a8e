package parley.user;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import parley.group.Posting;
import parley.message.Amendment;
import parley.message.ClientId;
import parley.message.ConversationId;
import parley.message.GroupId;
import parley.message.Message;
import parley.message.MessageId;

/**
 * What was journaled for groups and has not come back from them: neither as the own copy of it, nor
 * refused. In order, for each group apart, so that the trouble of one is none of another's.
 */
final class Postings {

  /** The most for one group; above it sends there are refused. */
  static final int PER_GROUP_MOST = 256;

  private final Map<GroupId, NavigableMap<Long, Posting>> byGroup = new LinkedHashMap<>();
  private int size;

  Postings(Collection<Pending> stored) {
    stored.forEach(each -> add(each.group(), each.posting()));
  }

  /** One posting of one group. */
  record Pending(GroupId group, Posting posting) {

    /** The draft that it was, if it is a message. */
    Optional<Draft> draft() {
      return posting instanceof Posting.Saying saying
          ? Optional.of(
              new Draft(
                  saying.clientId(),
                  new ConversationId.Group(group),
                  saying.content(),
                  saying.replyTo(),
                  saying.mentions()))
          : Optional.empty();
    }
  }

  void add(GroupId group, Posting posting) {
    byGroup.computeIfAbsent(group, it -> new TreeMap<>()).put(posting.sequence(), posting);
    size++;
  }

  void remove(GroupId group, long sequence) {
    var postings = byGroup.get(group);
    if (postings != null && postings.remove(sequence) != null) {
      size--;
      if (postings.isEmpty()) {
        byGroup.remove(group);
      }
    }
  }

  /**
   * The own copy of a message has come back. What was posted before it and has not come back by
   * then never will: the group has refused it, since it takes what is posted in order.
   */
  void cameBack(GroupId group, Message message) {
    find(message.clientId())
        .filter(it -> it.group().equals(group))
        .ifPresent(it -> removeUpTo(group, it.posting().sequence()));
  }

  /** The own copy of a change has come back, and so on. */
  void cameBack(GroupId group, Amendment amendment) {
    all(group).stream()
        .filter(it -> it instanceof Posting.Amending that && that.amendment().equals(amendment))
        .findFirst()
        .ifPresent(it -> removeUpTo(group, it.sequence()));
  }

  private void removeUpTo(GroupId group, long last) {
    all(group).stream()
        .map(Posting::sequence)
        .filter(sequence -> sequence <= last)
        .forEach(sequence -> remove(group, sequence));
  }

  /** The message of that client id. */
  Optional<Pending> find(ClientId clientId) {
    return pending().stream()
        .filter(
            it -> it.posting() instanceof Posting.Saying that && that.clientId().equals(clientId))
        .findAny();
  }

  boolean has(GroupId group, long sequence) {
    return byGroup.containsKey(group) && byGroup.get(group).containsKey(sequence);
  }

  /** The changes to the message, in order. */
  List<Amendment> amendments(MessageId message) {
    return pending().stream()
        .flatMap(it ->
            it.posting() instanceof Posting.Amending that
                ? Optional.of(that.amendment()).stream()
                : Optional.<Amendment>empty().stream())
        .filter(amendment -> amendment.message().equals(message))
        .toList();
  }

  /** The groups that there is something for. */
  List<GroupId> groups() {
    return List.copyOf(byGroup.keySet());
  }

  /** What there is for the group after the sequence, at most so many. */
  List<Posting> after(GroupId group, long sequence, int limit) {
    var postings = byGroup.get(group);
    return postings == null
        ? List.of()
        : postings.tailMap(sequence, false).values().stream().limit(limit).toList();
  }

  private List<Posting> all(GroupId group) {
    return after(group, 0, Integer.MAX_VALUE);
  }

  int size() {
    return size;
  }

  int size(GroupId group) {
    return byGroup.containsKey(group) ? byGroup.get(group).size() : 0;
  }

  List<Pending> pending() {
    return byGroup.entrySet().stream()
        .flatMap(
            each -> each.getValue().values().stream().map(it -> new Pending(each.getKey(), it)))
        .toList();
  }
}
