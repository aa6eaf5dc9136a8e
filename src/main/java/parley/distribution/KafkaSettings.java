package parley.distribution;

import java.time.Duration;
import java.util.Map;

/**
 * How this node uses Kafka; application.conf says what each value is for.
 *
 * @param bootstrapServers {@code host:port} of some brokers, separated by commas
 * @param group the consumer group that the workers of all nodes form
 * @param checkInterval how often the topics are looked at
 * @param properties of Kafka's own clients: security, mostly
 */
public record KafkaSettings(
    String bootstrapServers,
    String group,
    Duration checkInterval,
    Topics topics,
    Sending sending,
    Work work,
    Map<String, String> properties) {

  /** As many partitions as a topic may have; a worker can be given all of them. */
  public static final int PARTITIONS_MAX = 10_000;

  public KafkaSettings {
    properties = Map.copyOf(properties);
  }

  /**
   * The topics, and how they are made.
   *
   * @param deliveries holds what is on its way, by recipient
   * @param deadLetters holds what could not be delivered
   * @param replicas copies of each partition
   * @param minInSyncReplicas copies that a record is in before it counts as written
   * @param retention how long a delivery is kept, whether delivered or not
   * @param deadLetterRetention how long a dead letter is kept
   * @param create whether a node makes what is missing
   */
  public record Topics(
      String deliveries,
      String deadLetters,
      int partitions,
      int replicas,
      int minInSyncReplicas,
      Duration retention,
      Duration deadLetterRetention,
      boolean create) {}

  /**
   * Writing records.
   *
   * @param within how long it is tried to write one
   * @param waitingMax records that may wait to be written
   */
  public record Sending(Duration within, int waitingMax) {}

  /**
   * Delivering what is in a partition.
   *
   * @param windowRecordsMax records read ahead of the first that is not done yet
   * @param windowBytesMax bytes that those may take
   * @param recipientsMax recipients delivered to at once
   * @param retryMin pause before a failed delivery is repeated, doubled each time
   * @param retryMax the longest such pause
   * @param gapPatience how long a delivery waits for a missing one before it
   */
  public record Work(
      int windowRecordsMax,
      int windowBytesMax,
      int recipientsMax,
      Duration retryMin,
      Duration retryMax,
      Duration gapPatience) {}

  /** Never the properties' values, which hold secrets: a log line may hold this. */
  @Override
  public String toString() {
    return "KafkaSettings[%s, group=%s, checkInterval=%s, %s, %s, %s, properties=%s]"
        .formatted(
            bootstrapServers, group, checkInterval, topics, sending, work, properties.keySet());
  }
}
