package parley.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A client of Parley for one encrypted conversation: one device, which keeps up with the
 * conversation and reads what is said there. It knows of Parley what the documents say.
 */
final class MlsDevice implements AutoCloseable {

  /** What is shown of a message that the device has no key for. */
  static final String UNREADABLE = "(unreadable)";

  private final RestUser rest;
  private final Mls mls;
  private final Set<String> seen = new HashSet<>();
  private final Map<String, String> own = new HashMap<>();
  private String conversation = "";

  MlsDevice(RestUser rest, Mls mls) {
    this.rest = rest;
    this.mls = mls;
  }

  String identity() {
    return rest.user() + "/" + rest.device();
  }

  RestUser rest() {
    return rest;
  }

  Mls mls() {
    return mls;
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(JsonNode base64) {
    return Base64.getDecoder().decode(base64.textValue());
  }

  /** Offers so many key packages. */
  MlsDevice offer(int count) {
    var body = RestUser.object();
    body.putObject("signatureKeys").put(Integer.toString(Mls.SUITE), text(mls.signatureKey()));
    var packages = body.putArray("keyPackages");
    mls.keyPackages(count)
        .forEach(each -> packages.addObject().put("suite", Mls.SUITE).put("data", text(each)));
    rest.call("PUT", "/devices/me/keys", body).good();
    return this;
  }

  /** One key package of each device of each user. */
  private List<byte[]> packages(List<String> users) {
    var packages = new ArrayList<byte[]>();
    for (var user : users) {
      rest.get("/users/%s/key-packages?suite=%d".formatted(user, Mls.SUITE))
          .good()
          .get("devices")
          .forEach(each -> packages.add(bytes(each.get("keyPackage"))));
    }
    return packages;
  }

  /** Encrypts the conversation: with all devices of these users, and the own ones of a user. */
  void encrypt(String id, List<String> users) {
    conversation = id;
    mls.create(id);
    if (!commit(packages(users), List.of())) {
      throw new AssertionError("It is encrypted already: " + id);
    }
  }

  /** Adds all devices of the users. */
  void add(String... users) {
    commitAtLast(packages(List.of(users)), List.of());
  }

  /** Removes the devices. */
  void remove(String... identities) {
    commitAtLast(List.of(), List.of(identities));
  }

  /** Renews the own keys. */
  void update() {
    commitAtLast(List.of(), List.of());
  }

  private void commitAtLast(List<byte[]> added, List<String> removed) {
    while (!commit(added, removed)) {
      catchUp();
    }
  }

  /** Commits; false when another one was first. */
  boolean commit(List<byte[]> added, List<String> removed) {
    long epoch = mls.epoch();
    return send(mls.commit(added, removed), epoch);
  }

  private boolean send(Mls.Commit commit, long epoch) {
    var message =
        message(commit.data(), epoch, "commit").put("groupInfo", text(commit.groupInfo()));
    message.put("suite", Mls.SUITE);
    commit.welcome().ifPresent(it -> message.withObject("/content").put("welcome", text(it)));
    var answer = rest.call("POST", "/messages", message);
    if (answer.status() == 409
        && answer.body().get("code").textValue().equals("stale-epoch")
        && answer.body().get("epoch").longValue() > epoch) {
      mls.discard();
      return false;
    }
    answer.good();
    mls.confirm();
    return true;
  }

  private ObjectNode message(byte[] data, long epoch, String kind) {
    var message = RestUser.object().put("to", conversation);
    message.put("clientId", UUID.randomUUID().toString());
    message
        .putObject("content")
        .put("type", "sealed")
        .put("protocol", "mls")
        .put("epoch", epoch)
        .put("kind", kind)
        .put("data", text(data));
    return message;
  }

  /** Takes in all commits since; how many. */
  int catchUp() {
    return catchUp(Long.MAX_VALUE);
  }

  private int catchUp(long upTo) {
    int commits = 0;
    var path = "/conversations/%s/mls/commits?after=%d".formatted(conversation, mls.epoch());
    while (!path.isEmpty()) {
      var page = rest.get(path);
      for (var commit : page.good()) {
        if (commit.get("epoch").longValue() == mls.epoch() && mls.epoch() < upTo) {
          mls.handle(bytes(commit.get("data")));
          commits++;
        }
      }
      path = mls.epoch() < upTo ? page.next().orElse("") : "";
    }
    return commits;
  }

  /** Joins by the welcome that is for this device, and catches up. */
  void join(String id) {
    conversation = id;
    var path = "/conversations/%s/mls/commits".formatted(id);
    while (!path.isEmpty() && mls.epoch() < 0) {
      var page = rest.get(path);
      for (var commit : page.good()) {
        if (mls.epoch() < 0 && commit.has("welcome")) {
          mls.join(bytes(commit.get("welcome")));
        }
      }
      path = page.next().orElse("");
    }
    if (mls.epoch() < 0) {
      throw new AssertionError("No welcome for " + identity());
    }
    catchUp();
  }

  /** Joins by itself, from what the server has of the group. */
  void joinExternally(String id) {
    conversation = id;
    boolean joined = false;
    while (!joined) {
      var standing = rest.get("/conversations/%s/mls".formatted(id)).good();
      joined =
          send(
              mls.joinExternally(bytes(standing.get("groupInfo"))),
              standing.get("epoch").longValue());
    }
  }

  /** Says something; the id of the message. */
  String say(String said) {
    return say(said, "application", List.of());
  }

  /** Says something of that kind, with the files that belong to it. */
  String say(String said, String kind, List<String> media) {
    var message = message(mls.seal(said), mls.epoch(), kind);
    media.forEach(message.withObject("/content").putArray("media")::add);
    own.put(message.get("clientId").textValue(), said);
    return rest.call("POST", "/messages", message).good().get("id").textValue();
  }

  /** Says something else in place of what was said. */
  void edit(String id, String said) {
    var message = message(mls.seal(said), mls.epoch(), "application");
    message.remove(List.of("to", "clientId"));
    rest.call("PATCH", "/messages/" + id, message).good();
  }

  /** What was said that this device has not read yet, as {@code ben: hi}; oldest first. */
  List<String> read() {
    return read("application");
  }

  /** The same for another kind of what is sealed. */
  List<String> read(String kind) {
    var path = "/conversations/%s/messages?limit=500".formatted(conversation);
    var said = new ArrayList<String>();
    var messages = new ArrayList<JsonNode>();
    rest.get(path).good().forEach(messages::add);
    for (var message : messages.reversed()) {
      if (message.at("/content/kind").asText().equals(kind)
          && seen.add(message.get("id").textValue())) {
        said.add(message.get("from").textValue() + ": " + open(message));
      }
    }
    return said;
  }

  private String open(JsonNode message) {
    if (message.has("clientId") && own.containsKey(message.get("clientId").textValue())) {
      return own.get(message.get("clientId").textValue());
    }
    try {
      long epoch = message.at("/content/epoch").longValue();
      if (epoch > mls.epoch()) {
        catchUp(epoch);
      }
      return mls.open(bytes(message.at("/content/data")));
    } catch (Mls.MlsFailure | AssertionError notForThisDevice) {
      return UNREADABLE;
    }
  }

  @Override
  public void close() {
    mls.close();
  }
}
