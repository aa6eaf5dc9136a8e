package parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A node and a browser for the tests of one class, and the devices of one test. */
final class BrowserFixture implements AutoCloseable {

  private final Browser browser;
  private final RunningNode node;
  private final List<BrowserDevice> devices = new ArrayList<>();

  BrowserFixture(Path folder) {
    this(folder, "");
  }

  /** A node with settings of its own. Passwords cost next to nothing there: many are made. */
  BrowserFixture(Path folder, String settings) {
    this.browser = Browser.launch();
    this.node =
        RunningNode.start(
            folder.resolve("data"),
            "parley.account.hash-cost = \"m=8,t=1,p=1\"\n" + settings,
            "-Xmx512m");
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
  void endTest() {
    try {
      assertThat(devices).allSatisfy(device -> assertThat(device.complaints()).isEmpty());
    } finally {
      devices.forEach(BrowserDevice::close);
      devices.clear();
    }
  }

  @Override
  public void close() {
    node.close();
    browser.close();
  }
}
