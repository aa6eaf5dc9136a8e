package parley.push;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Where notifications are handed over. What happens to them there is nobody's trouble. */
public interface Pushes {

  /** What became of a notification. */
  enum Fate {
    /** The push service has it. */
    SENT,
    /** The push service knows no such subscription any more: it is to be forgotten. */
    GONE,
    /** It could not be sent, and is not sent again. */
    FAILED,
    /** Too many were waiting to be sent. */
    DROPPED
  }

  /**
   * How often a user is told.
   *
   * @param delay between the arrival of a message and the telling: it may be read meanwhile
   * @param pause between two tellings: what arrives meanwhile is told together
   */
  record Pace(Duration delay, Duration pause) {}

  /** Sends a notification once, some time later. Never blocks, and the stage never fails. */
  CompletionStage<Fate> push(PushSubscription device, Notification what);

  Pace pace();
}
