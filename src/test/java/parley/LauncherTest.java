package parley;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that finds a Java, tried with Javas that only tell how they were called. */
class LauncherTest {

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Path script;

  @BeforeEach
  void install_it_where_this_machines_javas_are_not_seen() throws IOException {
    var text =
        Files.readString(Path.of("src/main/bin/parley"))
            .replaceAll("(?<=\\s)/(usr|opt|Library)/", "\"" + folder + "\"/$1/");
    script = write("my parley/bin/parley", text);
    environment.put("PATH", Files.createDirectories(folder.resolve("path")).toString());
    environment.put("HOME", folder.resolve("home").toString());
  }

  @Test
  void without_any_java_it_says_what_to_install() throws Exception {
    var run = run(script);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output())
        .startsWith("parley: Parley needs Java 21 or later, and there is none.")
        .contains("apt-get install", "PARLEY_JAVA_HOME");
  }

  @Test
  void an_older_java_on_the_path_is_passed_over() throws Exception {
    java("path/java", "17.0.15");
    assertThat(run(script).exitCode()).isEqualTo(1);

    installed("usr/lib/jvm/java-21", "21.0.4");
    assertThat(run(script).output()).startsWith("java 21.0.4");
  }

  @Test
  void a_fitting_java_on_the_path_is_taken() throws Exception {
    java("path/java", "22.0.1");
    installed("usr/lib/jvm/java-25", "25.0.1");

    assertThat(run(script).output()).startsWith("java 22.0.1");
  }

  @Test
  void the_newest_of_the_usual_folders_is_taken() throws Exception {
    installed("usr/lib/jvm/java-8", "1.8.0_402");
    installed("usr/lib/jvm/java-21", "21.0.4");
    installed("opt/jdk 25", "25");
    installed("home/.sdkman/candidates/java/24-tem", "24.0.2");
    installed("Library/Java/JavaVirtualMachines/x.jdk/Contents/Home", "23.0.1");

    assertThat(run(script).output()).startsWith("java 25\n");
  }

  @Test
  void java_home_wins_when_it_is_new_enough() throws Exception {
    installed("usr/lib/jvm/java-25", "25.0.1");
    installed("mine", "21-ea");
    environment.put("JAVA_HOME", folder.resolve("mine").toString());
    assertThat(run(script).output()).startsWith("java 21-ea");

    installed("mine", "17.0.15");
    assertThat(run(script).output()).startsWith("java 25.0.1");
  }

  @Test
  void a_chosen_java_that_does_not_fit_is_an_error() throws Exception {
    installed("usr/lib/jvm/java-25", "25.0.1");
    environment.put("PARLEY_JAVA_HOME", installed("mine", "17.0.15").toString());

    var run = run(script);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output())
        .isEqualTo(
            "parley: PARLEY_JAVA_HOME=%s is no Java 21 or later\n"
                .formatted(folder.resolve("mine")));
  }

  @Test
  void a_java_without_a_release_file_is_asked() throws Exception {
    var home = installed("mine", "25.0.1");
    Files.delete(home.resolve("release"));
    environment.put("PARLEY_JAVA_HOME", home.toString());

    assertThat(run(script).output()).startsWith("java 25.0.1");
  }

  @Test
  void flags_fit_the_release() throws Exception {
    var unsafe = "--sun-misc-unsafe-memory-access=allow";
    var compact = "-XX:+UseCompactObjectHeaders";

    installed("usr/lib/jvm/java", "21.0.4");
    assertThat(run(script).output())
        .contains("<--enable-native-access=ALL-UNNAMED>")
        .doesNotContain(unsafe, compact);
    installed("usr/lib/jvm/java", "24");
    assertThat(run(script).output()).contains(unsafe).doesNotContain(compact);
    installed("usr/lib/jvm/java", "25.0.1");
    assertThat(run(script).output()).contains(unsafe, compact);
  }

  @Test
  void what_an_earlier_run_has_learnt_is_used_when_it_is_there() throws Exception {
    var cache = folder.toRealPath().resolve("my parley/lib/parley.aot");
    installed("usr/lib/jvm/java", "25.0.1");
    assertThat(run(script).output()).doesNotContain("AOTCache");

    Files.createDirectories(cache.getParent());
    Files.createFile(cache);
    assertThat(run(script).output())
        .contains("<-XX:AOTCache=" + cache + ">", "<-Xlog:all=warning:stderr>");

    installed("usr/lib/jvm/java", "24");
    assertThat(run(script).output()).doesNotContain("AOTCache");
  }

  @Test
  void a_training_notes_what_java_does_and_makes_a_cache_of_it() throws Exception {
    var lib = Files.createDirectories(folder.toRealPath().resolve("my parley/lib"));
    write("path/rm", "#!/bin/sh\nexec /bin/rm \"$@\"\n");
    write("path/mv", "#!/bin/sh\nexec /bin/mv \"$@\"\n");
    installed("usr/lib/jvm/java", "25.0.1");
    Files.createFile(lib.resolve("parley.aot"));
    Files.createFile(lib.resolve("parley.aot.notes"));
    Files.writeString(lib.resolve("parley.aot.new"), "new");

    var output = run(script, "train", "--config", "a b").output();

    assertThat(output)
        .contains("<-XX:AOTMode=record>", "<train>\n<--config>\n<a b>", "<-XX:AOTMode=create>")
        .endsWith("Kept in %s/parley.aot\n".formatted(lib));
    assertThat(lib.resolve("parley.aot")).hasContent("new");
    assertThat(lib).isDirectoryContaining(it -> it.endsWith("parley.aot"));
    assertThat(lib.resolve("parley.aot.notes")).doesNotExist();
  }

  @Test
  void a_java_that_keeps_nothing_is_not_trained() throws Exception {
    installed("usr/lib/jvm/java", "21.0.4");

    var run = run(script, "train");

    assertThat(run.exitCode()).isZero();
    assertThat(run.output())
        .isEqualTo("parley: Java 25 keeps what it learns, this is 21: nothing to do\n");
  }

  @Test
  void arguments_and_paths_keep_their_spaces_and_options_are_words() throws Exception {
    installed("usr/lib/jvm/java", "21.0.4");
    environment.put("PARLEY_JAVA_OPTS", "-Xmx1g -Da=b");
    var home = folder.toRealPath().resolve("my parley");

    assertThat(run(script, "--data", "a b", "").output())
        .contains("<-Dparley.config=" + home + "/conf/local.conf>")
        .contains("<-Dlogback.configurationFile=" + home + "/conf/logback.xml>")
        .endsWith(
            "<-Xmx1g>\n<-Da=b>\n<-cp>\n<%s/lib/*>\n<parley.Main>\n<--data>\n<a b>\n<>\n"
                .formatted(home));
  }

  @Test
  void it_finds_its_folder_through_links() throws Exception {
    installed("usr/lib/jvm/java", "21.0.4");
    // The one program besides the shell that links need.
    write("path/readlink", "#!/bin/sh\nexec /usr/bin/readlink \"$@\"\n");
    Files.createDirectories(folder.resolve("links"));
    Files.createSymbolicLink(folder.resolve("links/absolute"), script);
    var relative = Files.createSymbolicLink(folder.resolve("links/parley"), Path.of("absolute"));

    assertThat(run(relative).output())
        .contains("<" + folder.toRealPath().resolve("my parley") + "/lib/*>");
  }

  /** A Java that prints its version and each argument on a line. */
  private void java(String path, String version) throws IOException {
    write(
        path,
        """
        #!/bin/sh
        if [ "$1" = -version ]; then
          echo 'openjdk version "%1$s" 2025-10-21' >&2
        else
          printf 'java %1$s\\n'
          printf '<%%s>\\n' "$@"
        fi
        """
            .formatted(version));
  }

  private Path installed(String home, String version) throws IOException {
    java(home + "/bin/java", version);
    var release = "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n";
    Files.writeString(folder.resolve(home).resolve("release"), release);
    return folder.resolve(home);
  }

  private Path write(String path, String text) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  private record Run(int exitCode, String output) {}

  private Run run(Path program, String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(program.toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, SECONDS)).isTrue();
    return new Run(process.exitValue(), output);
  }
}
