package parley;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.SealedDevice.withKeys;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import parley.BrowserDevice.Kind;
import parley.client.JavaClient;

/** The web app in its browser and another client, of another MLS library, in one conversation. */
class BrowserInteropIT {

  private static final int EPOCHS_AWAY = 200;
  private static final String CLOSED = "This message was sealed for other devices";

  @RegisterExtension private static final BrowserFixture given = new BrowserFixture();

  private static void acceptKeys(BrowserDevice device) {
    device
        .page()
        .getByTestId("keys-accept")
        .click(new Locator.ClickOptions().setTimeout(Browser.TIMEOUT_MS));
  }

  @Test
  void a_browser_begins_and_java_answers() {
    var ben = JavaClient.register(given.node().uri(), "ben");
    var ann = withKeys(given.device(Kind.DESK).register("ann", "Ann"));
    ann.talkTo("ben");
    ann.say("Hello Java");
    ann.seesTick("Hello Java", "Sent");
    ben.join("direct:ann:ben");
    assertThat(ben.read()).containsExactly("ann: Hello Java");
    ben.say("Hello browser");
    ann.sees("Hello browser");
    ben.update();
    ben.say("With new keys");
    ann.sees("With new keys");
    ann.say("I can read that");
    ann.seesTick("I can read that", "Sent");
    assertThat(ben.read())
        .containsExactly("ben: Hello browser", "ben: With new keys", "ann: I can read that");

    var tablet = JavaClient.signIn(given.node().uri(), "ben", "tablet");
    tablet.joinExternally("direct:ann:ben");
    tablet.say("From the tablet");
    ann.sees("From the tablet");
    acceptKeys(ann);
    ann.say("To both");
    ann.seesTick("To both", "Sent");
    ben.catchUp();
    assertThat(ben.read()).contains("ben: From the tablet", "ann: To both");
    assertThat(tablet.read())
        .startsWith("ann: (unreadable)", "ben: (unreadable)")
        .endsWith("ben: From the tablet", "ann: To both");
  }

  @Test
  void java_begins_and_browsers_come_and_go() {
    var cid = JavaClient.register(given.node().uri(), "cid");
    var dan = JavaClient.register(given.node().uri(), "dan");
    var eve = withKeys(given.device(Kind.DESK).register("eve", "Eve"));
    var crew = cid.makeGroup("Crew", "dan", "eve");
    cid.encrypt(crew, "dan", "eve");
    dan.join(crew);
    cid.say("With Eve");
    eve.openChat("Crew");
    eve.sees("With Eve");

    var phone = given.device(Kind.PHONE).signIn("eve");
    phone.openChat("Crew");
    phone.sees(CLOSED);
    cid.catchUp();
    cid.say("For the phone too");
    eve.sees("For the phone too");
    phone.sees("For the phone too");
    phone.say("From the phone");
    phone.seesTick("From the phone", "Sent");
    cid.catchUp();
    assertThat(cid.read()).contains("eve: From the phone");

    assertThat(dan.read()).contains("cid: With Eve");
    cid.remove(dan.identity());
    cid.say("Without Dan");
    eve.sees("Without Dan");
    phone.sees("Without Dan");
    assertThat(dan.read()).contains("cid: (unreadable)").doesNotContain("cid: Without Dan");
    assertThat(cid.members()).noneMatch(it -> it.startsWith("dan/")).hasSize(3);
  }

  @Test
  void of_two_who_begin_at_once_one_wins_and_who_was_away_catches_up() {
    var fay = JavaClient.register(given.node().uri(), "fay");
    var gus = withKeys(given.device(Kind.DESK).register("gus", "Gus"));
    beforeCommit(gus, () -> fay.encrypt("direct:fay:gus", "gus"));
    gus.talkTo("fay");
    gus.say("Who was first?");
    gus.seesTick("Who was first?", "Sent");
    assertThat(gus.complaints()).singleElement().asString().contains("409 (Conflict)");
    gus.complaints().clear();
    assertThat(fay.read()).containsExactly("gus: Who was first?");

    gus.goOffline();
    for (int i = 0; i < EPOCHS_AWAY; i++) {
      fay.update();
    }
    fay.say("It has been a while");
    gus.goOnline();
    gus.sees("It has been a while");
    gus.say("So I see");
    gus.seesTick("So I see", "Sent");
    assertThat(fay.read()).containsExactly("fay: It has been a while", "gus: So I see");
  }

  /** Does something between the first commit that a device makes and its arrival. */
  private static void beforeCommit(BrowserDevice device, Runnable action) {
    var isFirst = new AtomicBoolean(true);
    device
        .page()
        .route(
            "**/messages",
            route -> {
              if (isCommit(route) && isFirst.getAndSet(false)) {
                action.run();
              }
              route.resume();
            });
  }

  private static boolean isCommit(Route route) {
    var body = route.request().postData();
    return body != null && body.contains("\"kind\":\"commit\"");
  }
}
