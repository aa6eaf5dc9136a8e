package parley.web;

import static java.util.stream.Collectors.toMap;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * One file of the web app.
 *
 * @param hasHashedName its name changes with its content: who has it never needs to ask again
 * @param forms at least the plain one
 */
public record WebFile(String mediaType, boolean hasHashedName, Map<Coding, Form> forms) {

  /** Where the build puts what has a hash in its name. */
  private static final String HASHED = "assets/";

  private static final Map<String, String> MEDIA_TYPES =
      Map.ofEntries(
          Map.entry("css", "text/css; charset=UTF-8"),
          Map.entry("html", "text/html; charset=UTF-8"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("js", "text/javascript; charset=UTF-8"),
          Map.entry("json", "application/json"),
          Map.entry("md", "text/markdown; charset=UTF-8"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("png", "image/png"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("txt", "text/plain; charset=UTF-8"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("webp", "image/webp"),
          Map.entry("woff2", "font/woff2"));

  /** How a form is compressed; the best first. */
  public enum Coding {
    BROTLI("br", ".br"),
    GZIP("gzip", ".gz"),
    IDENTITY("identity", "");

    private final String token;
    private final String suffix;

    Coding(String token, String suffix) {
      this.token = token;
      this.suffix = suffix;
    }

    /** As HTTP calls it. */
    public String token() {
      return token;
    }

    /** What the build adds to the file's name. */
    String suffix() {
      return suffix;
    }
  }

  /**
   * The file in one coding; its bytes are not to be changed.
   *
   * @param tag changes with the bytes
   */
  public record Form(byte[] bytes, String tag) {}

  public WebFile {
    forms = Map.copyOf(forms);
  }

  static WebFile of(String path, Map<Coding, byte[]> forms) {
    return new WebFile(
        mediaType(path),
        path.startsWith(HASHED),
        forms.entrySet().stream()
            .collect(toMap(Map.Entry::getKey, it -> new Form(it.getValue(), tag(it.getValue())))));
  }

  private static String mediaType(String path) {
    var extension = path.substring(path.lastIndexOf('.') + 1);
    return MEDIA_TYPES.getOrDefault(extension, "application/octet-stream");
  }

  private static String tag(byte[] bytes) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 22);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
