package parley.distribution;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a consumer group is behind in a topic, in records. What was never committed counts from
 * the first record that is still there.
 */
final class KafkaLag {

  private final Admin admin;
  private final String group;
  private final String topic;

  KafkaLag(Admin admin, String group, String topic) {
    this.admin = admin;
    this.group = group;
    this.topic = topic;
  }

  /** Of all partitions together; fails when Kafka does. */
  CompletionStage<Long> records() {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .toCompletionStage()
        .thenApply(found ->
            found.get(topic).partitions().stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList())
        .thenCompose(this::records);
  }

  private CompletionStage<Long> records(List<TopicPartition> partitions) {
    var committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().toCompletionStage();
    return committed
        .thenCombine(offsets(partitions, OffsetSpec.earliest()), KafkaLag::begins)
        .thenCombine(offsets(partitions, OffsetSpec.latest()), (begins, ends) -> sum(begins, ends));
  }

  private CompletionStage<Map<TopicPartition, ListOffsetsResultInfo>> offsets(
      List<TopicPartition> partitions, OffsetSpec which) {
    return admin
        .listOffsets(partitions.stream().collect(Collectors.toMap(it -> it, it -> which)))
        .all()
        .toCompletionStage();
  }

  /** Where the work in each partition goes on. */
  private static Map<TopicPartition, Long> begins(
      Map<TopicPartition, OffsetAndMetadata> committed,
      Map<TopicPartition, ListOffsetsResultInfo> earliest) {
    var begins = new HashMap<TopicPartition, Long>();
    earliest.forEach((partition, first) -> {
      var done = committed.get(partition);
      // What is no longer kept cannot be delivered any more.
      begins.put(
          partition, done == null ? first.offset() : Math.max(first.offset(), done.offset()));
    });
    return begins;
  }

  private static long sum(
      Map<TopicPartition, Long> begins, Map<TopicPartition, ListOffsetsResultInfo> ends) {
    return ends.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue().offset() - begins.get(end.getKey())))
        .sum();
  }
}
