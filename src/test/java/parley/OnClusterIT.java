package parley;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What holds of a node without services holds of one with conf/cluster.conf: the same tests, on a
 * real Cassandra and a real Kafka.
 */
@ExtendWith(OnCluster.class)
class OnClusterIT {

  @Nested
  class Node extends NodeIT {}

  @Nested
  class Crash extends CrashIT {}

  @Nested
  class Resume extends ResumeIT {}

  @Nested
  class Socket extends SocketIT {}

  @Nested
  class SocketAccess extends SocketAccessIT {}

  @Nested
  class SocketEnd extends SocketEndIT {}

  @Nested
  class SocketPeers extends SocketPeersIT {}

  @Nested
  class SocketSend extends SocketSendIT {}

  @Nested
  class SocketStall extends SocketStallIT {

    /** Cassandra and Kafka take their part of the machine's time from both messages. */
    @Override
    Duration roundWithin() {
      return super.roundWithin().multipliedBy(4);
    }
  }
}
