package parley.media;

import akka.actor.typed.RecipientRef;
import parley.message.MediaId;

/** The actors of all media, wherever they are. */
@FunctionalInterface
public interface MediaActors {

  /** The actor of the medium; it need not be awake, nor the medium exist. */
  RecipientRef<MediumCommand> of(MediaId id);
}
