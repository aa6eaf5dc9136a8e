package parley;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.SealedDevice.withoutKeys;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import parley.BrowserDevice.Kind;
import parley.services.InstalledFfmpeg;

/**
 * Pictures and videos in the web app: from one person's phone to another's desk, in chats that are
 * not encrypted, since there the server looks at them and makes smaller ones.
 */
class BrowserMediaIT {

  @RegisterExtension private static final BrowserFixture given = new BrowserFixture();

  @Test
  void a_picture_is_seen_blurred_then_sharp_then_on_the_whole_screen() {
    var ben = withoutKeys(given.device(Kind.DESK)).register("ben", "Ben");
    var held = new CopyOnWriteArrayList<Route>();
    ben.page().route("**/media/*?size=800", held::add);
    var ann = given.device(Kind.PHONE).register("ann", "Ann");
    ann.talkTo("ben");

    ann.choose(photo("view.jpg"));
    ann.caption("From the top");
    ann.sendChosen();

    ben.openChat("Ann");
    var bubble = ben.bubble("From the top");
    assertThat(bubble.getByTestId("placeholder")).isVisible(BrowserDevice.visible());
    var room = bubble.getByTestId("picture").boundingBox();
    ben.page().waitForCondition(() -> !held.isEmpty());
    ben.page().unroute("**/media/*?size=800");
    held.forEach(Route::resume);
    var picture = bubble.getByTestId("loaded-picture");
    assertThat(picture).isVisible(BrowserDevice.visible());
    assertThat(picture).hasAttribute("alt", "From the top");
    assertThat(bubble.getByTestId("picture").boundingBox().height).isEqualTo(room.height);

    picture.click();
    assertThat(ben.page().getByTestId("full-picture")).isVisible(BrowserDevice.visible());
    ben.page().keyboard().press("Escape");
    assertThat(ben.page().getByTestId("viewer")).hasCount(0);
  }

  @Test
  void pictures_in_a_row_are_an_album() {
    var dan = withoutKeys(given.device(Kind.DESK)).register("dan", "Dan");
    var cleo = given.device(Kind.PHONE).register("cleo", "Cleo");
    cleo.talkTo("dan");

    cleo.choose(photo("one.jpg"), photo("two.jpg"), photo("three.jpg"));
    cleo.sendChosen();

    dan.openChat("Cleo");
    var pictures = dan.page().getByTestId("album").getByTestId("loaded-picture");
    assertThat(pictures)
        .hasCount(
            3,
            new com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions()
                .setTimeout(20_000));
    pictures.first().click();
    assertThat(dan.page().getByText("1 of 3")).isVisible();
    dan.page().keyboard().press("ArrowRight");
    assertThat(dan.page().getByText("2 of 3")).isVisible();
  }

  @Test
  void a_video_plays_in_its_place() throws Exception {
    InstalledFfmpeg.require();
    var fay = withoutKeys(given.device(Kind.DESK)).register("fay", "Fay");
    var eve = given.device(Kind.PHONE).register("eve", "Eve");
    eve.talkTo("fay");

    eve.choose(video(given.folder()));
    eve.caption("It moves");
    eve.sendChosen();

    fay.openChat("Eve");
    var bubble = fay.bubble("It moves");
    assertThat(bubble.getByText("0:02")).isVisible(BrowserDevice.visible());
    bubble.getByTestId("picture").click();
    assertThat(bubble.getByTestId("video")).isVisible(BrowserDevice.visible());
    fay.page().waitForFunction("() => document.querySelector('video').readyState >= 2");
  }

  @Test
  void a_picture_chosen_without_a_network_arrives_once_and_in_order() {
    var hal = given.account("hal", "Hal");
    var gil = given.device(Kind.PHONE).register("gil", "Gil");
    gil.talkTo("hal");
    gil.awaitInstalled();

    gil.choose(photo("tunnel.jpg"));
    gil.goOffline();
    gil.caption("Taken in a tunnel");
    gil.sendChosen();
    gil.say("After the picture");
    gil.seesTick("After the picture", "Waiting to be sent");
    gil.page().reload();
    gil.sees("Taken in a tunnel");
    assertThat(gil.page().getByTestId("upload")).isVisible(BrowserDevice.visible());
    gil.goOnline();

    gil.seesTick("After the picture", "Sent");
    assertThat(hal.unread(100))
        .extracting(message ->
            message.at("/content/caption").asText() + message.at("/content/text").asText())
        .containsExactly("Taken in a tunnel", "After the picture");
  }

  @Test
  void what_is_on_its_way_can_be_called_back() {
    var kim = given.account("kim", "Kim");
    var jan = given.device(Kind.DESK).register("jan", "Jan");
    jan.talkTo("kim");

    jan.choose(photo("regret.jpg"));
    jan.goOffline();
    jan.sendChosen();
    jan.button("Cancel sending").click();
    assertThat(jan.page().getByTestId("draft")).hasCount(0);
    jan.goOnline();
    jan.say("Never mind");

    jan.seesTick("Never mind", "Sent");
    assertThat(kim.unread(100)).hasSize(1);
  }

  @Test
  void a_file_that_is_refused_says_why() {
    given.account("mel", "Mel");
    var lou = given.device(Kind.DESK).register("lou", "Lou");
    lou.talkTo("mel");
    var broken = new byte[4_000];
    System.arraycopy(photo("x").buffer, 0, broken, 0, 300);

    lou.choose(new FilePayload("broken.jpg", "image/jpeg", broken));
    lou.caption("Oh no");
    lou.sendChosen();

    var failed = lou.bubble("Oh no").getByText("Not sent");
    assertThat(failed).isVisible(BrowserDevice.visible());
    failed.click();
    assertThat(lou.page().getByText("it may be damaged")).isVisible();
    lou.button("Discard").click();
    assertThat(lou.page().getByTestId("draft")).hasCount(0);
  }

  @Test
  void a_profile_picture_is_cut_and_seen_by_others() {
    var ona = given.device(Kind.DESK).register("ona", "Ona");
    var nia = given.device(Kind.DESK).register("nia", "Nia");
    nia.page().evaluate("() => { location.hash = '#/settings' }");
    nia.page().getByTestId("picture-file").setInputFiles(photo("me.jpg"));
    var dialog = nia.page().getByRole(AriaRole.DIALOG);
    dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save")).click();
    assertThat(dialog).hasCount(0);
    assertThat(nia.page().locator(".picture-choose .face")).isVisible(BrowserDevice.visible());

    ona.talkTo("nia");
    assertThat(ona.page().locator(".conversation-bar .face")).isVisible(BrowserDevice.visible());
  }

  /** A picture with more pixels than are sent, and with edges that a blur does not have. */
  private static FilePayload photo(String name) {
    return new FilePayload(name, "image/jpeg", TestPicture.jpeg(2400, 1800));
  }

  /** Two seconds of something that moves. */
  static FilePayload video(Path folder) throws IOException, InterruptedException {
    var file = folder.resolve("clip.mp4");
    var command =
        List.of(
            ("ffmpeg -v error -y -f lavfi -i testsrc2=s=320x180:d=2 -pix_fmt yuv420p " + file)
                .split(" "));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    return new FilePayload("clip.mp4", "video/mp4", Files.readAllBytes(file));
  }
}
