package parley;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.List;

/** What tests do with a device that have to do with whether its chats are encrypted. */
final class SealedDevice {

  /** As the app calls, and as whoever has the server's answers sees them. */
  private static final String CALL =
      """
      async ([method, path, body]) => {
        const { token } = JSON.parse(localStorage.getItem('parley.session'));
        const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
        const answer = await fetch(path, { method, headers, body: body || undefined });
        return answer.text();
      }
      """;

  private SealedDevice() {}

  /** Others find its keys from here on. */
  static BrowserDevice withKeys(BrowserDevice device) {
    var back = (String) device.page().evaluate("() => location.hash");
    device.page().evaluate("() => { location.hash = '#/devices' }");
    assertThat(device.page().getByTestId("fingerprint").first())
        .containsText(
            "Key:", new LocatorAssertions.ContainsTextOptions().setTimeout(Browser.TIMEOUT_MS));
    device.page().evaluate("place => { location.hash = place }", back);
    return device;
  }

  /** It will make no keys, and so no chat with its user is encrypted. */
  static BrowserDevice withoutKeys(BrowserDevice device) {
    device.context().addInitScript("localStorage.setItem('parley.encrypts', 'off')");
    return device;
  }

  static void seesLock(BrowserDevice device, String kind) {
    assertThat(device.page().getByTestId("lock"))
        .hasAttribute(
            "data-lock",
            kind,
            new LocatorAssertions.HasAttributeOptions().setTimeout(Browser.TIMEOUT_MS));
  }

  /** What the server answers it. */
  static String call(BrowserDevice device, String method, String path, String body) {
    return (String) device.page().evaluate(CALL, List.of(method, path, body));
  }
}
