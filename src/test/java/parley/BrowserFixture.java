package parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A node and a browser for the tests of one class, and the devices of one test. */
final class BrowserFixture implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  private final String settings;
  private final List<BrowserDevice> devices = new ArrayList<>();
  private Path folder;
  private Browser browser;
  private RunningNode node;

  BrowserFixture() {
    this("");
  }

  /** A node with settings of its own. Passwords cost next to nothing there: many are made. */
  BrowserFixture(String settings) {
    this.settings = "parley.account.hash-cost = \"m=8,t=1,p=1\"\n" + settings;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    browser = Browser.launch();
    folder = Files.createTempDirectory("parley-browser");
    node = RunningNode.start(folder.resolve("data"), settings, "-Xmx512m");
  }

  /** Where the node keeps everything, in {@code data}, and tests what they need. */
  Path folder() {
    return folder;
  }

  RunningNode node() {
    return node;
  }

  BrowserDevice device(BrowserDevice.Kind kind) {
    var device = browser.device(node.uri(), kind);
    devices.add(device);
    return device;
  }

  /** An account, made without a browser. */
  ChatUser account(String user, String name) {
    ChatUser.call(
        node.uri(),
        "POST",
        "/accounts",
        "{\"userId\":\"%s\",\"password\":\"%s\",\"displayName\":\"%s\"}"
            .formatted(user, BrowserDevice.PASSWORD, name));
    return ChatUser.signIn(node.uri(), user, BrowserDevice.PASSWORD);
  }

  /** Ends the devices of a test; nothing may have gone wrong inside any of them. */
  @Override
  public void afterEach(ExtensionContext context) {
    try {
      assertThat(devices).allSatisfy(device -> assertThat(device.complaints()).isEmpty());
    } finally {
      devices.forEach(BrowserDevice::close);
      devices.clear();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (node != null) {
      node.close();
    }
    if (browser != null) {
      browser.close();
    }
    if (folder != null) {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
