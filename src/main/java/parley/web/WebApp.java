package parley.web;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of the web app, all of them in memory: they are few, and what is not among them cannot
 * be asked for. They come from the class path, where the build has put
 *
 * <pre>
 * {root}/files.txt                       the paths of the files, one in each line
 * {root}/{path}                          a file
 * {root}/{path}.br, {root}/{path}.gz     the same, compressed; where that is worth it
 * </pre>
 */
public final class WebApp {

  private static final String INDEX = "index.html";

  private final Map<String, WebFile> files;

  private WebApp(Map<String, WebFile> files) {
    this.files = files;
  }

  /** The app under that root of the class path; without any file if the build has left it out. */
  public static WebApp load(String root) {
    return new WebApp(
        resource(root + "/files.txt").map(WebApp::lines).orElse(List.of()).stream()
            .collect(toUnmodifiableMap(path -> path, path -> file(root, path))));
  }

  private static List<String> lines(byte[] text) {
    return new String(text, StandardCharsets.UTF_8).lines().toList();
  }

  private static WebFile file(String root, String path) {
    var forms = new EnumMap<WebFile.Coding, byte[]>(WebFile.Coding.class);
    for (var coding : WebFile.Coding.values()) {
      resource(root + "/" + path + coding.suffix()).ifPresent(bytes -> forms.put(coding, bytes));
    }
    if (!forms.containsKey(WebFile.Coding.IDENTITY)) {
      throw new IllegalStateException("Not on the class path: " + root + "/" + path);
    }
    return WebFile.of(path, forms);
  }

  private static Optional<byte[]> resource(String name) {
    try (var in = WebApp.class.getResourceAsStream(name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether there is an app at all. */
  public boolean isBuilt() {
    return files.containsKey(INDEX);
  }

  /** The file at a path of the server, such as {@code /sw.js}. */
  public Optional<WebFile> find(String path) {
    return path.equals("/")
        ? Optional.ofNullable(files.get(INDEX))
        : Optional.ofNullable(path.startsWith("/") ? files.get(path.substring(1)) : null);
  }
}
