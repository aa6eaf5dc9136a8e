package parley.distribution;

import akka.Done;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.ops.Metrics;

/**
 * The topic of what could not be delivered, for an operator to look at:
 *
 * <pre>
 * key, value         as they came; no value when it is longer than 1 MiB
 * headers            as they came, and:
 * parley-reason      why it was not delivered, in words
 * parley-topic, parley-partition, parley-offset   where it was found
 * </pre>
 */
final class DeadLetters {

  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

  private final String topic;
  private final RecordSender sender;
  private final Metrics metrics;

  DeadLetters(String topic, RecordSender sender, Metrics metrics) {
    this.topic = topic;
    this.sender = sender;
    this.metrics = metrics;
  }

  /** Writes it there; done when it is safe. */
  CompletionStage<Done> bury(ConsumerRecord<String, byte[]> record, String reason) {
    return sender
        .send(() -> letter(record, reason))
        .thenApply(done -> {
          metrics.buried();
          log.error(
              "Not delivered, see topic {}: {}, topic={} partition={} offset={}",
              topic,
              reason,
              record.topic(),
              record.partition(),
              record.offset());
          return done;
        });
  }

  private ProducerRecord<String, byte[]> letter(
      ConsumerRecord<String, byte[]> record, String reason) {
    boolean fits = record.value() != null && record.value().length <= KafkaClients.RECORD_BYTES_MAX;
    var letter =
        new ProducerRecord<>(
            topic, null, record.key(), fits ? record.value() : null, record.headers());
    letter
        .headers()
        .add("parley-reason", bytes(reason))
        .add("parley-topic", bytes(record.topic()))
        .add("parley-partition", bytes(Integer.toString(record.partition())))
        .add("parley-offset", bytes(Long.toString(record.offset())));
    return letter;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
