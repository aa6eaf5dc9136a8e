package parley.embedded;

import akka.actor.ActorRef;
import akka.persistence.AtomicWrite;
import akka.persistence.JournalProtocol;
import akka.persistence.PersistentRepr;
import java.util.HashMap;
import java.util.Map;
import scala.jdk.javaapi.CollectionConverters;

/** What a persistent actor is told of a write: first of all of it, then of each event. */
final class WriteAnswers {

  private final JournalProtocol.WriteMessages asked;
  private final Map<Long, Exception> rejections = new HashMap<>();

  WriteAnswers(JournalProtocol.WriteMessages asked) {
    this.asked = asked;
  }

  /** None of its events can be stored, whatever becomes of the others. */
  void reject(AtomicWrite write, Exception why) {
    CollectionConverters.asJava(write.payload())
        .forEach(event -> rejections.put(event.sequenceNr(), why));
  }

  /**
   * Tells the actor.
   *
   * @param failure null when what was not rejected is stored
   */
  void tell(Throwable failure) {
    tell(
        failure == null
            ? JournalProtocol.WriteMessagesSuccessful$.MODULE$
            : new JournalProtocol.WriteMessagesFailed(failure, asked.messages().size()));
    for (var envelope : CollectionConverters.asJava(asked.messages())) {
      var write = (AtomicWrite) envelope;
      CollectionConverters.asJava(write.payload()).forEach(event -> tell(answer(event, failure)));
    }
  }

  private Object answer(PersistentRepr event, Throwable failure) {
    int instance = asked.actorInstanceId();
    if (failure != null) {
      return new JournalProtocol.WriteMessageFailure(event, failure, instance);
    }
    var rejection = rejections.get(event.sequenceNr());
    return rejection == null
        ? new JournalProtocol.WriteMessageSuccess(event, instance)
        : new JournalProtocol.WriteMessageRejected(event, rejection, instance);
  }

  private void tell(Object answer) {
    asked.persistentActor().tell(answer, ActorRef.noSender());
  }
}
