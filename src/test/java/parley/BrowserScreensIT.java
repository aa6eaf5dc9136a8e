package parley;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.BrowserDevice.Kind;

/**
 * How the main screens look, on a phone and on a desk, light and dark. axe looks for what keeps
 * people out (WCAG 2.2, AA), and a picture of each is kept: in target/screenshots, or where {@code
 * -Dscreenshots=docs/screenshots} says.
 */
class BrowserScreensIT {

  private static final Path PICTURES = Path.of(System.getProperty("parley.screenshots"));
  private static final String AXE = axe();
  private static final String VIOLATIONS =
      """
      async () => {
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        const found = await axe.run(document, { runOnly: tags });
        return found.violations.map((violation) =>
          `${violation.id}: ${violation.help}\\n` + violation.nodes.map((node) =>
            `  ${node.target.join(' ')}  ${node.html.slice(0, 160)}`).join('\\n'));
      }
      """;

  @RegisterExtension private static final BrowserFixture given = new BrowserFixture();
  private static String group;

  @BeforeAll
  static void people_who_have_talked() {
    var mia = given.account("mia", "Mia Moreau");
    var noah = given.account("noah", "Noah Lindqvist");
    var ada = given.account("ada", "Ada Okafor");
    var zoe = given.account("zoe", "Zoë Papadakis");
    var lena = given.account("lena", "Lena Fischer");
    lena.sent("mia", "Are you home by six?", "l-1");
    var yes = mia.sent("lena", "Before six, see you there", "m-0");
    lena.call("PUT", "/conversations/direct:lena:mia/read", "{\"upTo\":\"" + yes + "\"}");
    mia.call("PUT", "/conversations/direct:lena:mia/read", "{\"upTo\":\"" + yes + "\"}");
    ada.sent("mia", "The slides are in the shared folder. Say if a chart is off.", "a-1");
    zoe.sent("mia", "Dinner on Friday?", "z-1");
    zoe.sent("mia", "Bring the others, if they like", "z-2");
    noah.sent("mia", "Morning! Did the parcel get there?", "n-1");
    var first = mia.sent("noah", "It did, thank you 🎉", "m-1");
    mia.sent("noah", "Opening it tonight, with everybody at home. You have to call in!", "m-2");
    noah.sent("mia", "I would not miss it. Eight o’clock?", "n-2");
    mia.sent("noah", "Eight it is. https://parley.example/call", "m-3");
    noah.sent("mia", "👍", "n-3");
    noah.call("PUT", "/messages/" + first + "/reactions/%E2%9D%A4%EF%B8%8F", "");
    noah.call("PUT", "/conversations/direct:mia:noah/read", "{\"upTo\":\"" + first + "\"}");
    mia.call("PUT", "/contacts/ada", "{\"name\":\"Ada (work)\"}");
    mia.call("PUT", "/contacts/noah", "{\"name\":\"Noah\"}");
    mia.call("PATCH", "/conversations/direct:ada:mia", "{\"muted\":true}");
    mia.call("PATCH", "/conversations/direct:mia:noah", "{\"pinned\":true}");
    planHike(mia, noah, zoe);
  }

  private static void planHike(ChatUser mia, ChatUser noah, ChatUser zoe) {
    var answer =
        mia.call(
            "POST",
            "/groups",
            "{\"title\":\"Sunday hike\",\"description\":\"Every second Sunday, whatever the"
                + " weather.\",\"members\":[\"noah\",\"zoe\",\"ada\"]}");
    group = ChatUser.json(answer).get("conversation").textValue();
    var members = "/groups/" + group.substring("group:".length()) + "/members/";
    mia.call("PUT", members + "zoe", "{\"role\":\"admin\"}");
    var train = noah.sent(group, "The train leaves at 8:12, north exit 🚆", "g-1");
    mia.call("PUT", "/messages/" + train + "/reactions/%F0%9F%91%8D", "");
    zoe.call("PUT", "/messages/" + train + "/reactions/%F0%9F%91%8D", "");
    zoe.sent(group, "I bring tea and something sweet", "g-2");
    noah.sent(group, "Lovely", "g-3");
    mia.call(
        "POST",
        "/messages",
        "{\"to\":\"%s\",\"text\":\"Then I get the tickets\",\"replyTo\":\"%s\"}"
            .formatted(group, train));
    noah.call(
        "POST",
        "/messages",
        "{\"to\":\"%s\",\"text\":\"@mia you have the map, don’t you?\",\"mentions\":[\"mia\"]}"
            .formatted(group));
  }

  private static String axe() {
    try (var in = BrowserScreensIT.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void the_main_screens_are_for_everybody(Kind kind) {
    var device = given.device(kind).open();
    assertThat(device.button("Sign in")).isVisible();
    look(device, kind, "welcome");
    device.button("New here? Create an account").click();
    look(device, kind, "register");

    device.signIn("mia");
    assertThat(device.page().getByText("Zoë Papadakis")).isVisible();
    assertThat(device.page().getByText("Ada (work)")).isVisible();
    look(device, kind, "chats");

    device.openChat("Noah");
    device.sees("Eight it is.");
    look(device, kind, "conversation");

    var bubble = device.bubble("Eight it is.");
    bubble.focus();
    bubble.press("Enter");
    assertThat(device.page().getByRole(AriaRole.DIALOG)).isVisible();
    look(device, kind, "message-menu");
    device.page().getByText("Message info").click();
    assertThat(heading(device, "Message info")).isVisible();
    look(device, kind, "message-info");

    go(device, "#/c/direct:mia:noah/info");
    assertThat(device.page().getByText("Block").first()).isVisible();
    look(device, kind, "contact");

    go(device, "#/people");
    assertThat(heading(device, "New chat")).isVisible();
    look(device, kind, "new-chat");

    go(device, "#/settings");
    assertThat(heading(device, "Settings")).isVisible();
    assertThat(device.field("Your name")).hasValue("Mia Moreau");
    look(device, kind, "settings");

    go(device, "#/devices");
    assertThat(device.page().getByTestId("device").first()).isVisible();
    look(device, kind, "devices");
  }

  @ParameterizedTest
  @EnumSource(names = {"PHONE", "DARK_DESK"})
  void the_screens_of_groups_are_for_everybody(Kind kind) {
    var device = given.device(kind).signIn("mia");
    device.openChat("Sunday hike");
    assertThat(device.bubble("you have the map").locator(".sender")).hasText("Noah");
    assertThat(device.page().getByText("4 members")).isVisible();
    look(device, kind, "group");

    device.act("Then I get the tickets", "Message info");
    assertThat(device.page().getByTestId("reader")).hasCount(3);
    assertThat(device.page().getByTestId("reader").getByText("Zoë Papadakis")).isVisible();
    look(device, kind, "group-message-info");

    go(device, "#/c/" + group + "/info");
    assertThat(device.member("Zoë Papadakis")).containsText("Admin");
    look(device, kind, "group-info");
    device.member("Zoë Papadakis").getByRole(AriaRole.BUTTON).click();
    look(device, kind, "group-member");
    device.page().keyboard().press("Escape");
    device.button("Add members").click();
    look(device, kind, "group-add");
    device.page().keyboard().press("Escape");
    device.button("Invite by link").click();
    assertThat(device.page().getByTestId("invite-link")).isVisible();
    look(device, kind, "group-invite");
    device.page().keyboard().press("Escape");

    go(device, "#/new-group");
    assertThat(heading(device, "New group")).isVisible();
    device.field("Group name").fill("Sunday brunch");
    device.page().getByRole(AriaRole.CHECKBOX).first().click();
    look(device, kind, "new-group");
    go(device, "#/join/some-token");
    assertThat(device.button("Join")).isVisible();
    look(device, kind, "join");
  }

  private static com.microsoft.playwright.Locator heading(BrowserDevice device, String name) {
    return device
        .page()
        .getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void go(BrowserDevice device, String place) {
    device.page().evaluate("place => { location.hash = place }", place);
  }

  private static void look(BrowserDevice device, Kind kind, String screen) {
    var name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + screen + ".png";
    device.page().screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name)));
    device.page().evaluate(AXE);
    assertThat((List<?>) device.page().evaluate(VIOLATIONS)).as(name).isEmpty();
  }
}
