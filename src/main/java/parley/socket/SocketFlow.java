package parley.socket;

import akka.NotUsed;
import akka.actor.typed.ActorRef;
import akka.http.impl.engine.ws.FrameEvent;
import akka.stream.CompletionStrategy;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.typed.javadsl.ActorSink;
import akka.stream.typed.javadsl.ActorSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import parley.message.UserId;
import parley.socket.SessionCommand.Ready;
import parley.socket.SessionCommand.ToDevice;

/**
 * Joins a WebSocket and its session, both ways with back-pressure: frames that arrive together are
 * handed over together, and frames go out as the device takes them.
 */
final class SocketFlow {

  private SocketFlow() {}

  static Flow<FrameEvent, FrameEvent, NotUsed> of(
      ActorRef<SessionCommand> session, UserId user, SocketSettings settings) {
    return BidiFlow.fromGraph(new SocketStage(settings))
        .join(Flow.fromSinkAndSource(toSession(session, user, settings), toDevice(session)));
  }

  private static Sink<FromSocket, NotUsed> toSession(
      ActorRef<SessionCommand> session, UserId user, SocketSettings settings) {
    return Flow.of(FromSocket.class)
        .map(message -> read(message, user, settings))
        .via(new Gathering())
        .to(
            ActorSink.actorRefWithBackpressure(
                session,
                SessionCommand.Received::new,
                SessionCommand.Readable::new,
                Ready.INSTANCE,
                SessionCommand.Disconnected.INSTANCE,
                failure -> SessionCommand.Disconnected.INSTANCE));
  }

  private static ClientFrame read(FromSocket message, UserId user, SocketSettings settings) {
    return switch (message) {
      case FromSocket.Text text -> FrameCodec.read(text.utf8().toArrayUnsafe(), user);
      case FromSocket.Binary binary -> FrameCodec.binary();
      case FromSocket.Oversized oversized -> FrameCodec.tooLarge(settings.frameBytesMax());
    };
  }

  private static Source<ToSocket, NotUsed> toDevice(ActorRef<SessionCommand> session) {
    return ActorSource.<ToDevice, SessionCommand>actorRefWithBackpressure(
            session,
            SessionCommand.Written.INSTANCE,
            frames -> Optional.<CompletionStrategy>empty(),
            frames -> Optional.empty())
        .mapMaterializedValue(device -> {
          session.tell(new SessionCommand.Opened(device));
          return NotUsed.getInstance();
        })
        .mapConcat(SocketFlow::parts)
        .map(Supplier::get);
  }

  /** One by one: a frame becomes text only when the device takes it. */
  private static List<Supplier<ToSocket>> parts(ToDevice batch) {
    var parts = new ArrayList<Supplier<ToSocket>>(batch.frames().size() + 1);
    batch.frames().forEach(frame -> parts.add(() -> new ToSocket.Text(FrameCodec.write(frame))));
    batch.close().ifPresent(close -> parts.add(() -> close));
    return parts;
  }
}
