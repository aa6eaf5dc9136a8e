package parley;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine's own Chromium, without a window. Where there is none, the test that wants it is
 * skipped with a line that says so; it fails where the environment has {@code CI=true}.
 */
final class Browser implements AutoCloseable {

  /** Long enough for a password at its full cost on a busy machine. */
  static final double TIMEOUT_MS = 20_000;

  private static final List<String> NAMES =
      List.of("chromium", "google-chrome", "google-chrome-stable", "chrome");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;

  private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
    this.playwright = playwright;
    this.chromium = chromium;
  }

  static Browser launch() {
    var node = program(List.of("node")).orElseGet(() -> missing("Node"));
    var executable =
        Optional.ofNullable(System.getenv("PARLEY_CHROMIUM"))
            .map(Path::of)
            .or(() -> program(NAMES))
            .orElseGet(() -> missing("Chromium (or PARLEY_CHROMIUM=/path/to/it)"));
    PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT_MS);
    var playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1",
                        "PLAYWRIGHT_NODEJS_PATH",
                        node.toString())));
    return new Browser(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setChromiumSandbox(!System.getProperty("user.name").equals("root"))));
  }

  private static Optional<Path> program(List<String> names) {
    var folders = Stream.of(System.getenv("PATH").split(":")).map(Path::of).toList();
    return names.stream()
        .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Path missing(String what) {
    var line = "No " + what + " on this machine: the web app is not tested in a browser";
    if ("true".equals(System.getenv("CI"))) {
      return fail(line);
    }
    System.err.println(line);
    return abort(line);
  }

  /** A device of its own: nothing of what others have stored is on it. */
  BrowserDevice device(URI node, BrowserDevice.Kind kind) {
    return new BrowserDevice(chromium.newContext(kind.options()), new Cable(node));
  }

  @Override
  public void close() {
    playwright.close();
  }
}
