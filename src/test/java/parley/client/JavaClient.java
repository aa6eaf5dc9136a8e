package parley.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.URI;
import java.util.List;

/**
 * A device without a browser, on Bouncy Castle's MLS, that talks with web apps: what it seals is
 * what they understand. It is in one conversation.
 */
public final class JavaClient {

  private static final int KEY_PACKAGES = 5;

  private final MlsDevice device;

  private JavaClient(MlsDevice device) {
    this.device = device;
  }

  /** Makes an account, and is in it with keys. */
  public static JavaClient register(URI node, String user) {
    RestUser.register(node, user);
    return signIn(node, user, "java");
  }

  /** Signs in on a device with keys. */
  public static JavaClient signIn(URI node, String user, String device) {
    var mls = new BouncyMls(user + "/" + device);
    return new JavaClient(
        new MlsDevice(RestUser.signIn(node, user, device), mls).offer(KEY_PACKAGES));
  }

  /** Makes a group of the server; its conversation. */
  public String makeGroup(String title, String... members) {
    var body = RestUser.object().put("title", title);
    List.of(members).forEach(body.putArray("members")::add);
    return device.rest().call("POST", "/groups", body).good().get("conversation").textValue();
  }

  /** As its leaf is named. */
  public String identity() {
    return device.identity();
  }

  /** The names of all leaves, as this one has them. */
  public List<String> members() {
    return device.mls().members();
  }

  /** Encrypts the conversation, with all devices of these users. */
  public void encrypt(String conversation, String... users) {
    device.encrypt(conversation, List.of(users));
  }

  public void join(String conversation) {
    device.join(conversation);
  }

  /** Joins by itself. */
  public void joinExternally(String conversation) {
    device.joinExternally(conversation);
  }

  /** Removes the devices. */
  public void remove(String... identities) {
    device.remove(identities);
  }

  /** Renews its keys. */
  public void update() {
    device.update();
  }

  /** Takes in what others have committed. */
  public void catchUp() {
    device.catchUp();
  }

  /** Says something. */
  public void say(String text) {
    var letter = RestUser.object();
    letter.putObject("content").put("type", "text").put("text", text);
    device.say(letter.toString());
  }

  /** What was said that it has not read yet: {@code ann: hi}, or {@code ann: (unreadable)}. */
  public List<String> read() {
    return device.read().stream().map(JavaClient::text).toList();
  }

  private static String text(String said) {
    int end = said.indexOf(": ") + 2;
    if (said.endsWith(MlsDevice.UNREADABLE)) {
      return said;
    }
    try {
      var letter = RestUser.JSON.readTree(said.substring(end));
      return said.substring(0, end) + letter.at("/content/text").textValue();
    } catch (JsonProcessingException e) {
      throw new AssertionError("No letter: " + said, e);
    }
  }
}
