package parley.user;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import parley.keys.DeviceKeys;
import parley.message.Amendment;
import parley.message.Caller;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.Entry;
import parley.message.Positioned;
import parley.message.ReadMark;
import parley.message.UserId;

/**
 * All that a user's actor knows: what its events add up to. It changes in {@link #on} and nowhere
 * else. Not thread-safe; {@link #toSnapshot()} is how it leaves the actor.
 */
final class UserState {

  /** Those whose presence a session may see: the ones talked to last. */
  private static final int CORRESPONDENTS_MOST = 100;

  private final UserId owner;
  private final UserSettings settings;
  private final Devices devices = new Devices();
  private final Contacts contacts;
  private final Conversations conversations = new Conversations();
  private final Mailbox mailbox;
  private final RecentSends sends;
  private final Outbox outbox;
  private final Postings postings;
  private final Arrivals arrivals;
  private final DeviceKeys keys;
  private final Receipts receipts;
  private Optional<Account> account;
  private Instant latestAt;
  private long events;

  /** The state of a user to whom nothing has happened yet. It stays so: see {@link #begun}. */
  static UserState empty(UserId owner, UserSettings settings) {
    return new UserState(owner, settings, UserSnapshot.NOTHING);
  }

  UserState(UserId owner, UserSettings settings, UserSnapshot stored) {
    this.owner = owner;
    this.settings = settings;
    this.events = stored.events();
    this.latestAt = stored.latestAt();
    this.account = stored.account();
    stored.devices().forEach(devices::add);
    stored.endedSessions().forEach(devices::addEnded);
    stored.acknowledged().forEach(devices::acknowledge);
    stored.pushes().forEach(devices::subscribe);
    this.contacts = new Contacts(stored.contacts(), stored.blocks());
    this.mailbox =
        new Mailbox(
            owner,
            stored.latestPosition(),
            new PositionIndex(stored.stretchSequences(), stored.stretchTimes()),
            new RecentEntries(settings.recentEntriesMax(), settings.recentBytesMax()));
    stored.conversations().forEach(each -> conversations.add(new Conversation(each)));
    this.receipts = new Receipts(owner, conversations);
    this.sends = new RecentSends(stored.sends());
    this.outbox = new Outbox(stored.outboxLast(), stored.outboxPending());
    this.postings = new Postings(stored.postings());
    this.arrivals = new Arrivals(owner, conversations, sends, postings);
    this.keys = new DeviceKeys(owner, stored.keys().orElse(DeviceKeys.Stored.NONE));
  }

  UserSnapshot toSnapshot() {
    return new UserSnapshot(
        events,
        latestAt,
        account,
        List.copyOf(devices.all()),
        devices.ended(),
        devices.acknowledged(),
        contacts.names(),
        contacts.blocks(),
        mailbox.latest(),
        mailbox.index().sequences(),
        mailbox.index().times(),
        conversations.all().stream().map(Conversation::toSnapshot).toList(),
        sends.toArray(),
        outbox.last(),
        outbox.pending(),
        postings.pending(),
        devices.pushes(),
        Optional.of(keys.toStored()).filter(it -> !it.equals(DeviceKeys.Stored.NONE)));
  }

  UserId owner() {
    return owner;
  }

  Optional<Account> account() {
    return account;
  }

  Devices devices() {
    return devices;
  }

  DeviceKeys keys() {
    return keys;
  }

  Contacts contacts() {
    return contacts;
  }

  Conversations conversations() {
    return conversations;
  }

  Receipts receipts() {
    return receipts;
  }

  Mailbox mailbox() {
    return mailbox;
  }

  RecentSends sends() {
    return sends;
  }

  Outbox outbox() {
    return outbox;
  }

  Postings postings() {
    return postings;
  }

  /** Whether the caller's session is one that may act for this user. */
  boolean admits(Caller caller) {
    return account.isPresent() && !devices.hasEnded(caller.session());
  }

  /** The time for an event that happens now: in milliseconds, never before an earlier one's. */
  Instant timeOf(Instant now) {
    var millis = now.truncatedTo(ChronoUnit.MILLIS);
    return millis.isBefore(latestAt) ? latestAt : millis;
  }

  /** The same for an event that counts by its time: after any earlier one's. */
  Instant timeAfterAll(Instant now) {
    var time = timeOf(now);
    return time.equals(latestAt) ? time.plusMillis(1) : time;
  }

  /**
   * The state that the next event may change: for the empty one a copy, since an actor that starts
   * anew after a failure gets the very same empty state again.
   */
  UserState begun() {
    return events == 0 ? empty(owner, settings) : this;
  }

  /** Makes this the state after the event. */
  UserState on(UserEvent event) {
    events++;
    latestAt = event.at();
    event.entries().forEach(entry -> mailbox.add(entry, events, event.at()));
    switch (event) {
      case UserEvent.Registered it ->
          account =
              Optional.of(
                  new Account(
                      it.displayName(), "", true, it.passwordHash(), it.at(), Optional.empty()));
      case UserEvent.ProfileChanged it -> account = account.map(before -> before.with(it));
      case UserEvent.SignedIn it -> {
        devices.signIn(it);
        keys.retain(devices.ids(), it.at());
      }
      case UserEvent.Refreshed it -> devices.refresh(it);
      case UserEvent.SignedOut it -> {
        devices.signOut(it.session(), it.at());
        keys.retain(devices.ids(), it.at());
      }
      case UserEvent.Sent it -> onSent(it);
      case UserEvent.Received it -> onReceived(it);
      case UserEvent.Marked it -> onMarked(it);
      case UserEvent.Receipted it -> onReceipted(it);
      case UserEvent.HandedOver it -> outbox.handedOver(it.upTo());
      case UserEvent.Amended it -> onAmended(it);
      case UserEvent.Ignored it -> conversations.open(it.conversation()).passed(it.sequence());
      case UserEvent.ContactPut it -> contacts.put(it.contact(), it.name());
      case UserEvent.ContactRemoved it -> contacts.remove(it.contact());
      case UserEvent.Blocked it -> contacts.block(it.other(), it.at());
      case UserEvent.Unblocked it -> contacts.unblock(it.other(), it.at());
      case UserEvent.Posted it -> onPosted(it);
      case UserEvent.PostingsRefused it ->
          it.sequences().forEach(sequence -> postings.remove(it.group(), sequence));
      case UserEvent.Arranged it -> conversations.open(it.conversation()).arrange(it.arrangement());
      case UserEvent.PushSubscribed it -> devices.subscribe(it.device(), it.subscription());
      case UserEvent.PushUnsubscribed it -> devices.unsubscribe(it.device());
      case UserEvent.KeysPut it -> keys.put(it.device(), it.offer(), it.at());
      case UserEvent.KeyPackagesTaken it -> keys.taken(it.suite(), it.devices());
    }
    return this;
  }

  private void onSent(UserEvent.Sent event) {
    outbox.handedOver(event.handedOver());
    long pos = event.pos();
    for (var sending : event.sendings()) {
      var message = sending.message();
      var conversation = conversations.open(message.conversation());
      conversation.says(message);
      conversation.sent(message.id(), sending.sequence());
      sends.add(
          message.clientId(), new RecentSends.Recent(message.id(), sending.fingerprint(), pos));
      outbox.add(message, deliveryOf(message, sending.sequence()));
      pos++;
    }
  }

  private void onReceived(UserEvent.Received event) {
    long pos = event.pos();
    for (var delivery : event.deliveries()) {
      receipts.settle(arrivals.add(delivery, pos));
      pos++;
    }
  }

  private void onPosted(UserEvent.Posted event) {
    for (var pending : event.postings()) {
      var group = new ConversationId.Group(pending.group());
      conversations.open(group).amended(pending.posting().sequence());
      postings.add(pending.group(), pending.posting());
    }
  }

  private void onMarked(UserEvent.Marked event) {
    var mark = event.mark();
    var conversation = conversations.open(mark.conversation());
    if (!mark.allBefore()) {
      conversation.read(mark.message(), event.upTo());
    } else if (isOwnInDirect(mark)) {
      conversation.readUpToOwn(mark.message(), event.upTo());
    } else {
      conversation.readUpTo(mark.message(), event.upTo());
    }
    receipts.settle(conversation);
  }

  private boolean isOwnInDirect(ReadMark mark) {
    return mark.conversation() instanceof ConversationId.Direct direct
        && mark.message().isSaidBy(owner, direct);
  }

  private void onAmended(UserEvent.Amended event) {
    outbox.handedOver(event.handedOver());
    var amendment = event.amendment();
    conversations.open(amendment.conversation()).amended(event.sequence());
    outbox.add(amendment, deliveryOf(amendment, event.sequence()));
  }

  private void onReceipted(UserEvent.Receipted event) {
    outbox.handedOver(event.handedOver());
    event.acknowledged().forEach(devices::acknowledge);
    for (var receipting : event.receiptings()) {
      var receipt = receipting.receipt();
      var conversation = conversations.open(receipt.conversation());
      conversation.receipted(receipt, receipting.sequence());
      receipts.settle(conversation);
      if (receipt.conversation() instanceof ConversationId.Direct) {
        outbox.add(receipt, deliveryOf(receipt, receipting.sequence()));
      }
    }
  }

  private Optional<Delivery> deliveryOf(Entry entry, long sequence) {
    return recipient(entry.conversation()).map(other -> new Delivery(other, sequence, entry));
  }

  /** Whom this user writes to in the conversation; nobody in a conversation with themselves. */
  Optional<UserId> recipient(ConversationId conversation) {
    return switch (conversation) {
      case ConversationId.Direct direct ->
          Optional.of(direct.other(owner)).filter(other -> !other.equals(owner));
      case ConversationId.Group group -> Optional.empty();
    };
  }

  /** With whom the user shares their presence: those talked to last, but for the blocked. */
  List<UserId> correspondents() {
    return conversations.newest(CORRESPONDENTS_MOST).stream()
        .flatMap(conversation -> recipient(conversation.id()).stream())
        .filter(other -> !contacts.isBlocked(other))
        .toList();
  }

  /** The sequence of what is sent next to the other side or the group; 0 where nobody is. */
  long nextSequence(ConversationId id) {
    return recipient(id).isEmpty() && id instanceof ConversationId.Direct
        ? 0
        : 1 + conversations.find(id).map(Conversation::sentSequence).orElse(0L);
  }

  /** Which part of the history this user may see, and how far the other side has got. */
  UserReply.Visibility visibility(ConversationId id) {
    var conversation = conversations.find(id);
    return new UserReply.Visibility(
        recipient(id).map(contacts::hidden).orElse(List.of()),
        conversation
            .filter(it -> id instanceof ConversationId.Group)
            .map(it -> it.groupSide().membership()),
        conversation.flatMap(it -> it.mine().read()),
        conversation.map(Conversation::theirs).orElse(Watermarks.NONE));
  }

  /** Whether it was said to this user at a time at which they had blocked whoever said it. */
  boolean isHidden(Amendment amendment) {
    var saidAt = amendment.message().saidAt();
    return recipient(amendment.conversation()).map(contacts::hidden).orElse(List.of()).stream()
        .anyMatch(period -> period.contains(saidAt));
  }

  /** Whether it has to be asked who or what is there, since the user has not been there yet. */
  boolean isStrange(ConversationId id) {
    return switch (id) {
      case ConversationId.Direct direct ->
          conversations.find(direct).isEmpty() && recipient(direct).isPresent();
      case ConversationId.Group group -> !conversations.isMember(group);
    };
  }

  /** Whether the entry of the mailbox is a message that waits to be read. */
  boolean isUnread(Positioned entry) {
    return conversations
        .find(entry.entry().conversation())
        .filter(conversation -> conversation.isUnread(entry.pos()))
        .isPresent();
  }
}
