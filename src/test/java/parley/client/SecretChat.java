package parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * An encrypted chat with a text, its edit, a file and a reaction, of all of which nobody may find
 * anything; and a message and a file that are not encrypted, so that something can be found.
 */
final class SecretChat {

  /** Unlike anything else that is there. */
  static final List<String> SECRETS =
      List.of(
          "the heron flies at midnight",
          "the heron stays at home",
          "a map of the heron's nest",
          "nest-map.png",
          "in black ink on parchment",
          "🦢");

  static final String PLAIN = "the postman rings at noon";
  static final String PLAIN_FILE = "letters, parcels, and the morning paper";

  private static final String TALK = "direct:ann:ben";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final byte[] PICTURE = bytes(SECRETS.get(4).repeat(60_000));

  private final MlsDevice ann;
  private final MlsDevice ben;

  private SecretChat(URI node) {
    RestUser.register(node, "ann");
    RestUser.register(node, "ben");
    ann = device(node, "ann");
    ben = device(node, "ben").offer(1);
  }

  /** Lets the two talk on the node, and looks whether they understand each other. */
  static void hold(URI node) {
    var chat = new SecretChat(node);
    chat.ann.encrypt(TALK, List.of("ben"));
    chat.ben.join(TALK);
    chat.text();
    chat.file();
    chat.plain();
  }

  private static MlsDevice device(URI node, String user) {
    return new MlsDevice(RestUser.signIn(node, user, "phone"), new BouncyMls(user + "/phone"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void text() {
    var id = ann.say(letter("text", "text", SECRETS.get(0)).toString());
    ann.edit(id, letter("text", "text", SECRETS.get(1)).put("edits", id).toString());
    assertThat(heard(ben, "application").at("/content/text").textValue()).isIn(SECRETS);
    var reaction = letter("reaction", "emoji", SECRETS.get(5));
    reaction.withObject("/content").put("messageId", id).put("on", true).put("at", 1);
    ben.say(reaction.toString(), "reaction", List.of());
    assertThat(heard(ann, "reaction").at("/content/emoji").textValue()).isEqualTo(SECRETS.get(5));
  }

  private void file() {
    var file = SealedFile.of(PICTURE);
    var id = ann.rest().upload("sealed=true", file.sealed());
    var letter = letter("media", "mediaId", id);
    letter.withObject("/content").put("caption", SECRETS.get(2)).put("name", SECRETS.get(3));
    letter
        .withObject("/content/opens")
        .put("key", Base64.getEncoder().encodeToString(file.key()))
        .put("hash", Base64.getEncoder().encodeToString(file.hash()));
    ann.say(letter.toString(), "application", List.of(id));

    var content = heard(ben, "application").get("content");
    var sealed = ben.rest().download(content.get("mediaId").textValue());
    assertThat(sealed).isNotEqualTo(PICTURE);
    var opens = content.get("opens");
    var received = new SealedFile(sealed, base64(opens, "key"), base64(opens, "hash"));
    assertThat(received.open()).isEqualTo(PICTURE);
  }

  private static byte[] base64(JsonNode opens, String field) {
    return Base64.getDecoder().decode(opens.get(field).textValue());
  }

  private void plain() {
    var plain = RestUser.object().put("to", "ben").put("text", PLAIN);
    ann.rest().call("POST", "/messages", plain).good();
    var id = ann.rest().upload("name=plan.bin", bytes(PLAIN_FILE));
    await(() ->
        ann.rest().get("/media/" + id + "/info").good().get("state").asText().equals("ready"));
    assertThat(ann.rest().download(id)).isEqualTo(bytes(PLAIN_FILE));
  }

  private static ObjectNode letter(String type, String field, String value) {
    var letter = RestUser.object();
    letter.putObject("content").put("type", type).put(field, value);
    return letter;
  }

  /** What was said to the device last, once it is there. */
  private static JsonNode heard(MlsDevice device, String kind) {
    var heard = new ArrayList<String>();
    await(() -> heard.addAll(device.read(kind)));
    try {
      return RestUser.JSON.readTree(heard.getLast().replaceFirst("^\\w+: ", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
