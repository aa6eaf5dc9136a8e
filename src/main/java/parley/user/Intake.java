package parley.user;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;
import java.util.ArrayDeque;
import java.util.Queue;
import parley.message.Failure;
import parley.message.Refusal;
import parley.user.UserReply.Refused;

/**
 * Lets commands come to a user's actor a few at a time, in the order of their arrival; the others
 * wait before the door, a bounded number of them.
 *
 * <p>Inside, a command that comes while another one is journaled is stashed by Akka. It drops what
 * is over its stash's capacity, be it what the actor tells itself, and it takes stashed commands
 * out by recursion, one level each: many of them end the node with a stack overflow.
 */
final class Intake extends BehaviorInterceptor<UserCommand, UserCommand> {

  /** Enough for the actor never to be idle, and far from what stash and stack take. */
  static final int INSIDE_MOST = 64;

  /** One more is refused as busy. At ten thousand a second the last one waits for 100 ms. */
  static final int WAITING_MOST = 1_000;

  private static final Refused BUSY =
      new Refused(new Refusal(Failure.BUSY, "This user has too much to do; try again"));

  private final ActorRef<UserCommand> self;
  private final Queue<UserCommand> waiting = new ArrayDeque<>();
  private int inside;
  private int called;

  Intake(ActorRef<UserCommand> self) {
    super(UserCommand.class);
    this.self = self;
  }

  @Override
  public Behavior<UserCommand> aroundReceive(
      TypedActorContext<UserCommand> context,
      UserCommand command,
      ReceiveTarget<UserCommand> actor) {
    if (command == User.NextCommand.INSTANCE) {
      called--;
      return actor.apply(context, waiting.remove());
    }
    if (command instanceof User.Internal) {
      return actor.apply(context, command);
    }
    if (inside < INSIDE_MOST) {
      inside++;
      return actor.apply(context, command);
    }
    if (waiting.size() < WAITING_MOST || command == UserCommand.Stop.INSTANCE) {
      waiting.add(command);
    } else if (command instanceof UserCommand.Owned owned) {
      owned.replyTo().tell(BUSY);
    }
    // Whoever cannot be told so asks again when there was no answer in time.
    return Behaviors.same();
  }

  /** One of those inside has come to its turn: the next one may come in, in its place. */
  void onTurn() {
    if (waiting.size() > called) {
      called++;
      self.tell(User.NextCommand.INSTANCE);
    } else {
      inside--;
    }
  }
}
