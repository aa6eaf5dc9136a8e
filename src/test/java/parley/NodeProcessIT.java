package parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a node starts and ends as a process. */
class NodeProcessIT {

  @TempDir private Path folder;

  @Test
  void help_says_what_can_be_said() {
    var ended = RunningNode.run("--help");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).contains("--config", "--port", "--data", "--version", "PARLEY_PORT");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void version_is_one_line() {
    var ended = RunningNode.run("--version");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).matches("parley \\d+\\.\\d+\\.\\d+\\S*\\R");
  }

  @Test
  void an_unknown_option_is_refused() {
    var ended = RunningNode.run("--nonsense");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).startsWith("parley: ").contains("--nonsense");
  }

  @Test
  void a_port_in_use_ends_the_start() {
    try (var node = RunningNode.start(folder.resolve("first"))) {
      var port = Integer.toString(node.uri().getPort());

      var ended = RunningNode.run("--port", port, "--data", folder.resolve("second").toString());

      assertRefused(ended, port);
    }
  }

  @Test
  void a_data_folder_that_another_node_holds_ends_the_start() {
    var data = folder.resolve("data");
    try (var node = RunningNode.start(data)) {
      var ended = RunningNode.run("--port", "0", "--data", data.toString());

      assertRefused(ended, data.toString());
      assertThat(ChatUser.call(node.uri(), "GET", "/health/ready", "").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_folder_that_cannot_be_written_ends_the_start() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "not a folder");

    var ended = RunningNode.run("--port", "0", "--data", file.resolve("data").toString());

    assertRefused(ended, file.toString());
  }

  /** One line says what was wrong, and nothing looks like a program that has failed. */
  private static void assertRefused(RunningNode.Ended ended, String named) {
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().lines().filter(line -> line.startsWith("parley: ")))
        .singleElement()
        .asString()
        .contains(named);
    assertThat(ended.err()).doesNotContain("\tat ").doesNotContain("Exception in thread");
  }

  @Test
  void an_orderly_end_loses_nothing() {
    var data = folder.resolve("data");
    var sent = new ArrayList<String>();
    try (var node = RunningNode.start(data)) {
      var ann = ChatUser.register(node.uri(), "ann");
      ChatUser.register(node.uri(), "ben");
      for (int i = 0; i < 50; i++) {
        sent.add(ann.sent("ben", "m" + i, "c-" + i));
      }

      assertThat(node.terminate()).isZero();
    }

    try (var node = RunningNode.start(data)) {
      var ben = ChatUser.signIn(node.uri(), "ben");

      assertThat(ben.unread(20))
          .extracting(message -> message.get("id").textValue())
          .containsExactlyElementsOf(sent);
    }
  }
}
