package parley;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import parley.BrowserDevice.Kind;

/**
 * How files get into the web app, and what becomes of an upload that is cut off or called back. Who
 * is written to has no keys, so that what came can be read in the server's answers.
 */
class BrowserAttachIT {

  /** More than two pieces of those that the app sends. */
  private static final int LARGE = 9_000_000;

  private static final int PIECE = 4 * 1024 * 1024;
  private static final int FAILURES = 5;
  private static final String PATCHES = "**/uploads/*";

  @RegisterExtension private static final BrowserFixture given = new BrowserFixture();

  private static FilePayload photo(String name) {
    return new FilePayload(name, "image/jpeg", TestPicture.jpeg(1200, 900));
  }

  /** Sends what is about to be sent, and sees it sent. */
  private static void sendAs(BrowserDevice device, String caption) {
    device.caption(caption);
    device.sendChosen();
    device.seesTick(caption, "Sent");
  }

  private static List<String> captions(ChatUser user) {
    return user.unread(100).stream()
        .map(message ->
            "%s: %s"
                .formatted(
                    message.at("/content/kind").asText(), message.at("/content/caption").asText()))
        .toList();
  }

  @Test
  void files_are_dropped_on_a_conversation() {
    var bob = given.account("bob", "Bob");
    var amy = given.device(Kind.DESK).register("amy", "Amy");
    amy.talkTo("bob");
    var files =
        amy.page()
            .evaluateHandle(
                """
                () => {
                  const data = new DataTransfer();
                  data.items.add(new File(['some notes'], 'notes.txt', { type: 'text/plain' }));
                  return data;
                }
                """);
    var dragged = Map.of("dataTransfer", files);

    amy.composer().dispatchEvent("dragenter", dragged);
    assertThat(amy.page().locator(".conversation"))
        .hasAttribute("data-dropping", "Drop here to send to Bob");
    amy.composer().dispatchEvent("drop", dragged);
    sendAs(amy, "Dropped");

    assertThat(amy.page().locator("[data-dropping]")).hasCount(0);
    assertThat(captions(bob)).containsExactly("file: Dropped");
  }

  @Test
  void a_picture_is_pasted() {
    var dora = given.account("dora", "Dora");
    var carl = given.device(Kind.DESK).register("carl", "Carl");
    carl.talkTo("dora");
    carl.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    carl.page()
        .evaluate(
            """
            async () => {
              const canvas = document.createElement('canvas');
              canvas.getContext('2d').fillRect(20, 20, 200, 90);
              const picture = await new Promise((done) => canvas.toBlob(done, 'image/png'));
              await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
            }
            """);

    carl.composer().fill("Look");
    carl.composer().press("Control+v");
    assertThat(carl.field("Add a caption")).hasValue("Look");
    sendAs(carl, "Pasted");

    assertThat(captions(dora)).containsExactly("image: Pasted");
  }

  @Test
  void a_phone_takes_a_photo() {
    var finn = given.account("finn", "Finn");
    var ella = given.device(Kind.PHONE).register("ella", "Ella");
    ella.talkTo("finn");

    ella.button("Attach").click();
    var camera = ella.page().waitForFileChooser(() -> ella.choose("Take a photo"));
    assertThat(camera.element().getAttribute("capture")).isEqualTo("environment");
    assertThat(camera.element().getAttribute("accept")).isEqualTo("image/*");
    assertThat(camera.isMultiple()).isFalse();
    camera.setFiles(photo("just-now.jpg"));
    sendAs(ella, "Just now");

    assertThat(captions(finn)).containsExactly("image: Just now");
  }

  @Test
  void a_groups_picture_is_cut_and_seen_by_its_members() {
    var hugo = given.device(Kind.DESK).register("hugo", "Hugo");
    var gina = given.device(Kind.DESK).register("gina", "Gina");
    gina.makeGroup("Hikers", "hugo");
    gina.openInfo();

    gina.page().getByTestId("picture-file").setInputFiles(photo("hut.jpg"));
    var dialog = gina.page().getByRole(AriaRole.DIALOG);
    dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save")).click();
    assertThat(dialog).hasCount(0);

    assertThat(gina.page().locator(".picture-choose .face")).isVisible(BrowserDevice.visible());
    assertThat(hugo.row("Hikers").locator(".face")).isVisible(BrowserDevice.visible());
  }

  @Test
  void an_upload_tells_how_far_it_is_and_is_gone_when_it_is_called_back() {
    var jack = given.account("jack", "Jack");
    var iris = given.device(Kind.DESK).register("iris", "Iris");
    iris.talkTo("jack");
    var ended = new CopyOnWriteArrayList<Request>();
    iris.page().route(PATCHES, route -> holdPatches(route, ended));

    iris.choose(new FilePayload("film.bin", "application/octet-stream", new byte[LARGE]));
    iris.sendChosen();
    var ring = iris.page().getByRole(AriaRole.PROGRESSBAR);
    assertThat(ring).hasAttribute("aria-valuenow", Long.toString(100L * PIECE / LARGE));
    iris.button("Cancel sending").click();

    assertThat(iris.page().getByTestId("draft")).hasCount(0);
    iris.page().waitForCondition(() -> !ended.isEmpty());
    iris.say("No film today");
    iris.seesTick("No film today", "Sent");
    assertThat(jack.unread(100)).hasSize(1);
  }

  /** What follows the first piece never gets through. */
  private static void holdPatches(Route route, List<Request> ended) {
    if (route.request().method().equals("DELETE")) {
      ended.add(route.request());
    }
    if (!route.request().method().equals("PATCH")) {
      route.resume();
    }
  }

  @Test
  void an_upload_that_broke_off_goes_on_from_where_it_was() {
    var luke = given.account("luke", "Luke");
    var kate = given.device(Kind.DESK).register("kate", "Kate");
    kate.talkTo("luke");
    var broken = new AtomicInteger();
    kate.page()
        .route(
            PATCHES,
            route -> {
              broken.incrementAndGet();
              route.abort("connectionreset");
            });

    kate.choose(new FilePayload("film.bin", "application/octet-stream", new byte[LARGE]));
    kate.caption("The film");
    kate.sendChosen();
    // By now it would wait for some seconds before it tries again by itself.
    kate.page().waitForCondition(() -> broken.get() >= FAILURES);
    var again = kate.page().getByTestId("upload").getByText("Waiting. Try now");
    assertThat(again).isVisible();
    var offsets = new CopyOnWriteArrayList<String>();
    kate.page()
        .onRequest(request -> {
          if (request.method().equals("PATCH")) {
            offsets.add(request.headers().get("upload-offset"));
          }
        });
    kate.page().unroute(PATCHES);
    again.click();

    kate.seesTick("The film", "Sent");
    assertThat(offsets).startsWith(Integer.toString(PIECE));
    assertThat(luke.unread(100).getFirst().at("/content/size").asInt()).isEqualTo(LARGE);
  }
}
