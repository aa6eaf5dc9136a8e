package parley.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.message.ConversationId;
import parley.message.MessageId;
import parley.message.UserId;
import parley.ops.Metrics;
import parley.push.Pushes.Fate;

class WebPushTest {

  private static final VapidKey KEY = VapidKey.of("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
  private static final ConversationId TALK =
      ConversationId.between(new UserId("ann"), new UserId("bob"));
  private static final Notification NEWS =
      new Notification(
          TALK,
          MessageId.first(TALK),
          new UserId("bob"),
          Optional.empty(),
          Optional.empty(),
          Optional.of("Grüße \ud83d\udc4b"));

  private final Metrics metrics = new Metrics();
  private PushReceiver receiver;
  private PushService service;

  @BeforeEach
  void start() throws Exception {
    receiver = PushReceiver.random();
    service = new PushService();
  }

  @AfterEach
  void stop() {
    service.close();
    metrics.close();
  }

  private WebPush push(boolean allowLocal, int sendingMax, int waitingMax) {
    var settings =
        new PushSettings(
            true,
            Optional.empty(),
            Optional.of("mailto:admin@example.com"),
            allowLocal,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofHours(2),
            Duration.ofSeconds(5),
            sendingMax,
            waitingMax);
    return new WebPush(KEY, settings, metrics);
  }

  private Fate fate(WebPush push, String endpoint) throws Exception {
    return push.push(receiver.subscription(endpoint), NEWS)
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  @Test
  void the_device_alone_can_read_what_it_is_told() throws Exception {
    try (var push = push(true, 2, 10)) {
      assertThat(fate(push, service.endpoint("/send/1"))).isEqualTo(Fate.SENT);
    }

    var delivery = service.next();
    var headers = delivery.headers();
    assertThat(delivery.path()).isEqualTo("/send/1");
    assertThat(headers.getFirst("Content-Encoding")).isEqualTo("aes128gcm");
    assertThat(headers.getFirst("TTL")).isEqualTo("7200");
    assertThat(headers.getFirst("Urgency")).isEqualTo("high");
    assertThat(headers.getFirst("Topic")).matches("[A-Za-z0-9_-]{1,32}");
    assertThat(new String(delivery.body(), StandardCharsets.UTF_8)).doesNotContain("Grüße");
    assertThat(new ObjectMapper().readTree(receiver.decrypted(delivery.body())))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"conversation":"direct:ann:bob","message":"%s","from":"bob",
                     "text":"Grüße \ud83d\udc4b"}\
                    """
                        .formatted(MessageId.first(TALK))));
    assertThat(metrics.text()).contains("parley_pushes_total{fate=\"sent\"} 1");
  }

  @Test
  void the_push_service_can_tell_who_sends() throws Exception {
    try (var push = push(true, 2, 10)) {
      fate(push, service.endpoint("/send/1"));
    }

    var vapid =
        Pattern.compile("vapid t=([^.]+)\\.([^.]+)\\.([^,]+), ?k=(.+)")
            .matcher(service.next().headers().getFirst("Authorization"));
    assertThat(vapid.matches()).isTrue();
    assertThat(vapid.group(4)).isEqualTo(KEY.publicText());
    var base64 = Base64.getUrlDecoder();
    var verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
    verifier.initVerify(PushReceiver.publicKey(base64.decode(vapid.group(4))));
    verifier.update((vapid.group(1) + "." + vapid.group(2)).getBytes(StandardCharsets.US_ASCII));
    assertThat(verifier.verify(base64.decode(vapid.group(3)))).isTrue();
    var claims = new ObjectMapper().readTree(base64.decode(vapid.group(2)));
    assertThat(claims.get("aud").textValue()).isEqualTo(service.origin());
    assertThat(claims.get("sub").textValue()).isEqualTo("mailto:admin@example.com");
    assertThat(Instant.ofEpochSecond(claims.get("exp").longValue()))
        .isBetween(Instant.now(), Instant.now().plus(Duration.ofHours(24)));
  }

  @ParameterizedTest
  @CsvSource({"200, SENT", "404, GONE", "410, GONE", "403, FAILED", "429, FAILED", "500, FAILED"})
  void what_became_of_it_is_told(int status, Fate fate) throws Exception {
    service.answers("/send/1", status);

    try (var push = push(true, 2, 10)) {
      assertThat(fate(push, service.endpoint("/send/1"))).isEqualTo(fate);
    }
  }

  @Test
  void a_redirection_is_not_followed() throws Exception {
    service.answers("/send/1", 302);

    try (var push = push(true, 2, 10)) {
      assertThat(fate(push, service.endpoint("/send/1"))).isEqualTo(Fate.FAILED);
    }

    assertThat(service.next().path()).isEqualTo("/send/1");
    assertThat(service.isIdle()).isTrue();
  }

  @Test
  void nothing_is_sent_to_a_name_of_this_machine() throws Exception {
    try (var push = push(false, 2, 10)) {
      assertThat(fate(push, service.endpoint("/send/1").replace("127.0.0.1", "localhost")))
          .isEqualTo(Fate.FAILED);
    }

    assertThat(service.isIdle()).isTrue();
  }

  @Test
  void a_service_that_is_down_costs_the_notification_alone() throws Exception {
    var endpoint = service.endpoint("/send/1");
    service.close();

    try (var push = push(true, 2, 10)) {
      assertThat(fate(push, endpoint)).isEqualTo(Fate.FAILED);
    }
  }

  /** It takes connections, and never says anything. */
  @Test
  void what_is_too_much_is_dropped() throws IOException {
    try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        var push = push(true, 1, 1)) {
      var device = receiver.subscription("http://127.0.0.1:" + silent.getLocalPort() + "/send");

      push.push(device, NEWS);
      push.push(device, NEWS);
      var third = push.push(device, NEWS).toCompletableFuture();

      assertThat(third).isCompletedWithValue(Fate.DROPPED);
    }
  }
}
