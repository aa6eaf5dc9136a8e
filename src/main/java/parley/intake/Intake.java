package parley.intake;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Lets commands come to a persistent actor a few at a time, in the order of their arrival; the
 * others wait before the door, a bounded number of them.
 *
 * <p>Inside, a command that comes while another one is journaled is stashed by Akka. It drops what
 * is over its stash's capacity, be it what the actor tells itself, and it takes stashed commands
 * out by recursion, one level each: many of them end the node with a stack overflow.
 */
public final class Intake<C> extends BehaviorInterceptor<C, C> {

  /** Enough for the actor never to be idle, and far from what stash and stack take. */
  public static final int INSIDE_MOST = 64;

  /** One more is refused as busy. At ten thousand a second the last one waits for 100 ms. */
  public static final int WAITING_MOST = 1_000;

  private final Door<C> door;
  private final ActorRef<C> self;
  private final Queue<C> waiting = new ArrayDeque<>();
  private int inside;
  private int called;

  /** The intake of that actor. */
  public Intake(Door<C> door, ActorRef<C> self) {
    super(door.commands());
    this.door = door;
    this.self = self;
  }

  /**
   * What an intake knows of its actor.
   *
   * @param next what the actor tells itself when one that waits may come in; for the intake alone
   * @param isInternal what the actor tells itself: it never waits
   * @param stop never refused
   * @param refuse tells whoever asked that it was too much; who cannot be told so asks again when
   *     there was no answer in time
   */
  public record Door<C>(
      Class<C> commands, C next, Predicate<C> isInternal, C stop, Consumer<C> refuse) {}

  @Override
  public Behavior<C> aroundReceive(
      TypedActorContext<C> context, C command, ReceiveTarget<C> actor) {
    if (command == door.next()) {
      called--;
      return actor.apply(context, waiting.remove());
    }
    if (door.isInternal().test(command)) {
      return actor.apply(context, command);
    }
    if (inside < INSIDE_MOST && waiting.isEmpty()) {
      inside++;
      return actor.apply(context, command);
    }
    if (waiting.size() < WAITING_MOST || command == door.stop()) {
      waiting.add(command);
    } else {
      door.refuse().accept(command);
    }
    return Behaviors.same();
  }

  /** One of those inside has come to its turn: the next one may come in, in its place. */
  public void onTurn() {
    if (waiting.size() > called) {
      called++;
      self.tell(door.next());
    } else {
      inside--;
    }
  }
}
