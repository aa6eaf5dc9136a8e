package parley.distribution;

import akka.actor.typed.ActorSystem;
import akka.kafka.ConsumerSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Kafka's own clients with Parley's settings: first what Parley proposes, then what the operator
 * has set, then what the guarantees rest on.
 */
final class KafkaClients {

  /** A record that Kafka takes, and one of the dead letters, which has a little more. */
  static final int RECORD_BYTES_MAX = 1024 * 1024;

  static final int DEAD_LETTER_BYTES_MAX = 2 * RECORD_BYTES_MAX;

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  private final KafkaSettings settings;

  /** Throws {@link KafkaProblem} when Kafka does not take the settings. */
  KafkaClients(KafkaSettings settings) {
    this.settings = settings;
    try {
      new ProducerConfig(producerProperties());
      new ConsumerConfig(consumerProperties());
      new AdminClientConfig(adminProperties());
    } catch (ConfigException e) {
      throw new KafkaProblem("parley.kafka cannot be used: " + e.getMessage(), e);
    }
  }

  /** Throws {@link KafkaProblem} when no broker's name is known. */
  Admin admin() {
    try {
      return Admin.create(adminProperties());
    } catch (KafkaException e) {
      var why = e.getCause() == null ? e : e.getCause();
      throw new KafkaProblem(
          "Kafka cannot be reached: %s; see parley.kafka.bootstrap-servers"
              .formatted(why.getMessage()),
          e);
    }
  }

  Producer<String, byte[]> producer() {
    return new KafkaProducer<>(producerProperties());
  }

  ConsumerSettings<String, byte[]> consumer(ActorSystem<?> system) {
    var properties = consumerProperties();
    var strings = new HashMap<String, String>();
    properties.forEach((key, value) -> strings.put(key, value.toString()));
    strings.remove(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
    strings.remove(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
    return ConsumerSettings.create(system, new StringDeserializer(), new ByteArrayDeserializer())
        .withProperties(strings);
  }

  private Map<String, Object> adminProperties() {
    var properties = proposed();
    properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(ANSWER_WITHIN));
    return decided(properties);
  }

  private Map<String, Object> producerProperties() {
    var properties = proposed();
    // Deliveries are alike: lz4 saves two thirds of the network and the disk for little time.
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    // A sender waits for the answer; under load records gather anyway, while others are in flight.
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
    // How long the sending thread waits for room, or to learn where a partition is.
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(ANSWER_WITHIN));
    decided(properties);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, DEAD_LETTER_BYTES_MAX);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(settings.sending().within()));
    return properties;
  }

  private Map<String, Object> consumerProperties() {
    var properties = proposed();
    // Only what has to move moves, and the others go on meanwhile.
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    // What one answer of a broker may bring: bounds memory, beside the window of each partition.
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 * 1024 * 1024);
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, RECORD_BYTES_MAX);
    // How long what is for the users of a dead worker's partitions waits; Kafka proposes 45 s.
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    // How soon partitions that were added are seen.
    properties.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 30_000);
    decided(properties);
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
    // A partition without an offset is new, or its offset is lost: nothing of it may be left out.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return properties;
  }

  private Map<String, Object> proposed() {
    var properties = new HashMap<String, Object>();
    var within = settings.sending().within();
    var answerWithin = within.compareTo(ANSWER_WITHIN) < 0 ? within : ANSWER_WITHIN;
    properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, millis(answerWithin));
    properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    return properties;
  }

  private Map<String, Object> decided(Map<String, Object> properties) {
    properties.putAll(settings.properties());
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    return properties;
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}
