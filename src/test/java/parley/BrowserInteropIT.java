package parley;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.SealedDevice.withKeys;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import parley.BrowserDevice.Kind;
import parley.client.JavaClient;

/** The web app in its browser and another client, of another MLS library, in one conversation. */
class BrowserInteropIT {

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
}
