package parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

  private static CommandLine parse(String... arguments) {
    return CommandLine.parse(List.of(arguments), Map.of());
  }

  @Test
  void without_arguments_it_starts_with_the_defaults() {
    assertThat(parse()).isEqualTo(new CommandLine.Start(Optional.empty(), Map.of()));
  }

  @Test
  void options_take_their_value_after_a_space_or_an_equals_sign() {
    var expected =
        new CommandLine.Start(
            Optional.of(Path.of("my own.conf")),
            Map.of("parley.http.port", "9000", "parley.data", "/tmp/a=b"));

    assertThat(parse("--config", "my own.conf", "--port", "9000", "--data", "/tmp/a=b"))
        .isEqualTo(expected);
    assertThat(parse("--data=/tmp/a=b", "--port=9000", "--config=my own.conf")).isEqualTo(expected);
  }

  @Test
  void an_option_wins_over_the_environment() {
    var environment =
        Map.of("PARLEY_PORT", "1111", "PARLEY_HOST", "0.0.0.0", "PARLEY_DATA", "/srv", "HOME", "/");

    assertThat(CommandLine.parse(List.of("--port", "2222"), environment))
        .isEqualTo(
            new CommandLine.Start(
                Optional.empty(),
                Map.of(
                    "parley.http.port", "2222",
                    "parley.http.host", "0.0.0.0",
                    "parley.data", "/srv")));
  }

  @Test
  void roles_are_one_text() {
    var environment = Map.of("PARLEY_ROLES", "worker");

    assertThat(CommandLine.parse(List.of(), environment))
        .isEqualTo(new CommandLine.Start(Optional.empty(), Map.of("parley.roles", "worker")));
    assertThat(CommandLine.parse(List.of("--roles", "api,user"), environment))
        .isEqualTo(new CommandLine.Start(Optional.empty(), Map.of("parley.roles", "api,user")));
  }

  @Test
  void an_empty_variable_is_not_set() {
    var environment =
        Map.of("PARLEY_PORT", "", "PARLEY_HOST", "", "PARLEY_DATA", "", "PARLEY_ROLES", "");

    assertThat(CommandLine.parse(List.of(), environment)).isEqualTo(parse());
  }

  @Test
  void help_and_version_are_told_whatever_else_stands_there() {
    assertThat(parse("--port", "1", "--help")).isEqualTo(new CommandLine.Help());
    assertThat(parse("-h")).isEqualTo(new CommandLine.Help());
    assertThat(parse("--version", "--nonsense")).isEqualTo(new CommandLine.Version());
  }

  @ParameterizedTest
  @CsvSource({
    "--nonsense,        unknown option --nonsense",
    "start,             unknown option start",
    "--port,            --port needs a value",
    "--port=,           '--port must be 0 to 65535, not '",
    "--port=http,       '--port must be 0 to 65535, not http'",
    "--port=65536,      '--port must be 0 to 65535, not 65536'",
    "--port=-1,         '--port must be 0 to 65535, not -1'",
    "--data=,           --data must not be empty",
    "--config,          --config needs a value"
  })
  void what_cannot_be_understood_is_named(String argument, String why) {
    assertThat(parse(argument)).isEqualTo(new CommandLine.Misuse(why));
  }

  @Test
  void a_wrong_variable_is_named() {
    assertThat(CommandLine.parse(List.of(), Map.of("PARLEY_PORT", "x")))
        .isEqualTo(new CommandLine.Misuse("PARLEY_PORT must be 0 to 65535, not x"));
  }

  @Test
  void the_help_names_every_option_and_variable() {
    assertThat(CommandLine.HELP)
        .contains("--config", "--port", "--data", "--roles", "--help", "--version")
        .contains("PARLEY_ROLES", "PARLEY_PORT", "PARLEY_HOST", "PARLEY_DATA", "PARLEY_JAVA_HOME");
  }

  @Test
  void schema_takes_settings_and_whether_it_only_prints() {
    var own = new CommandLine.Start(Optional.of(Path.of("my.conf")), Map.of());

    assertThat(parse("schema", "--config", "my.conf"))
        .isEqualTo(new CommandLine.Schema(own, false));
    assertThat(parse("schema", "--print", "--config", "my.conf"))
        .isEqualTo(new CommandLine.Schema(own, true));
    assertThat(parse("schema", "--drop"))
        .isEqualTo(new CommandLine.Misuse("unknown option --drop"));
    assertThat(parse("--print")).isEqualTo(new CommandLine.Misuse("unknown option --print"));
  }

  @Test
  void a_training_takes_the_same_options() {
    assertThat(parse("train", "--config", "cluster.conf"))
        .isEqualTo(
            new CommandLine.Train(
                new CommandLine.Start(Optional.of(Path.of("cluster.conf")), Map.of())));
    assertThat(parse("train", "--nothing"))
        .isEqualTo(new CommandLine.Misuse("unknown option --nothing"));
    assertThat(parse("train", "--help")).isEqualTo(new CommandLine.Help());
  }
}
