package parley.distribution;

import akka.actor.typed.ActorSystem;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Consignments as records of a topic:
 *
 * <pre>
 * key      the recipient's id: all that is for them is in one partition, in order
 * value    CBOR of the {@link Consignment}, at most some 150 KiB
 * header   manifest: the version of the value's form; left out for the first
 * </pre>
 */
final class ConsignmentForm {

  private static final String MANIFEST = "manifest";

  private final SerializerWithStringManifest serializer;

  ConsignmentForm(ActorSystem<?> system) {
    this.serializer = serializer(system);
  }

  private static SerializerWithStringManifest serializer(ActorSystem<?> system) {
    try {
      var serialization = SerializationExtension.get(system);
      return (SerializerWithStringManifest) serialization.serializerFor(Consignment.class);
    } catch (NotSerializableException e) {
      throw new IllegalStateException("application.conf binds no serializer", e);
    }
  }

  /** What a record turns out to be. */
  sealed interface Reading {}

  record Readable(Consignment consignment) implements Reading {}

  /**
   * @param why in words for an operator; nothing of the content
   */
  record Unreadable(String why) implements Reading {}

  ProducerRecord<String, byte[]> write(String topic, Consignment consignment) {
    var record =
        new ProducerRecord<>(
            topic, consignment.recipient().value(), serializer.toBinary(consignment));
    var manifest = serializer.manifest(consignment);
    if (!manifest.isEmpty()) {
      record.headers().add(MANIFEST, manifest.getBytes(StandardCharsets.UTF_8));
    }
    return record;
  }

  Reading read(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return new Unreadable("it has no value");
    }
    try {
      var consignment = (Consignment) serializer.fromBinary(record.value(), manifest(record));
      return consignment.recipient().value().equals(record.key())
          ? new Readable(consignment)
          : new Unreadable("its key is not the recipient");
    } catch (IOException | RuntimeException e) {
      // The cause's message may hold a part of the value.
      return new Unreadable("its value is not a consignment: " + e.getClass().getSimpleName());
    }
  }

  private static String manifest(ConsumerRecord<?, ?> record) {
    var header = record.headers().lastHeader(MANIFEST);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
