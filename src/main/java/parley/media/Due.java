package parley.media;

import java.time.Duration;
import java.time.Instant;

/**
 * What is to be done next about a medium.
 *
 * @param grace how long one is kept that nothing refers to
 */
record Due(Facts facts, Instant now, Duration grace) {

  enum Step {
    LOOK,
    TRANSCODE,
    CHECK,
    WAIT,
    REMOVE
  }

  Step next() {
    boolean isLate = !now.isBefore(until());
    return switch (facts.state()) {
      case UPLOADING -> isLate ? Step.REMOVE : Step.WAIT;
      case PROCESSING -> Step.LOOK;
      case REFUSED -> isLate ? Step.REMOVE : Step.WAIT;
      case READY -> {
        if (facts.hasReferences()) {
          yield facts.mayChange() ? Step.TRANSCODE : Step.CHECK;
        }
        if (isLate) {
          yield Step.REMOVE;
        }
        yield facts.mayChange() ? Step.TRANSCODE : Step.WAIT;
      }
    };
  }

  /** When it is removed, if nothing happens. */
  Instant until() {
    return facts.state() == Facts.State.UPLOADING
        ? facts.expiresAt()
        : facts.looseSince().plus(grace);
  }
}
