package parley.media;

import java.util.Optional;
import parley.message.MediaId;

/**
 * A medium as its actor has it.
 *
 * @param facts empty before it was opened
 * @param isRemoved whether nothing of it is kept any more
 */
record MediumState(MediaId id, Optional<Facts> facts, boolean isRemoved) {

  static MediumState empty(MediaId id) {
    return new MediumState(id, Optional.empty(), false);
  }

  /** What is known of it, unless it is gone. */
  Optional<Facts> present() {
    return facts.filter(it -> !isRemoved);
  }

  MediumState on(MediumEvent event) {
    return switch (event) {
      case MediumEvent.Opened opened ->
          new MediumState(id, Optional.of(Facts.of(id, opened)), false);
      case MediumEvent.Removed removed -> new MediumState(id, facts, true);
      default -> new MediumState(id, facts.map(it -> it.on(event)), isRemoved);
    };
  }
}
