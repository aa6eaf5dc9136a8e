package parley;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.SealedDevice.call;
import static parley.SealedDevice.seesLock;
import static parley.SealedDevice.withKeys;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import parley.BrowserDevice.Kind;

/** What is said between browsers is sealed: the server carries it and cannot read it. */
class BrowserSealedIT {

  /** A camera before which a QR code is held, given as the path of its dark squares. */
  private static final String CAMERA =
      """
      (code) => {
        const canvas = document.createElement('canvas');
        canvas.width = 640;
        canvas.height = 480;
        const paint = () => {
          const context = canvas.getContext('2d');
          context.setTransform(1, 0, 0, 1, 0, 0);
          context.fillStyle = '#fff';
          context.fillRect(0, 0, 640, 480);
          context.fillStyle = '#000';
          context.setTransform(8, 0, 0, 8, 120, 40);
          context.fill(new Path2D(code));
          requestAnimationFrame(paint);
        };
        paint();
        navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(10);
      }
      """;

  /** As if nobody had ever made a key: the hash of nothing. */
  private static final String NO_LOG =
      "{\"size\":0,\"root\":\"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\",\"entries\":[]}";

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
    showToCamera(ann, ben.page().locator(".qr path").getAttribute("d"));
    ann.button("Scan their code").click();
    assertThat(ann.page().getByText("The numbers are the same")).isVisible(BrowserDevice.visible());
  }

  /** What the camera of the device sees from here on. */
  private static void showToCamera(BrowserDevice device, String code) {
    device.page().evaluate(CAMERA, code);
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
    cleo.page()
        .getByTestId("keys-accept")
        .click(new Locator.ClickOptions().setTimeout(Browser.TIMEOUT_MS));
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

  @Test
  void a_new_device_gets_what_was_said_before_from_another_one() {
    var hal = withKeys(given.device(Kind.DESK).register("hal", "Hal"));
    var phone = withKeys(given.device(Kind.PHONE).register("ivy", "Ivy"));
    hal.talkTo("ivy");
    hal.say("Long before");
    phone.openChat("Hal");
    phone.sees("Long before");
    var desk = withKeys(given.device(Kind.DESK).signIn("ivy"));
    desk.openChat("Hal");
    desk.sees("This message was sealed for other devices");

    desk.page().evaluate("() => { location.hash = '#/devices' }");
    desk.button("Get messages from another device").click();
    assertThat(desk.page().getByLabel("QR code for the other device")).isVisible();
    var code = desk.page().getByTestId("move-code").innerText().strip();
    phone.page().evaluate("() => { location.hash = '#/devices' }");
    phone.button("Send messages to a new device").click();
    phone.field("Code of the new device").fill("parley-move:1:of somebody else");
    phone.button("Send messages").click();
    assertThat(phone.page().getByText("That is not the code of a new device"))
        .isVisible(BrowserDevice.visible());
    phone.field("Code of the new device").fill(code);
    phone.button("Send messages").click();

    assertThat(desk.page().getByText("can be read again").first())
        .isVisible(BrowserDevice.visible());
    desk.page().evaluate("() => { location.hash = '#/' }");
    desk.openChat("Hal");
    desk.sees("Long before");
  }

  @Test
  void a_key_that_its_owner_cannot_see_raises_the_alarm() {
    var jon = withKeys(given.device(Kind.DESK).register("jon", "Jon"));
    withKeys(given.device(Kind.DESK).register("kim", "Kim"));
    jon.page()
        .route(
            "**/keys/log/kim?*",
            route -> route.fulfill(new Route.FulfillOptions().setStatus(200).setBody(NO_LOG)));

    jon.talkTo("kim");
    jon.say("Is that you?");

    assertThat(jon.page().getByText("Danger: Kim is using a key").first())
        .isVisible(BrowserDevice.visible());
  }

  private static String safetyNumber(BrowserDevice device) {
    device.page().evaluate("() => { location.hash += '/info' }");
    device.page().getByTestId("safety").click();
    return device.page().getByTestId("safety-number").innerText().replaceAll("\\s", "");
  }
}
