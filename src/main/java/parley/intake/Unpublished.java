package parley.intake;

import akka.actor.typed.Behavior;
import akka.persistence.typed.javadsl.EventSourcedBehavior;

/**
 * Keeps events off the actor system's event stream, where Akka publishes each of them: nobody
 * listens there, and each costs a turn of an actor.
 */
public final class Unpublished {

  private Unpublished() {}

  /** The same behavior, but for that. */
  @SuppressWarnings("unchecked") // A behavior in Scala, of which Java sees the trait alone.
  public static <C, E, S> Behavior<C> of(EventSourcedBehavior<C, E, S> actor) {
    return (Behavior<C>) actor.createEventSourcedBehavior().withEventPublishing(false);
  }
}
