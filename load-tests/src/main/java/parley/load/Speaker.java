package parley.load;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import java.time.Instant;
import java.util.Optional;
import parley.message.CborSerializable;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.UserId;

/** A persistent actor that says something as soon as what it said before is stored. */
final class Speaker extends EventSourcedBehavior<Speaker.Command, Speaker.Said, Speaker.Latest> {

  /** What it is told. */
  enum Command {
    SPEAK
  }

  /** About 300 bytes as CBOR. */
  record Said(Message message) implements CborSerializable {}

  /** What it remembers. */
  record Latest(MessageId id) {}

  private static final String TEXT = "What people say is about this long, more or less. ".repeat(3);

  private final ActorRef<Command> self;
  private final UserId user;
  private final ConversationId conversation;
  private final Meter meter;

  private Speaker(String user, ActorRef<Command> self, Meter meter) {
    super(PersistenceId.of("Speaker", user));
    this.self = self;
    this.user = new UserId(user);
    this.conversation = ConversationId.between(this.user, new UserId("listener"));
    this.meter = meter;
  }

  /** Counts what is stored. */
  static Behavior<Command> create(String user, Meter meter) {
    return Behaviors.setup(context -> new Speaker(user, context.getSelf(), meter));
  }

  @Override
  public Latest emptyState() {
    return new Latest(MessageId.first(conversation));
  }

  @Override
  public CommandHandler<Command, Said, Latest> commandHandler() {
    return (state, command) -> {
      var id = MessageId.next(state.id(), Instant.now(), conversation, user);
      var said =
          new Message(
              id, conversation, user, ClientId.random(), new Content.Text(TEXT), Optional.empty());
      return Effect()
          .persist(new Said(said))
          .thenRun((Latest latest) -> {
            if (meter.count()) {
              self.tell(Command.SPEAK);
            }
          });
    };
  }

  @Override
  public EventHandler<Latest, Said> eventHandler() {
    return (state, said) -> new Latest(said.message().id());
  }
}
