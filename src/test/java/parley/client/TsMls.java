package parley.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** MLS by ts-mls, which the web app uses: in a process of Node, see {@code src/test/node}. */
final class TsMls implements Mls {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final BufferedReader answers;
  private final byte[] signatureKey;

  /**
   * A device of that identity.
   *
   * @param folder where device.mjs and what it needs is, see {@link NodeModules}
   */
  TsMls(String identity, Path folder) {
    try {
      process =
          new ProcessBuilder("node", "device.mjs")
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    answers = process.inputReader(StandardCharsets.UTF_8);
    signatureKey = bytes(ask(op("begin").put("identity", identity)));
  }

  private static ObjectNode op(String name) {
    return JSON.createObjectNode().put("op", name);
  }

  private JsonNode ask(ObjectNode question) {
    try {
      var out = process.getOutputStream();
      out.write((question + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      var line = answers.readLine();
      if (line == null) {
        throw new AssertionError("Node has ended, exit code " + process.exitValue());
      }
      var answer = JSON.readTree(line);
      if (answer.has("error")) {
        throw new MlsFailure(answer.get("error").textValue(), null);
      }
      return answer.get("ok");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(JsonNode base64) {
    return Base64.getDecoder().decode(base64.textValue());
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public byte[] signatureKey() {
    return signatureKey;
  }

  @Override
  public List<byte[]> keyPackages(int count) {
    var made = new ArrayList<byte[]>();
    ask(op("packages").put("count", count)).forEach(each -> made.add(bytes(each)));
    return made;
  }

  @Override
  public void create(String group) {
    ask(op("create").put("group", group));
  }

  @Override
  public Commit commit(List<byte[]> added, List<String> removed) {
    var question = op("commit");
    var adds = question.putArray("added");
    added.forEach(each -> adds.add(text(each)));
    var removes = question.putArray("removed");
    removed.forEach(removes::add);
    return commit(ask(question));
  }

  private static Commit commit(JsonNode made) {
    return new Commit(
        bytes(made.get("data")),
        Optional.ofNullable(made.get("welcome")).map(TsMls::bytes),
        bytes(made.get("groupInfo")));
  }

  @Override
  public Commit joinExternally(byte[] groupInfo) {
    return commit(ask(op("external").put("groupInfo", text(groupInfo))));
  }

  @Override
  public void confirm() {
    ask(op("confirm"));
  }

  @Override
  public void discard() {
    ask(op("discard"));
  }

  @Override
  public void handle(byte[] commit) {
    ask(op("handle").put("data", text(commit)));
  }

  @Override
  public boolean join(byte[] welcome) {
    return ask(op("welcome").put("data", text(welcome))).booleanValue();
  }

  @Override
  public byte[] seal(String said) {
    return bytes(ask(op("seal").put("said", said)));
  }

  @Override
  public String open(byte[] message) {
    return ask(op("open").put("data", text(message))).textValue();
  }

  @Override
  public long epoch() {
    return ask(op("epoch")).longValue();
  }

  @Override
  public List<String> members() {
    var members = new ArrayList<String>();
    ask(op("members")).forEach(each -> members.add(each.textValue()));
    return members;
  }

  /** Ends the process. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
