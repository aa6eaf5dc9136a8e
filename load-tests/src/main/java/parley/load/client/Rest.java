package parley.load.client;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;

/** Calls to a node over REST, each of which has to succeed. */
public final class Rest {

  private static final int REFUSED_FROM = 300;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Posts JSON; the answer's body. Without a token when it is empty. */
  public String post(InetSocketAddress node, String path, String token, String json) {
    var body = HttpRequest.BodyPublishers.ofString(json);
    return call(
        request(node, path, token).header("Content-Type", "application/json").POST(body).build());
  }

  /** Gets what is there; the answer's body. */
  public String get(InetSocketAddress node, String path, String token) {
    return call(request(node, path, token).build());
  }

  private static HttpRequest.Builder request(InetSocketAddress node, String path, String token) {
    var uri = "http://%s:%d%s".formatted(node.getHostString(), node.getPort(), path);
    var request = HttpRequest.newBuilder(URI.create(uri));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private String call(HttpRequest request) {
    var answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).handle(Answer::new).join();
    var path = request.uri().getPath();
    if (answer.failure() != null) {
      throw new CompletionException(path + " failed", answer.failure());
    }
    if (answer.response().statusCode() >= REFUSED_FROM) {
      throw new Refused(
          answer.response().statusCode(), path + " was refused: " + answer.response().body());
    }
    return answer.response().body();
  }

  /** The node did not do it. */
  static final class Refused extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  private record Answer(HttpResponse<String> response, Throwable failure) {}

  /** The text behind the key in an answer. */
  public static String text(String body, String key) {
    var frame = new Frame(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    int from = frame.find(Frame.textKey(key));
    return body.substring(from, body.indexOf('"', from));
  }
}
