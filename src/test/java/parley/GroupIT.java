package parley;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One order for everyone, though the node is killed while they post. */
class GroupIT {

  @TempDir private Path folder;

  private final List<RunningNode> nodes = new ArrayList<>();

  @AfterEach
  void end_nodes() {
    nodes.forEach(RunningNode::close);
  }

  private RunningNode start() {
    var node = RunningNode.start(folder.resolve("data"), SocketFixture.SETTINGS, "");
    nodes.add(node);
    return node;
  }

  @Test
  void all_members_agree_on_what_was_said_while_they_were_there() throws Exception {
    var node = start();
    var crowd = GroupCrowd.register(List.of(node.uri()));

    crowd.post(() -> {
      node.kill();
      crowd.move(node.uri(), start().uri());
    });

    crowd.assertAgreed();
  }
}
