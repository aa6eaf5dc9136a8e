package parley.media;

import java.util.List;

/**
 * One form of a medium as it is kept: its parts, one after the other.
 *
 * @param size which one, as {@link Variant} has it
 */
public record Form(String size, String mime, List<Part> parts) {

  public Form {
    parts = List.copyOf(parts);
  }

  /** How long it is, in bytes. */
  public long sizeBytes() {
    return parts.stream().mapToLong(Part::sizeBytes).sum();
  }
}
