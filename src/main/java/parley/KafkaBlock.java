package parley;

import java.time.Duration;
import parley.distribution.KafkaSettings;

/** Reads the block {@code parley.kafka}. */
final class KafkaBlock {

  private static final int KIBIBYTE = 1024;
  private static final int RECORDS_MAX = 10_000_000;

  private static final Duration SEND_WITHIN_MAX = Duration.ofDays(1);

  private KafkaBlock() {}

  static KafkaSettings of(ConfigBlock kafka) {
    return new KafkaSettings(
        kafka.text("bootstrap-servers"),
        kafka.text("group"),
        kafka.duration("check-interval"),
        topics(kafka),
        new KafkaSettings.Sending(
            kafka.duration("send-within", SEND_WITHIN_MAX),
            kafka.number("sends-waiting-max", 1, RECORDS_MAX)),
        work(kafka.block("worker")),
        kafka.texts("properties"));
  }

  private static KafkaSettings.Topics topics(ConfigBlock kafka) {
    var topics =
        new KafkaSettings.Topics(
            kafka.text("topic"),
            kafka.text("dead-letter-topic"),
            kafka.number("partitions", 1, KafkaSettings.PARTITIONS_MAX),
            kafka.number("replication-factor", 1, Short.MAX_VALUE),
            kafka.number("min-insync-replicas", 1, Short.MAX_VALUE),
            kafka.duration("retention"),
            kafka.duration("dead-letter-retention"),
            kafka.flag("create-topics"));
    if (topics.minInSyncReplicas() > topics.replicas()) {
      throw new StartFailure(
          "parley.kafka.min-insync-replicas must not be greater than replication-factor");
    }
    if (topics.deliveries().equals(topics.deadLetters())) {
      throw new StartFailure("parley.kafka.topic and dead-letter-topic must not be the same");
    }
    return topics;
  }

  private static KafkaSettings.Work work(ConfigBlock worker) {
    var work =
        new KafkaSettings.Work(
            worker.number("window-records-max", 1, RECORDS_MAX),
            worker.sizeBytes("window-bytes-max", KIBIBYTE, Integer.MAX_VALUE),
            worker.number("recipients-max", 1, RECORDS_MAX),
            worker.duration("retry-min"),
            worker.duration("retry-max"),
            worker.duration("gap-patience"));
    if (work.retryMin().compareTo(work.retryMax()) > 0) {
      throw new StartFailure("parley.kafka.worker.retry-min must not be greater than retry-max");
    }
    return work;
  }
}
