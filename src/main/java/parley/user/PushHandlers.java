package parley.user;

import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Deletion;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.GroupNotice;
import parley.message.Media;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Refusal;
import parley.message.Sealed;
import parley.push.Notification;
import parley.push.PushSubscription;
import parley.push.Pushes.Fate;

/**
 * Tells devices that want it, and that no socket connects, about messages that wait to be read: of
 * each conversation the last one, once. A muted one is passed over, but for what mentions the user
 * in a group. What it has told is not stored: a notification may get lost when the actor moves, and
 * none is sent for what arrived before it woke up.
 */
final class PushHandlers {

  /** How far back a telling looks: more would not be read as notifications. */
  private static final int ENTRIES_MOST = 64;

  /** The conversations that one telling is about, those with the latest messages. */
  private static final int CONVERSATIONS_MOST = 5;

  private static final UserReply.PushChanged CHANGED = new UserReply.PushChanged();
  private static final UserReply.Refused NO_SUCH_DEVICE =
      new UserReply.Refused(new Refusal(Failure.NOT_FOUND, "This device is not signed in"));

  private final Room room;
  private final StreamHandlers streams;
  private final EffectFactories<UserEvent, UserState> effects;
  private final Map<DeviceId, Long> told = new HashMap<>();
  private Optional<Long> wokeUpAt = Optional.empty();

  PushHandlers(Room room, StreamHandlers streams) {
    this.room = room;
    this.streams = streams;
    this.effects = room.effects();
  }

  void onRecovered(UserState state) {
    wokeUpAt = wokeUpAt.or(() -> Optional.of(state.mailbox().latest()));
  }

  ReplyEffect<UserEvent, UserState> onPut(UserState state, UserCommand.PutPush put) {
    var device = put.caller().device();
    if (state.devices().find(device).isEmpty()) {
      return effects.reply(put.replyTo(), NO_SUCH_DEVICE);
    }
    if (put.subscription().equals(state.devices().pushes().get(device))) {
      return effects.reply(put.replyTo(), CHANGED);
    }
    return effects
        .persist(new UserEvent.PushSubscribed(device, put.subscription(), room.now(state)))
        .thenReply(put.replyTo(), after -> CHANGED);
  }

  ReplyEffect<UserEvent, UserState> onRemove(UserState state, UserCommand.RemovePush remove) {
    var device = remove.caller().device();
    if (!state.devices().pushes().containsKey(device)) {
      return effects.reply(remove.replyTo(), CHANGED);
    }
    return effects
        .persist(new UserEvent.PushUnsubscribed(device, room.now(state)))
        .thenReply(remove.replyTo(), after -> CHANGED);
  }

  ReplyEffect<UserEvent, UserState> onGone(UserState state, User.SubscriptionGone gone) {
    // Meanwhile the device may have another one.
    if (!gone.subscription().equals(state.devices().pushes().get(gone.device()))) {
      return effects.noReply();
    }
    return effects
        .persist(new UserEvent.PushUnsubscribed(gone.device(), room.now(state)))
        .thenNoReply();
  }

  ReplyEffect<UserEvent, UserState> onNotify(UserState state) {
    boolean hasTold = false;
    for (var push : state.devices().pushes().entrySet()) {
      if (!isConnected(state, push.getKey())) {
        hasTold |= tell(state, push.getKey(), push.getValue());
      }
    }
    told.keySet().retainAll(state.devices().pushes().keySet());
    if (hasTold) {
      // What arrives meanwhile finds the timer running, and is told together.
      var pause = room.surroundings().pushes().pace().pause();
      room.timers().startSingleTimer(User.Notify.INSTANCE, pause);
    }
    return effects.noReply();
  }

  private boolean isConnected(UserState state, DeviceId device) {
    return state
        .devices()
        .find(device)
        .filter(it -> room.listeners().hasSession(it.session()))
        .isPresent();
  }

  private boolean tell(UserState state, DeviceId device, PushSubscription subscription) {
    long seen =
        Math.max(
            streams.acknowledged(state, device), told.getOrDefault(device, wokeUpAt.orElse(0L)));
    told.put(device, state.mailbox().latest());
    var news = news(state, seen, room.clock());
    news.forEach(message -> {
      var self = room.context().getSelf();
      room.surroundings()
          .pushes()
          .push(subscription, notification(state, message))
          .thenAccept(fate -> {
            if (fate == Fate.GONE) {
              self.tell(new User.SubscriptionGone(device, subscription));
            }
          });
    });
    return !news.isEmpty();
  }

  /** The last message of each conversation that is worth it: a few, the newest last. */
  private static List<Message> news(UserState state, long seen, Instant now) {
    long after = Math.max(seen, state.mailbox().latest() - ENTRIES_MOST);
    if (after >= state.mailbox().latest()) {
      return List.of();
    }
    var entries = state.mailbox().next(after, ENTRIES_MOST).recent();
    var deleted = new HashSet<MessageId>();
    var last = new LinkedHashMap<ConversationId, Message>();
    for (var entry : entries) {
      if (entry.entry() instanceof Message message
          && state.isUnread(entry)
          && isWanted(state, message, now)) {
        last.remove(message.conversation());
        last.put(message.conversation(), message);
      }
      if (entry.entry() instanceof Deletion deletion) {
        deleted.add(deletion.message());
      }
    }
    last.values().removeIf(message -> deleted.contains(message.id()));
    return latest(last.values());
  }

  private static boolean isWanted(UserState state, Message message, Instant now) {
    boolean mentioned =
        message.conversation() instanceof ConversationId.Group
            && message.mentions().contains(state.owner());
    return mentioned
        || !state
            .conversations()
            .find(message.conversation())
            .orElseThrow()
            .arrangement()
            .mutes(now);
  }

  private static List<Message> latest(Collection<Message> messages) {
    return messages.stream().skip(Math.max(0, messages.size() - CONVERSATIONS_MOST)).toList();
  }

  private static Notification notification(UserState state, Message message) {
    return new Notification(
        message.conversation(),
        message.id(),
        message.from(),
        Optional.ofNullable(state.contacts().names().get(message.from())),
        state
            .conversations()
            .find(message.conversation())
            .flatMap(conversation -> conversation.groupSide().title()),
        switch (message.content()) {
          case Content.Text(String text) -> Optional.of(text);
          case Media media -> Optional.of(words(media));
          case Sealed sealed -> Optional.empty();
          case GroupNotice notice -> Optional.empty();
        });
  }

  /** What is said with it, or what it is. */
  private static String words(Media media) {
    return media
        .caption()
        .or(() -> media.name().filter(name -> media.kind().equals("file")))
        .orElseGet(() ->
            switch (media.kind()) {
              case "image" -> "Photo";
              case "video" -> "Video";
              case "audio" -> "Voice message";
              default -> "File";
            });
  }
}
