package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.ops.Health;

/** Nodes that show each other certificates. */
class TlsIT {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final long LATE_SECONDS = 8;

  @TempDir private Path folder;

  @Test
  void nodes_with_certificates_of_one_authority_meet() throws Exception {
    var own = certificate("ours", "parley");

    try (var nodes = new Nodes(own)) {
      nodes.add();
      nodes.add();

      assertThat(nodes.systems()).hasSize(2);
    }
  }

  @Test
  void a_node_with_a_certificate_of_another_authority_is_refused() throws Exception {
    var own = certificate("ours", "parley");
    var other = certificate("theirs", "parley");

    try (var nodes = new Nodes(own)) {
      nodes.add();
      var settings = nodes.settings(other);
      var stranger = nodes.begin(other);
      var health = new Health(List.of(Membership.PART));

      var joined = Membership.join(stranger, settings.cluster(), health, Optional.empty());

      var waited =
          joined
              .toCompletableFuture()
              .handle((done, failure) -> failure == null)
              .completeOnTimeout(false, LATE_SECONDS, TimeUnit.SECONDS)
              .join();
      assertThat(waited).isFalse();
      assertThat(health.ready()).isFalse();
    }
  }

  /** A key and its certificate, signed by an authority of that name; as settings. */
  private Map<String, Object> certificate(String authority, String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    var store = folder.resolve(authority + ".p12").toString();
    keytool(store, "-alias", "ca", "-dname", "CN=" + authority, "-ext", "bc:c");
    keytool(store, "-alias", "node", "-dname", "CN=" + name, "-signer", "ca");
    var keys = KeyStore.getInstance(Path.of(store).toFile(), PASSWORD);
    return Map.of(
        "parley.cluster.tls.enabled", "on",
        "parley.cluster.tls.key-file",
            pem(authority + ".key", "PRIVATE KEY", keys.getKey("node", PASSWORD).getEncoded()),
        "parley.cluster.tls.cert-file",
            pem(authority + ".crt", "CERTIFICATE", keys.getCertificate("node").getEncoded()),
        "parley.cluster.tls.ca-cert-file",
            pem(authority + "-ca.crt", "CERTIFICATE", keys.getCertificate("ca").getEncoded()));
  }

  private String pem(String file, String kind, byte[] der) throws IOException {
    var text = Base64.getMimeEncoder(64, "\n".getBytes()).encodeToString(der);
    return Files.writeString(
            folder.resolve(file),
            "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(kind, text, kind))
        .toString();
  }

  private static void keytool(String store, String... more)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store));
    command.addAll(List.of(more));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
  }
}
