package parley;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import parley.services.Services;

/** One order for everyone in a cluster, though one of its nodes is killed while they post. */
@ExtendWith(Services.class)
class GroupClusterIT {

  private static final int NODES = 3;
  private static final int DYING = 1;

  @TempDir private Path folder;

  @Test
  void all_members_agree_on_what_was_said_while_they_were_there() throws Exception {
    try (var cluster = RunningCluster.start(folder, SocketFixture.SETTINGS, NODES)) {
      var nodes = cluster.uris();
      var crowd = GroupCrowd.register(nodes);

      crowd.post(() -> {
        cluster.kill(DYING);
        crowd.move(nodes.get(DYING), nodes.getFirst());
        cluster.start(DYING);
        crowd.move(nodes.getFirst(), nodes.get(DYING));
      });

      crowd.assertAgreed();
    }
  }
}
