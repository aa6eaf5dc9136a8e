package parley;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.SealedDevice.call;
import static parley.SealedDevice.seesLock;
import static parley.SealedDevice.withKeys;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import parley.BrowserDevice.Kind;
import parley.services.InstalledFfmpeg;

/** Files and reactions in an encrypted chat: seen on both devices, and noise to the server. */
class BrowserSealedFilesIT {

  private static final String MESSAGES = "/conversations/direct:ann:ben/messages";

  @RegisterExtension private static final BrowserFixture given = new BrowserFixture();

  @Test
  void a_picture_and_what_is_thought_of_it_are_seen_by_the_other_and_not_by_the_server()
      throws IOException {
    var ann = withKeys(given.device(Kind.PHONE).register("ann", "Ann"));
    var ben = withKeys(given.device(Kind.DESK).register("ben", "Ben"));
    ann.talkTo("ben");
    seesLock(ann, "will-be");

    ann.choose(new FilePayload("bridge.jpg", "image/jpeg", TestPicture.jpeg(2400, 1800)));
    ann.caption("Under the bridge");
    ann.sendChosen();
    ben.openChat("Ann");
    var picture = ben.bubble("Under the bridge").getByTestId("loaded-picture");
    assertThat(picture).isVisible(BrowserDevice.visible());
    assertThat(width(picture)).isEqualTo(800);
    picture.click();
    var full = ben.page().getByTestId("full-picture");
    assertThat(full).isVisible(BrowserDevice.visible());
    ben.page().waitForCondition(() -> width(full) == 2048);
    ben.page().keyboard().press("Escape");
    assertThat(full).isHidden();

    ben.act("Under the bridge", "React with ❤️");
    seesReaction(ann, "❤️");
    ann.page().reload();
    seesReaction(ann, "❤️");
    ben.page().reload();
    seesReaction(ben, "❤️");
    assertThat(ben.bubble("Under the bridge").getByTestId("loaded-picture"))
        .isVisible(BrowserDevice.visible());

    assertThat(call(ben, "GET", MESSAGES, ""))
        .contains("\"media\":[", "\"reaction\"")
        .doesNotContain("bridge", "❤️", "jpeg");
    assertThat(stored("JFIF")).isEmpty();
    assertThat(stored("")).hasSize(3);
  }

  @Test
  void a_video_plays_and_a_file_is_saved_unless_it_was_damaged() throws Exception {
    InstalledFfmpeg.require();
    var eve = withKeys(given.device(Kind.DESK).register("eve", "Eve"));
    var fay = withKeys(given.device(Kind.DESK).register("fay", "Fay"));
    var notes = "The heron flies at midnight".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    fay.talkTo("eve");
    fay.say("Send them");
    eve.openChat("Fay");
    seesLock(eve, "sealed");

    eve.choose(BrowserMediaIT.video(given.folder()));
    eve.caption("It moves");
    eve.sendChosen();
    eve.choose(new FilePayload("notes.txt", "text/plain", notes));
    eve.sendChosen();

    var clip = fay.bubble("It moves");
    assertThat(clip.getByText("0:02")).isVisible(BrowserDevice.visible());
    assertThat(clip.getByTestId("loaded-picture")).isVisible(BrowserDevice.visible());
    clip.getByTestId("picture").click();
    assertThat(clip.getByTestId("video")).isVisible(BrowserDevice.visible());
    fay.page().waitForFunction("() => document.querySelector('video').readyState >= 2");
    var file = fay.page().getByTestId("file");
    assertThat(file).containsText("notes.txt", contains());
    var saved = fay.page().waitForDownload(file::click);
    assertThat(saved.suggestedFilename()).isEqualTo("notes.txt");
    assertThat(Files.readAllBytes(saved.path())).isEqualTo(notes);
    assertThat(stored("heron")).isEmpty();

    fay.page().route("**/media/*?size=original", BrowserSealedFilesIT::damage);
    eve.choose(new FilePayload("late.jpg", "image/jpeg", TestPicture.jpeg(2400, 1800)));
    eve.caption("Too late");
    eve.sendChosen();
    assertThat(fay.bubble("Too late")).containsText("Damaged: not what was sent", contains());
  }

  private static void damage(Route route) {
    var answer = route.fetch();
    var bytes = answer.body();
    bytes[bytes.length / 2] ^= 1;
    route.fulfill(new Route.FulfillOptions().setResponse(answer).setBodyBytes(bytes));
  }

  private static int width(Locator picture) {
    return (int) picture.evaluate("it => it.naturalWidth");
  }

  private static void seesReaction(BrowserDevice device, String emoji) {
    assertThat(device.bubble("Under the bridge").getByTestId("reaction"))
        .containsText(emoji, contains());
  }

  private static LocatorAssertions.ContainsTextOptions contains() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(Browser.TIMEOUT_MS);
  }

  /** The files of the node's media in which this is. */
  private static List<Path> stored(String wanted) throws IOException {
    try (var all = Files.walk(given.folder().resolve("data/media/objects/media"))) {
      return all.filter(Files::isRegularFile).filter(file -> text(file).contains(wanted)).toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
