package parley;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import parley.BrowserDevice.Kind;

/** Contacts, blocks, and how people arrange their chats in the web app. */
class BrowserPeopleIT {

  @RegisterExtension private static final BrowserFixture given = new BrowserFixture();

  @Test
  void a_contact_has_the_name_that_one_gives_it() {
    given.account("bob", "Robert Reed");
    var ada = given.device(Kind.DESK).register("ada", "Ada");
    ada.talkTo("bob");
    ada.openInfo();

    ada.page().getByText("Add to contacts").click();
    ada.page()
        .getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Your name for bob"))
        .fill("Bobby");
    ada.choose("Save");

    assertThat(ada.page().getByTestId("conversation-title")).hasText("Bobby");
    ada.say("Hi");
    assertThat(ada.row("Bobby")).isVisible();
    ada.button("New chat").click();
    ada.field("Name or user name").fill("bobb");
    assertThat(ada.page().locator("[data-user=bob]")).containsText("Bobby");
  }

  @Test
  void who_is_blocked_is_not_heard_until_that_is_taken_back() {
    var dora = given.account("dora", "Dora");
    var carl = given.device(Kind.PHONE).register("carl", "Carl");
    carl.talkTo("dora");
    carl.openInfo();
    carl.page().getByText("Block").first().click();
    carl.choose("Block");
    carl.button("Close").click();
    assertThat(carl.page().getByText("You have blocked Dora.")).isVisible();

    dora.sent("carl", "Can you hear me?", "d-1");
    carl.button("Unblock").click();
    assertThat(carl.composer()).isVisible();
    dora.sent("carl", "And now?", "d-2");

    carl.sees("And now?");
    assertThat(carl.bubble("Can you hear me?")).hasCount(0);
  }

  @Test
  void chats_are_pinned_muted_and_put_away() {
    var finn = given.account("finn", "Finn");
    var gina = given.account("gina", "Gina");
    var elsa = given.device(Kind.DESK).register("elsa", "Elsa");
    finn.sent("elsa", "First", "f-1");
    assertThat(elsa.row("Finn")).isVisible();
    gina.sent("elsa", "Second", "g-1");
    var rows = elsa.page().getByTestId("conversation");
    assertThat(rows.first()).containsText("Gina");

    change(elsa, "Finn", "Pin");
    assertThat(elsa.row("Finn").getByLabel("pinned")).isVisible();
    assertThat(rows.first()).containsText("Finn");
    change(elsa, "Finn", "Mute");
    assertThat(elsa.row("Finn").getByLabel("muted")).isVisible();

    change(elsa, "Gina", "Archive");
    assertThat(elsa.row("Gina")).hasCount(0);
    elsa.page().locator(".archived-row").click();
    assertThat(elsa.row("Gina")).isVisible();

    var other = given.device(Kind.PHONE).signIn("elsa");
    assertThat(other.row("Finn").getByLabel("muted")).isVisible();
    assertThat(other.row("Finn").getByLabel("pinned")).isVisible();
    assertThat(other.row("Gina")).hasCount(0);
  }

  private static void change(BrowserDevice device, String title, String action) {
    var row = device.row(title);
    row.hover();
    row.getByRole(AriaRole.BUTTON).click();
    device.choose(action);
  }

  @Test
  void what_is_too_long_is_refused_in_words_and_not_lost() {
    given.account("ivy", "Ivy");
    var hugo = given.device(Kind.DESK).register("hugo", "Hugo");
    hugo.talkTo("ivy");
    var tooLong = "much too long ".repeat(5_000);

    hugo.say(tooLong);

    assertThat(hugo.page().getByTestId("toast"))
        .containsText("That is too long: a message has at most 64 KB.");
    assertThat(hugo.composer()).hasValue(tooLong.strip());
  }
}
