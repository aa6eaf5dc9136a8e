package parley.user;

import akka.actor.typed.ActorRef;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import parley.message.SessionId;
import parley.user.UserReply.ToSession;

/**
 * The sockets' sessions that read this mailbox now. Each has at most one question open: a reader
 * that does not ask costs nothing.
 */
final class Listeners {

  /**
   * The most sessions at a time: each device with a few, old ones that have not been noticed yet.
   */
  static final int MOST = 100;

  private final Map<ActorRef<ToSession>, SessionId> attached = new HashMap<>();
  private final Map<ActorRef<ToSession>, UserCommand.Pull> waiting = new HashMap<>();

  /** Whether one more may attach. */
  boolean hasRoomFor(ActorRef<ToSession> listener) {
    return attached.size() < MOST || attached.containsKey(listener);
  }

  void attach(ActorRef<ToSession> listener, SessionId session) {
    attached.put(listener, session);
  }

  boolean isAttached(ActorRef<ToSession> listener) {
    return attached.containsKey(listener);
  }

  /** Whether a socket of that sign-in reads along. */
  boolean hasSession(SessionId session) {
    return attached.containsValue(session);
  }

  /** The session has gone. */
  void detach(ActorRef<ToSession> listener) {
    attached.remove(listener);
    waiting.remove(listener);
  }

  /** Keeps a question for which there is nothing yet. */
  void await(UserCommand.Pull pull) {
    waiting.put(pull.replyTo(), pull);
  }

  /** Drops a question that is no longer asked. */
  void forget(ActorRef<ToSession> listener) {
    waiting.remove(listener);
  }

  /**
   * Answers the open questions that there is something for, now that the mailbox reaches so far.
   */
  void release(long latest, BiFunction<Long, Integer, Excerpt> read) {
    waiting
        .values()
        .removeIf(pull -> {
          boolean isAnswered = pull.after() < latest;
          if (isAnswered) {
            pull.replyTo().tell(new UserReply.Pulled(read.apply(pull.after(), pull.limit())));
          }
          return isAnswered;
        });
  }

  /** Tells all of them something beside the stream. */
  void tell(ToSession news) {
    attached.keySet().forEach(listener -> listener.tell(news));
  }

  /** Tells the sockets of one sign-in something beside the stream. */
  void tell(SessionId session, ToSession news) {
    attached.forEach((listener, of) -> {
      if (of.equals(session)) {
        listener.tell(news);
      }
    });
  }

  /** Tells those whose sign-in has ended, once, and lets them go. */
  void end(Predicate<SessionId> hasEnded) {
    attached
        .entrySet()
        .removeIf(each -> {
          boolean isOver = hasEnded.test(each.getValue());
          if (isOver) {
            waiting.remove(each.getKey());
            each.getKey().tell(new UserReply.SessionEnded(each.getValue()));
          }
          return isOver;
        });
  }
}
