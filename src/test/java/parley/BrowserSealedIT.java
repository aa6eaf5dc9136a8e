package parley;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.SealedDevice.call;
import static parley.SealedDevice.seesLock;
import static parley.SealedDevice.withKeys;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import parley.BrowserDevice.Kind;

/** What is said between browsers is sealed: the server carries it and cannot read it. */
class BrowserSealedIT {

  private static final double TIMEOUT_MS = 20_000;

  @RegisterExtension private static final BrowserFixture given = new BrowserFixture();

  @Test
  void two_people_talk_and_the_server_reads_nothing() {
    var ann = withKeys(given.device(Kind.DESK).register("ann", "Ann"));
    var ben = withKeys(given.device(Kind.DESK).register("ben", "Ben"));

    ann.talkTo("ben");
    seesLock(ann, "will-be");
    ann.say("The parcel is under the bridge");
    seesLock(ann, "sealed");
    ben.openChat("Ann");
    ben.sees("The parcel is under the bridge");
    ben.say("I have it");
    ann.sees("I have it");
    ann.act("The parcel is under the bridge", "Edit");
    ann.composer().fill("The parcel is over the bridge");
    ann.button("Save").click();
    ben.sees("The parcel is over the bridge");

    var answer = call(ben, "GET", "/conversations/direct:ann:ben/messages", "");
    assertThat(answer).contains("\"sealed\"").doesNotContain("parcel", "I have it");
    assertThat(safetyNumber(ann)).isEqualTo(safetyNumber(ben));
  }

  @Test
  void another_device_joins_and_reads_what_follows_once_it_is_accepted() {
    var cleo = withKeys(given.device(Kind.DESK).register("cleo", "Cleo"));
    var phone = withKeys(given.device(Kind.PHONE).register("dan", "Dan"));
    cleo.talkTo("dan");
    cleo.say("Before");
    phone.openChat("Cleo");
    phone.sees("Before");

    var desk = withKeys(given.device(Kind.DESK).signIn("dan"));
    desk.openChat("Cleo");
    desk.sees("This message was sealed for other devices");
    cleo.page().getByTestId("keys-accept").click(new Locator.ClickOptions().setTimeout(TIMEOUT_MS));
    cleo.say("After");

    desk.sees("After");
    phone.sees("After");
    desk.say("From the desk");
    cleo.sees("From the desk");
    phone.sees("From the desk");
  }

  @Test
  void who_was_removed_from_a_group_reads_no_further() {
    var eve = withKeys(given.device(Kind.DESK).register("eve", "Eve"));
    var fay = withKeys(given.device(Kind.DESK).register("fay", "Fay"));
    var gus = withKeys(given.device(Kind.DESK).register("gus", "Gus"));
    var group =
        call(eve, "POST", "/groups", "{\"title\":\"Crew\",\"members\":[\"fay\",\"gus\"]}")
            .replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
    eve.openChat("Crew");
    eve.say("All three");
    fay.openChat("Crew");
    gus.openChat("Crew");
    fay.sees("All three");
    gus.sees("All three");

    call(eve, "DELETE", "/groups/" + group + "/members/gus", "");
    assertThat(eve.page().getByText("You removed Gus").first()).isVisible(BrowserDevice.visible());
    eve.say("Just us two");
    fay.sees("Just us two");

    var mls = call(fay, "GET", "/conversations/group:" + group + "/mls", "");
    assertThat(mls).doesNotContain("\"epoch\":1,");
    assertThat(gus.bubble("Just us two")).hasCount(0);
  }

  private static String safetyNumber(BrowserDevice device) {
    device.page().evaluate("() => { location.hash += '/info' }");
    device.page().getByTestId("safety").click();
    return device.page().getByTestId("safety-number").innerText().replaceAll("\\s", "");
  }
}
