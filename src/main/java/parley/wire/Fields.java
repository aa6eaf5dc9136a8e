package parley.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import parley.message.Failure;

/**
 * The fields of a JSON object that a client sent. Every refusal names the field by its path, as in
 * {@code content.text}. A field that is {@code null} is absent; nothing is converted: a number is
 * not taken for a string.
 */
public final class Fields {

  private final JsonNode object;
  private final String prefix;

  Fields(JsonNode object) {
    this(object, "");
  }

  private Fields(JsonNode object, String prefix) {
    this.object = object;
    this.prefix = prefix;
  }

  /** Whether the field is there. */
  public boolean has(String name) {
    return object.hasNonNull(name);
  }

  /** The text of a field that must be there; throws {@link RefusedInput} otherwise. */
  public String text(String name) {
    return optionalText(name).orElseThrow(() -> missing(name));
  }

  /** The text of a field; throws {@link RefusedInput} when it is there and no text. */
  public Optional<String> optionalText(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    var value = object.get(name);
    if (!value.isTextual()) {
      throw malformed(name, "a string is expected");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value.textValue())) {
      throw malformed(name, "half of a surrogate pair is no character");
    }
    return Optional.of(value.textValue());
  }

  /**
   * The value of a field that must be there.
   *
   * @param form reads the text; what it throws as {@link IllegalArgumentException} is refused in
   *     its words
   */
  public <T> T value(String name, Function<String, T> form) {
    return optionalValue(name, form).orElseThrow(() -> missing(name));
  }

  /** The value of a field, if it is there. */
  public <T> Optional<T> optionalValue(String name, Function<String, T> form) {
    return optionalText(name).map(text -> parse(name, text, form));
  }

  private <T> T parse(String name, String text, Function<String, T> form) {
    try {
      return form.apply(text);
    } catch (IllegalArgumentException e) {
      throw malformed(name, e.getMessage());
    }
  }

  /**
   * The values of an array of texts; empty when it is absent.
   *
   * @param most how many there may be; more: TOO_LARGE
   */
  public <T> List<T> values(String name, int most, Function<String, T> form) {
    var values = new ArrayList<T>();
    for (var value : array(name, most)) {
      if (!value.isTextual()) {
        throw malformed(name, "an array of strings is expected");
      }
      values.add(parse(name, value.textValue(), form));
    }
    return values;
  }

  private Iterable<JsonNode> array(String name, int most) {
    if (!has(name)) {
      return List.of();
    }
    var array = object.get(name);
    if (!array.isArray()) {
      throw malformed(name, "an array is expected");
    }
    if (array.size() > most) {
      throw new RefusedInput(
          Failure.TOO_LARGE,
          "The field \"%s\" has %d entries, %d at most are allowed"
              .formatted(prefix + name, array.size(), most));
    }
    return array;
  }

  /** A whole number of at least 0; throws {@link RefusedInput} when it is something else. */
  public Optional<Long> optionalNumber(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    var value = object.get(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw malformed(name, "a whole number of at least 0 is expected");
    }
    return Optional.of(value.longValue());
  }

  /** Such a number, of at least 1 and at most {@code max}. */
  public Optional<Long> optionalNumber(String name, long max) {
    var number = optionalNumber(name);
    if (number.filter(it -> it < 1 || it > max).isPresent()) {
      throw malformed(name, "a whole number from 1 to %d is expected".formatted(max));
    }
    return number;
  }

  /** The objects of an array; empty when it is absent. More than {@code most}: TOO_LARGE. */
  public List<Fields> objects(String name, int most) {
    var objects = new ArrayList<Fields>();
    for (var each : array(name, most)) {
      if (!each.isObject()) {
        throw malformed(name, "an array of objects is expected");
      }
      objects.add(new Fields(each, prefix + name + "." + objects.size() + "."));
    }
    return objects;
  }

  /** The names of the fields. */
  public List<String> names() {
    return List.copyOf(object.properties().stream().map(Map.Entry::getKey).toList());
  }

  /** Such a number, which must be there. */
  public long number(String name) {
    return optionalNumber(name).orElseThrow(() -> missing(name));
  }

  /** A field that is true or false; throws {@link RefusedInput} when it is something else. */
  public Optional<Boolean> optionalFlag(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    if (!object.get(name).isBoolean()) {
      throw malformed(name, "true or false is expected");
    }
    return Optional.of(object.get(name).booleanValue());
  }

  /** Such a field, which must be there. */
  public boolean flag(String name) {
    return optionalFlag(name).orElseThrow(() -> missing(name));
  }

  /** The fields of an object inside this one; throws {@link RefusedInput} when it is none. */
  public Optional<Fields> optionalObject(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    if (!object.get(name).isObject()) {
      throw malformed(name, "an object is expected");
    }
    return Optional.of(new Fields(object.get(name), prefix + name + "."));
  }

  /** A field that has to be there is not. */
  RefusedInput missing(String name) {
    return new RefusedInput(
        Failure.MISSING_FIELD, "The field \"" + prefix + name + "\" is missing");
  }

  /** A field is not as it should be. */
  RefusedInput malformed(String name, String reason) {
    return new RefusedInput(
        Failure.MALFORMED_FIELD, "The field \"" + prefix + name + "\": " + reason);
  }
}
