package parley.load.gatling;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The users of a simulation: registered, and signed in when it does not do that itself. */
final class Crowd {

  /** As many calls at a time as keep a small node busy. */
  private static final int TOGETHER_MAX = 32;

  private static final int REFUSED_FROM = 300;

  /** Other names at each run: a node that runs already knows those of the run before. */
  private static final String RUN =
      System.getProperty("run", Long.toString(Instant.now().getEpochSecond(), Character.MAX_RADIX));

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Semaphore room = new Semaphore(TOGETHER_MAX);
  private final String url;
  private final List<String> names;

  /** Registers so many users, whose names begin with a letter that tells crowds apart. */
  Crowd(String url, String letter, int users) {
    this.url = url;
    this.names = IntStream.range(0, users).mapToObj(user -> letter + RUN + "-" + user).toList();
    all(names.stream().map(name -> post("/accounts", "", credentials(name))).toList());
  }

  List<String> names() {
    return names;
  }

  static String credentials(String name) {
    return "{\"userId\":\"%s\",\"password\":\"secret\"}".formatted(name);
  }

  /** Signs all in: who they are, their token, their inbox, and the next one, whom they write to. */
  List<Map<String, Object>> signedIn(Ledger ledger) {
    var answers =
        all(names.stream().map(name -> post("/sessions", "", credentials(name))).toList());
    return IntStream.range(0, names.size())
        .<Map<String, Object>>mapToObj(user ->
            Map.of(
                "user", names.get(user),
                "peer", names.get((user + 1) % names.size()),
                "token", text(answers.get(user), "token"),
                "inbox", ledger.inbox(names.get(user)),
                "said", 0L,
                "acknowledged", 0L))
        .toList();
  }

  /** Makes a group of all; its conversation id. */
  String group(String token) {
    var members =
        names.stream()
            .skip(1)
            .map(name -> "\"" + name + "\"")
            .collect(Collectors.joining(",", "[", "]"));
    var form = "{\"title\":\"Everybody\",\"members\":%s}".formatted(members);
    return text(post("/groups", token, form).join(), "conversation");
  }

  private static List<String> all(List<CompletableFuture<String>> calls) {
    return calls.stream().map(CompletableFuture::join).toList();
  }

  private CompletableFuture<String> post(String path, String token, String json) {
    room.acquireUninterruptibly();
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    var signed = token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    return client
        .sendAsync(signed.build(), HttpResponse.BodyHandlers.ofString())
        .whenComplete((answer, failure) -> room.release())
        .thenApply(Crowd::accepted);
  }

  private static String accepted(HttpResponse<String> answer) {
    if (answer.statusCode() >= REFUSED_FROM) {
      throw new IllegalStateException(answer.uri() + " was refused: " + answer.body());
    }
    return answer.body();
  }

  private static String text(String json, String key) {
    int from = json.indexOf("\"" + key + "\":\"") + key.length() + "\"\":\"".length();
    return json.substring(from, json.indexOf('"', from));
  }
}
