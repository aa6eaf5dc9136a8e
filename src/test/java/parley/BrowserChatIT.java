package parley;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import parley.BrowserDevice.Kind;

/** What people do with the web app, in a real browser. */
class BrowserChatIT {

  @RegisterExtension private static final BrowserFixture given = new BrowserFixture();

  @Test
  void two_people_register_and_talk() {
    var ann = given.device(Kind.PHONE).register("ann", "Ann Archer");
    var ben = given.device(Kind.DESK).register("ben", "Ben Baker");

    ann.talkTo("ben");
    ann.say("Hello Ben");

    assertThat(ben.row("Ann Archer").getByText("1 unread message")).isAttached();
    ben.openChat("Ann Archer");
    ben.sees("Hello Ben");
    ben.say("Hello Ann");
    ann.sees("Hello Ann");
    assertThat(ben.row("Ann Archer").getByText("unread message")).hasCount(0);
  }

  @Test
  void ticks_tell_how_far_a_message_has_got() {
    given.account("cleo", "Cleo");
    var dan = given.device(Kind.PHONE).register("dan", "Dan");

    dan.talkTo("cleo");
    dan.say("Where are you?");
    dan.seesTick("Where are you?", "Sent");

    var cleo = given.device(Kind.PHONE).signIn("cleo");
    dan.seesTick("Where are you?", "Delivered");

    cleo.openChat("Dan");
    dan.seesTick("Where are you?", "Read");
  }

  @Test
  void what_was_said_is_edited_answered_reacted_to_and_deleted() {
    var eve = given.device(Kind.DESK).register("eve", "Eve");
    var fay = given.device(Kind.PHONE).register("fay", "Fay");
    eve.talkTo("fay");
    eve.say("See you at nien");
    fay.openChat("Eve");

    eve.act("See you at nien", "Edit");
    eve.composer().fill("See you at nine");
    eve.button("Save").click();
    assertThat(fay.bubble("See you at nine").getByText("edited")).isVisible();

    fay.act("See you at nine", "React with 👍");
    var reaction =
        eve.bubble("See you at nine")
            .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("👍 from Fay"));
    assertThat(reaction).isVisible();
    fay.act("See you at nine", "React with 👍");
    assertThat(reaction).hasCount(0);

    fay.act("See you at nine", "Reply");
    fay.say("Fine");
    assertThat(
            eve.bubble("Fine")
                .getByRole(
                    AriaRole.BUTTON,
                    new Locator.GetByRoleOptions().setName("Show the message from You")))
        .isVisible();

    eve.act("See you at nine", "Delete for everyone");
    eve.page().getByRole(AriaRole.DIALOG).getByText("Delete for everyone").last().click();
    assertThat(fay.page().getByText("This message was deleted").first()).isVisible();
    assertThat(fay.bubble("See you at nine")).hasCount(0);
  }

  @Test
  void who_types_is_seen() {
    var gus = given.device(Kind.DESK).register("gus", "Gus");
    var hal = given.device(Kind.DESK).register("hal", "Hal");
    gus.talkTo("hal");
    gus.say("Hi");
    hal.openChat("Gus");

    // What is told of typing may be lost; who goes on typing tells it again after 4 s.
    hal.composer()
        .pressSequentially(
            "I am on my way now", new Locator.PressSequentiallyOptions().setDelay(450));

    assertThat(gus.page().getByTestId("conversation-status")).hasText("typing…");
  }

  @Test
  void errors_say_what_can_be_done() {
    given.account("ida", "Ida");
    var device = given.device(Kind.PHONE).open();

    device.trySignIn("ida", "wrong password");
    assertThat(device.page().getByText("User name or password is wrong.")).isVisible();

    device.button("New here? Create an account").click();
    device.field("User name").fill("ida");
    device.field("Password").fill("short");
    device.button("Create account").click();
    assertThat(device.page().getByText("The password needs at least 8 characters.")).isVisible();
    device.field("Password").fill(BrowserDevice.PASSWORD);
    device.button("Create account").click();
    assertThat(device.page().getByText("This user name is taken.")).isVisible();

    // The browser itself notes what the server has refused.
    assertThat(device.complaints()).allMatch(it -> it.contains("status of 40"));
    device.complaints().clear();
  }

  @Test
  void the_keyboard_alone_will_do() {
    given.account("jim", "Jim");
    var kim = given.device(Kind.DESK).register("kim", "Kim");
    kim.talkTo("jim");

    kim.composer().focus();
    kim.page().keyboard().type("By keyboard");
    kim.page().keyboard().press("Enter");
    kim.seesTick("By keyboard", "Sent");
    kim.page().keyboard().type("Again");
    kim.page().keyboard().press("Enter");
    kim.seesTick("Again", "Sent");

    assertThat(kim.texts()).containsExactly("By keyboard", "Again");
  }
}
