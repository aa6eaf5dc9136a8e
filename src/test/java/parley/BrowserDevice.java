package parley;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * One device with the web app in its browser, used as a person does: by what can be read on it. It
 * remembers what went wrong inside; {@link #complaints()} is to be empty at the end of every test.
 */
final class BrowserDevice implements AutoCloseable {

  /** Being offline is a part of some tests, and the browser says so of itself. */
  private static final Pattern OFFLINE = Pattern.compile("net::ERR_|WebSocket connection to");

  static final String PASSWORD = "correct horse";

  private final BrowserContext context;
  private final Cable cable;
  private final Page page;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  /** What kind of device it is. */
  enum Kind {
    PHONE(390, 844, 2, true, ColorScheme.LIGHT),
    DARK_PHONE(390, 844, 2, true, ColorScheme.DARK),
    DESK(1280, 800, 1, false, ColorScheme.LIGHT),
    DARK_DESK(1280, 800, 1, false, ColorScheme.DARK);

    private final int width;
    private final int height;
    private final double scale;
    private final boolean touches;
    private final ColorScheme scheme;

    Kind(int width, int height, double scale, boolean touches, ColorScheme scheme) {
      this.width = width;
      this.height = height;
      this.scale = scale;
      this.touches = touches;
      this.scheme = scheme;
    }

    NewContextOptions options() {
      return new NewContextOptions()
          .setViewportSize(width, height)
          .setDeviceScaleFactor(scale)
          .setHasTouch(touches)
          .setIsMobile(touches)
          .setColorScheme(scheme)
          .setReducedMotion(ReducedMotion.REDUCE)
          .setLocale("en-GB")
          .setTimezoneId("Europe/Paris");
    }
  }

  BrowserDevice(BrowserContext context, Cable cable) {
    this.context = context;
    this.cable = cable;
    context.setDefaultTimeout(Browser.TIMEOUT_MS);
    this.page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") && !OFFLINE.matcher(message.text()).find()) {
        complaints.add(message.text());
      }
    });
    page.onPageError(complaints::add);
  }

  /** Errors in its console: failures of scripts, and breaches of the content security policy. */
  List<String> complaints() {
    return complaints;
  }

  Page page() {
    return page;
  }

  BrowserContext context() {
    return context;
  }

  BrowserDevice open() {
    return open("");
  }

  /** Opens a place within the app. */
  BrowserDevice open(String place) {
    page.navigate(cable.uri() + "/" + place);
    return this;
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator field(String name) {
    return page.getByLabel(name, new Page.GetByLabelOptions().setExact(true));
  }

  private Locator heading(String name) {
    return page.getByRole(
        AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** Makes an account, and is in. */
  BrowserDevice register(String user, String name) {
    open();
    signUp(user, name);
    return seesChats();
  }

  /** Makes an account on the page that asks for that. */
  void signUp(String user, String name) {
    button("New here? Create an account").click();
    field("User name").fill(user);
    field("Your name").fill(name);
    field("Password").fill(PASSWORD);
    button("Create account").click();
  }

  BrowserDevice signIn(String user) {
    open();
    trySignIn(user, PASSWORD);
    return seesChats();
  }

  void trySignIn(String user, String password) {
    field("User name").fill(user);
    field("Password").fill(password);
    button("Sign in").click();
  }

  private BrowserDevice seesChats() {
    assertThat(heading("Chats")).isVisible(visible());
    awaitConnected();
    return this;
  }

  /** The socket is up, and nothing is left to be caught up with. */
  void awaitConnected() {
    assertThat(page.getByTestId("connection")).hasAttribute("data-phase", "live", attribute());
  }

  /** Starts to talk with somebody by their user name. */
  void talkTo(String user) {
    button("New chat").click();
    var search = field("Name or user name");
    search.fill(user);
    search.press("Enter");
    assertThat(composer()).isVisible(visible());
  }

  /** Makes a group with others by their user names, and is in it. */
  void makeGroup(String title, String... users) {
    button("New chat").click();
    page.getByText("New group", new Page.GetByTextOptions().setExact(true)).click();
    field("Group name").fill(title);
    var search = field("Name or user name");
    for (var user : users) {
      search.fill(user);
      page.getByTestId("add-by-name").click();
      assertThat(search).hasValue("");
    }
    button("Create group").click();
    assertThat(composer()).isVisible(visible());
  }

  /** Opens what there is to know of the open conversation. */
  void openInfo() {
    page.getByTestId("conversation-title").click();
    assertThat(button("Close")).isVisible(visible());
  }

  /** Does something in the dialog that is open. */
  void choose(String action) {
    page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(action).setExact(true))
        .click();
  }

  /** Somebody in the list of a group's members. */
  Locator member(String name) {
    return page.getByTestId("member").filter(new Locator.FilterOptions().setHasText(name));
  }

  /** What a group says of itself. */
  Locator notice(String text) {
    return page.getByTestId("notice").filter(new Locator.FilterOptions().setHasText(text));
  }

  /** Opens a conversation of the list. */
  void openChat(String title) {
    row(title).getByRole(AriaRole.LINK).click();
    assertThat(composer()).isVisible(visible());
  }

  /** The conversation in the list. */
  Locator row(String title) {
    return page.getByRole(AriaRole.LISTITEM)
        .filter(new Locator.FilterOptions().setHas(page.getByTestId("conversation")))
        .filter(
            new Locator.FilterOptions()
                .setHas(page.getByText(title, new Page.GetByTextOptions().setExact(true))));
  }

  Locator composer() {
    return page.getByRole(
        AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Message").setExact(true));
  }

  void say(String text) {
    composer().fill(text);
    button("Send").click();
  }

  /** Chooses files to send, as from the gallery. */
  void choose(FilePayload... files) {
    page.getByTestId("files").setInputFiles(files);
    assertThat(page.getByTestId("send-files")).isEnabled();
  }

  /** Says something with the file that is chosen. */
  void caption(String text) {
    field("Add a caption").fill(text);
  }

  void sendChosen() {
    page.getByTestId("send-files").click();
    assertThat(page.getByTestId("send-files")).hasCount(0);
  }

  /** The bubble that says this. */
  Locator bubble(String text) {
    return page.getByRole(AriaRole.ARTICLE).filter(new Locator.FilterOptions().setHasText(text));
  }

  /** What stands beside one's own message: Waiting to be sent, Sent, Delivered, Read. */
  Locator tick(String text, String status) {
    return bubble(text)
        .getByRole(AriaRole.IMG, new Locator.GetByRoleOptions().setName(status).setExact(true));
  }

  void seesTick(String text, String status) {
    assertThat(tick(text, status)).isVisible(visible());
  }

  void sees(String text) {
    assertThat(bubble(text)).isVisible(visible());
  }

  /** Opens what can be done with a message, and does it. */
  void act(String text, String action) {
    var bubble = bubble(text).first();
    bubble.focus();
    bubble.press("Enter");
    choose(action);
  }

  /** The texts of all that is shown of the conversation, in order. */
  List<String> texts() {
    return page.getByTestId("message-text").allInnerTexts();
  }

  void goOffline() {
    cable.cut();
    context.setOffline(true);
    assertThat(page.getByTestId("connection")).hasAttribute("data-phase", "offline", attribute());
  }

  void goOnline() {
    cable.mend();
    context.setOffline(false);
    awaitConnected();
  }

  /** Everything that it needs without a network is on the device. */
  void awaitInstalled() {
    page.waitForFunction(
        "() => navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller)");
  }

  static com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions visible() {
    return new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions()
        .setTimeout(Browser.TIMEOUT_MS);
  }

  private static com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions
      attribute() {
    return new com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions()
        .setTimeout(Browser.TIMEOUT_MS);
  }

  @Override
  public void close() {
    context.close();
    cable.close();
  }
}
