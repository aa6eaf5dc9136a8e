package parley.distribution;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.services.RunningKafka;
import parley.services.Services;

/** Distributor, Kafka and worker together. */
@ExtendWith(Services.class)
class KafkaDistributorIT extends DistributorContract {

  private final RunningKafka kafka;
  private KafkaNode node;

  KafkaDistributorIT(RunningKafka kafka) {
    this.kafka = kafka;
  }

  @BeforeEach
  void start() {
    node = new KafkaNode(KafkaNode.settings(kafka));
    node.distribution.work(mailboxes);
    node.awaitUp();
  }

  @AfterEach
  void stop() {
    node.stop();
  }

  @Override
  Distributor distributor() {
    return node.distribution.distributor();
  }
}
