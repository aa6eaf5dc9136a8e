package parley;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import parley.BrowserDevice.Kind;

/** Groups in the web app: what their members do and see. */
class BrowserGroupIT {

  @RegisterExtension private static final BrowserFixture given = new BrowserFixture();

  @Test
  void a_group_is_made_and_its_members_talk() {
    var ben = given.device(Kind.DESK).register("ben", "Ben Baker");
    given.account("cid", "Cid Cole");
    var ann = given.device(Kind.PHONE).register("ann", "Ann Archer");

    ann.makeGroup("Summer trip", "ben", "cid");
    assertThat(ann.notice("You created the group “Summer trip”")).isVisible();
    assertThat(ann.page().getByTestId("conversation-status")).hasText("3 members");
    ann.say("Who brings the tent?");

    assertThat(ben.row("Summer trip").getByText("1 unread message")).isAttached();
    assertThat(ben.row("Summer trip")).containsText("Ann Archer: Who brings the tent?");
    ben.openChat("Summer trip");
    assertThat(ben.notice("Ann Archer created the group “Summer trip”")).isVisible();
    assertThat(ben.bubble("Who brings the tent?").locator(".sender")).hasText("Ann Archer");
    ben.say("I do");
    assertThat(ann.bubble("I do").locator(".sender")).hasText("Ben Baker");

    // What is told of typing may be lost; who goes on typing tells it again after 4 s.
    ben.composer()
        .pressSequentially(
            "And where do we meet?", new Locator.PressSequentiallyOptions().setDelay(450));
    assertThat(ann.page().getByTestId("conversation-status")).hasText("Ben Baker is typing…");
  }

  @Test
  void who_is_mentioned_is_told_so() {
    var dan = given.device(Kind.DESK).register("dan", "Dan Dale");
    var eve = given.device(Kind.DESK).register("eve", "Eve Ellis");
    eve.makeGroup("Choir", "dan");

    eve.composer().pressSequentially("Are you there, @da");
    eve.page()
        .getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Mention somebody"))
        .getByRole(AriaRole.BUTTON)
        .click();
    assertThat(eve.composer()).hasValue("Are you there, @dan ");
    eve.button("Send").click();

    var mention = dan.row("Choir").getByLabel("mentions you");
    assertThat(mention).isVisible();
    dan.openChat("Choir");
    assertThat(dan.bubble("Are you there").locator(".mention")).hasText("@Dan Dale");
    assertThat(mention).hasCount(0);
  }

  @Test
  void the_sender_sees_who_has_it_and_who_has_read_it_also_of_those_who_left() {
    given.account("gus", "Gus Gray");
    var hal = given.account("hal", "Hal Hill");
    var fay = given.device(Kind.DESK).register("fay", "Fay Ford");
    fay.makeGroup("Board", "gus", "hal");
    fay.say("Minutes are out");
    fay.seesTick("Minutes are out", "Sent");
    fay.act("Minutes are out", "Message info");
    assertThat(readers(fay, "Not there yet")).hasCount(2);

    var gus = given.device(Kind.PHONE).signIn("gus");
    assertThat(readers(fay, "Delivered to")).containsText("Gus Gray");
    gus.openChat("Board");
    assertThat(readers(fay, "Read by")).containsText("Gus Gray");
    assertThat(readers(fay, "Not there yet")).containsText("Hal Hill");
    fay.seesTick("Minutes are out", "Sent");

    var group = fay.page().url().replaceAll(".*(group:[^/]+).*", "$1").replace("group:", "");
    assertThat(hal.call("DELETE", "/groups/" + group + "/members/hal", "").statusCode())
        .isEqualTo(204);
    assertThat(readers(fay, "Not there yet")).containsText("no longer in the group");
    fay.seesTick("Minutes are out", "Read");
  }

  private static Locator readers(BrowserDevice device, String how) {
    return device
        .page()
        .getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(how))
        .getByTestId("reader");
  }

  @Test
  void an_invite_lets_in_who_has_its_link_until_it_is_revoked() {
    var ida = given.device(Kind.PHONE).register("ida", "Ida Ivers");
    ida.makeGroup("Book club");
    ida.openInfo();
    ida.page().getByText("Invite by link").click();
    assertThat(ida.page().getByLabel("QR code of the invite link")).isVisible();
    var link = ida.page().getByTestId("invite-link").innerText();
    var place = link.substring(link.indexOf('#'));

    var jan = given.device(Kind.DESK).open(place);
    jan.signUp("jan", "Jan Jones");
    jan.button("Join").click();
    assertThat(jan.notice("You joined by an invite")).isVisible();
    jan.say("Hello, readers");
    ida.choose("Revoke link");
    assertThat(ida.member("Jan Jones")).isVisible();
    ida.button("Close").click();
    ida.sees("Hello, readers");

    var kim = given.device(Kind.PHONE).register("kim", "Kim King").open(place);
    kim.button("Join").click();
    assertThat(kim.page().getByRole(AriaRole.ALERT))
        .hasText("This invite does not hold any more. Ask for a new one.");
    // The browser itself notes what the server has refused.
    assertThat(kim.complaints()).allMatch(it -> it.contains("status of 404"));
    kim.complaints().clear();
  }

  @Test
  void roles_are_given_and_who_is_removed_sees_nothing_more() {
    var lea = given.device(Kind.PHONE).register("lea", "Lea Lang");
    given.account("max", "Max Moor");
    var nia = given.device(Kind.DESK).register("nia", "Nia North");
    nia.makeGroup("Garden", "lea", "max");
    nia.say("Before");
    lea.openChat("Garden");
    lea.sees("Before");
    nia.openInfo();
    assertThat(nia.member("You")).containsText("Owner");

    // With the keyboard alone.
    var max = nia.member("Max Moor");
    max.getByRole(AriaRole.BUTTON).focus();
    nia.page().keyboard().press("Enter");
    nia.button("Make admin").focus();
    nia.page().keyboard().press("Enter");
    assertThat(max).containsText("Admin");
    assertThat(lea.notice("Max Moor: Admin from now on")).isVisible();

    nia.member("Lea Lang").getByRole(AriaRole.BUTTON).click();
    nia.choose("Remove from group");
    nia.choose("Remove from group");
    assertThat(nia.member("Lea Lang")).hasCount(0);
    nia.say("After");
    nia.seesTick("After", "Sent");

    assertThat(lea.notice("Nia North removed you")).isVisible();
    assertThat(lea.page().getByText("You are no longer in this group.")).isVisible();
    lea.page().reload();
    lea.sees("Before");
    assertThat(lea.bubble("After")).hasCount(0);
    lea.openInfo();
    assertThat(lea.page().getByText("Leave group")).hasCount(0);
  }

  @Test
  void where_only_admins_write_the_others_read() {
    var pia = given.device(Kind.DESK).register("pia", "Pia Park");
    var ole = given.device(Kind.DESK).register("ole", "Ole Olsen");
    ole.makeGroup("News", "pia");
    pia.openChat("News");
    ole.openInfo();

    ole.field("write messages").selectOption("Admins only");

    assertThat(pia.page().getByText("Only admins can write here.")).isVisible();
    ole.say("Closed on Monday");
    pia.sees("Closed on Monday");
    ole.act("Closed on Monday", "Delete for everyone");
    ole.choose("Delete for everyone");
    assertThat(pia.page().getByText("This message was deleted").first()).isVisible();
  }
}
