package parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import parley.BrowserDevice.Kind;

/**
 * That the web app stays quick. What was measured is published; the limits are those that no
 * machine exceeds for being busy.
 */
class BrowserSpeedIT {

  private static final int MESSAGES = 10_000;

  /** The goal is one second. */
  private static final double FIRST_SCREEN_MS_MAX = 5_000;

  private static final double FRAME_MS_MAX = 250;
  private static final double BUBBLES_MAX = 300;

  /** Notes when the first conversation of the list was drawn. */
  private static final String FIRST_SCREEN =
      """
      new MutationObserver((_, observer) => {
        if (!document.querySelector('[data-testid=conversation]')) return;
        observer.disconnect();
        requestAnimationFrame(() => { window.firstScreenMs = performance.now(); });
      }).observe(document, { childList: true, subtree: true });
      """;

  /** Scrolls up, a screen in each frame, until the beginning is there. */
  private static final String SCROLL =
      """
      async () => {
        const list = document.querySelector('[data-testid=timeline]');
        const frames = [];
        let bubbles = 0;
        let last = performance.now();
        const end = last + 120_000;
        while (!list.querySelector('.start:not([role=status])') && performance.now() < end) {
          list.scrollTop -= list.clientHeight;
          await new Promise(requestAnimationFrame);
          frames.push(performance.now() - last);
          last = performance.now();
          bubbles = Math.max(bubbles, list.querySelectorAll('[data-testid=message]').length);
        }
        frames.sort((a, b) => a - b);
        return {
          frames: frames.length,
          median: frames[Math.floor(frames.length / 2)],
          slow: frames[Math.floor(frames.length * 0.99)],
          bubbles,
          first: list.innerText.includes('message 1 of'),
        };
      }
      """;

  @RegisterExtension
  private static final BrowserFixture given =
      new BrowserFixture("parley { limits.enabled = off, embedded.sync = off }");

  @BeforeAll
  static void a_long_conversation() {
    var ann = given.account("ann", "Ann");
    var ben = given.account("ben", "Ben");
    ann.sent("ben", text(1), "m-1");
    try (var threads = Executors.newFixedThreadPool(8)) {
      IntStream.range(2, MESSAGES)
          .forEach(i -> threads.submit(() -> ann.sent("ben", text(i), "m-" + i)));
    }
    var last = ann.sent("ben", text(MESSAGES), "m-" + MESSAGES);
    ben.call("PUT", "/conversations/direct:ann:ben/read", "{\"upTo\":\"" + last + "\"}");
  }

  private static String text(int number) {
    return "message %d of %d".formatted(number, MESSAGES);
  }

  @Test
  void the_first_screen_is_there_at_once(TestReporter reporter) {
    var device = given.device(Kind.PHONE).signIn("ben");
    device.awaitInstalled();
    device.context().addInitScript(FIRST_SCREEN);

    device.page().reload();
    device.page().waitForFunction("() => window.firstScreenMs");

    var took = ((Number) device.page().evaluate("() => window.firstScreenMs")).doubleValue();
    reporter.publishEntry("first screen, ms", Long.toString(Math.round(took)));
    assertThat(took).isLessThan(FIRST_SCREEN_MS_MAX);
  }

  @Test
  void ten_thousand_messages_are_scrolled_through(TestReporter reporter) {
    var device = given.device(Kind.DESK).signIn("ben");
    device.openChat("Ann");
    device.sees(text(MESSAGES));

    var measured = (Map<?, ?>) device.page().evaluate(SCROLL);

    reporter.publishEntry("scrolling", measured.toString());
    assertThat(measured.get("first")).isEqualTo(true);
    assertThat(((Number) measured.get("bubbles")).doubleValue()).isLessThan(BUBBLES_MAX);
    assertThat(((Number) measured.get("median")).doubleValue()).isLessThan(FRAME_MS_MAX);
  }
}
