package parley.embedded;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.persistence.AtomicWrite;
import akka.persistence.JournalProtocol;
import akka.persistence.Persistence;
import akka.persistence.PersistentEnvelope;
import akka.persistence.PersistentRepr;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import scala.jdk.javaapi.CollectionConverters;

/** Speaks with the journal as a persistent actor does, and reads as text what comes back. */
final class JournalProbe {

  static final String WRITER = "a-writer";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TestKit kit;
  private final ActorRef journal;

  JournalProbe(ActorSystem system) {
    kit = new TestKit(system);
    journal = Persistence.get(system).journalFor("", ConfigFactory.empty());
  }

  private Object next() {
    return kit.receiveOne(PATIENCE);
  }

  static PersistentRepr event(String id, long sequence, Object payload) {
    return PersistentRepr.apply(payload, sequence, id, "", false, ActorRef.noSender(), WRITER);
  }

  /** Each group of events is one atomic write. Answers one line for each answer of the journal. */
  List<String> write(List<List<PersistentRepr>> writes) {
    begin(writes);
    var answers = new ArrayList<String>();
    answers.add(text(next()));
    long events = writes.stream().mapToLong(List::size).sum();
    LongStream.range(0, events).forEach(i -> answers.add(text(next())));
    return answers;
  }

  /** The same, without waiting for the answers. */
  void begin(List<List<PersistentRepr>> writes) {
    var messages =
        writes.stream()
            .<PersistentEnvelope>map(
                events -> new AtomicWrite(CollectionConverters.asScala(events).toList()))
            .toList();
    journal.tell(
        new JournalProtocol.WriteMessages(
            CollectionConverters.asScala(messages).toList(), kit.getRef(), 1),
        kit.getRef());
  }

  /** The events replayed, then the highest sequence number. */
  List<Object> replay(String id, long from, long to, long max) {
    var answers = new ArrayList<Object>();
    journal.tell(new JournalProtocol.ReplayMessages(from, to, max, id, kit.getRef()), kit.getRef());
    while (true) {
      switch (next()) {
        case JournalProtocol.ReplayedMessage replayed -> answers.add(replayed.persistent());
        case JournalProtocol.RecoverySuccess end -> {
          answers.add(end.highestSequenceNr());
          return answers;
        }
        case Object other -> throw new AssertionError("Unexpected: " + other);
      }
    }
  }

  String deleteTo(String id, long sequence) {
    journal.tell(new JournalProtocol.DeleteMessagesTo(id, sequence, kit.getRef()), kit.getRef());
    return next().getClass().getSimpleName();
  }

  private static String text(Object answer) {
    return switch (answer) {
      case JournalProtocol.WriteMessageSuccess success ->
          "stored " + success.persistent().sequenceNr();
      case JournalProtocol.WriteMessageRejected rejected ->
          "rejected %d %s"
              .formatted(
                  rejected.message().sequenceNr(), rejected.cause().getClass().getSimpleName());
      case Object other -> other.getClass().getSimpleName().replace("$", "");
    };
  }
}
