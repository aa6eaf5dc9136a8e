package parley.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** All that was kept, by where it was. */
final class Dump {

  private final Map<String, StringBuilder> places = new TreeMap<>();

  /** A place may have nothing in it. */
  Consumer<byte[]> place(String name) {
    var place = places.computeIfAbsent(name, it -> new StringBuilder());
    return bytes -> place.append(text(bytes)).append('\n');
  }

  /** Where the text is found. */
  List<String> placesOf(String text) {
    var wanted = text(text.getBytes(StandardCharsets.UTF_8));
    return places.entrySet().stream()
        .filter(place -> place.getValue().indexOf(wanted) >= 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Byte by byte, since most of it is no text. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
