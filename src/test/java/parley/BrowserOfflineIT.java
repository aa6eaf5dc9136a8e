package parley;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.ChatUser.json;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import parley.BrowserDevice.Kind;

/** The web app without a network, and on several devices. */
class BrowserOfflineIT {

  @RegisterExtension private static final BrowserFixture given = new BrowserFixture();

  @Test
  void what_is_written_without_a_network_is_sent_once_and_in_order() {
    var ben = given.account("ben", "Ben");
    var ann = given.device(Kind.PHONE).register("ann", "Ann");
    ann.talkTo("ben");
    ann.say("zero");
    ann.seesTick("zero", "Sent");

    ann.goOffline();
    ann.say("one");
    ann.say("two");
    ann.say("three");
    ann.seesTick("three", "Waiting to be sent");
    ben.sent("ann", "meanwhile", "b-1");
    ann.goOnline();

    ann.seesTick("three", "Sent");
    ann.sees("meanwhile");
    assertThat(ben.unread(100))
        .extracting(message -> message.at("/content/text").textValue())
        .containsExactly("zero", "one", "two", "three");
  }

  @Test
  void it_opens_without_a_network_with_all_that_was_seen() {
    var dan = given.account("dan", "Dan");
    var cleo = given.device(Kind.PHONE).register("cleo", "Cleo");
    cleo.talkTo("dan");
    cleo.say("Kept here");
    dan.sent("cleo", "Kept too", "d-1");
    cleo.sees("Kept too");
    cleo.awaitInstalled();

    cleo.goOffline();
    cleo.page().reload();
    cleo.sees("Kept here");
    cleo.sees("Kept too");
    cleo.say("Written in the dark");
    cleo.seesTick("Written in the dark", "Waiting to be sent");
    cleo.page().reload();
    cleo.seesTick("Written in the dark", "Waiting to be sent");
    cleo.goOnline();

    cleo.seesTick("Written in the dark", "Sent");
    assertThat(dan.unread(100)).hasSize(2);
  }

  @Test
  void two_devices_of_a_user_know_the_same() {
    var fay = given.account("fay", "Fay");
    var phone = given.device(Kind.PHONE).register("eve", "Eve");
    phone.talkTo("fay");
    phone.say("From the phone");
    var desk = given.device(Kind.DESK).signIn("eve");
    desk.openChat("Fay");
    desk.sees("From the phone");

    desk.say("From the desk");
    phone.sees("From the desk");

    phone.button("Back").click();
    desk.button("New chat").click();
    desk.page().goBack();
    fay.sent("eve", "To both", "f-1");
    desk.sees("To both");
    phone.openChat("Fay");
    phone.sees("To both");
    assertThat(desk.row("Fay").getByText("unread message")).hasCount(0);
  }

  @Test
  void a_device_can_be_signed_out_from_another() {
    var phone = given.device(Kind.PHONE).register("gil", "Gil");
    var desk = given.device(Kind.DESK).signIn("gil");

    desk.button("Settings").click();
    desk.page().getByText("Where you are signed in").click();
    var others =
        desk.page()
            .getByTestId("device")
            .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign out"));
    others.first().click();

    assertThat(phone.page().getByText("You were signed out on this device. Sign in to go on."))
        .isVisible(BrowserDevice.visible());
    assertThat(others).hasCount(0);
    // What the browser notes of calls that were on their way.
    phone.complaints().removeIf(it -> it.contains("status of 401"));
  }

  @Test
  void two_tabs_show_the_same() {
    given.account("jan", "Jan");
    var ian = given.device(Kind.DESK).register("ian", "Ian");
    ian.talkTo("jan");
    var address = ian.page().url();
    var other = ian.context().newPage();
    other.navigate(address);
    assertThat(other.getByLabel("Message").last()).isVisible();

    ian.say("In one tab");

    ian.seesTick("In one tab", "Sent");
    assertThat(other.getByRole(AriaRole.ARTICLE)).hasCount(1);
    assertThat(other.getByText("In one tab").first()).isVisible();
    assertThat(json(given.account("jan", "Jan").call("GET", "/messages", ""))).hasSize(1);
  }
}
