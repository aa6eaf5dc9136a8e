package parley.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.message.Failure;

class JsonTest {

  private record Sample(String helloWorld, Optional<String> absent, Instant at, List<Long> some) {}

  @Test
  void what_is_absent_is_left_out_and_times_have_milliseconds() {
    var sample =
        new Sample("é", Optional.empty(), Instant.parse("2026-11-23T10:00:00Z"), List.of(1L));

    assertThat(text(sample))
        .isEqualTo("{\"helloWorld\":\"é\",\"at\":\"2026-11-23T10:00:00.000Z\",\"some\":[1]}");
  }

  @Test
  void times_are_cut_to_milliseconds() {
    var sample =
        new Sample(null, Optional.of("x"), Instant.parse("2026-11-23T10:00:00.1239Z"), List.of());

    assertThat(text(sample))
        .isEqualTo("{\"absent\":\"x\",\"at\":\"2026-11-23T10:00:00.123Z\",\"some\":[]}");
  }

  private static String text(Object value) {
    return new String(Json.bytes(value), StandardCharsets.UTF_8);
  }

  @Test
  void unknown_keys_are_ignored() {
    assertThat(read("{\"a\":\"1\",\"other\":{\"deep\":[1,2]}}").text("a")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": oops}         | Line 1, column 7",
        "{\"a\":1              | Line 1, column",
        "{\"a\":1} {}          | Line 1, column 9",
        "{\"a\":1,\"a\":2}     | Line 1, column",
        "[1]                   | The JSON is no object",
        "42                    | The JSON is no object",
        "null                  | The JSON is no object",
        "{'a':1}               | Line 1, column 2",
        "{\"a\":01}            | Line 1, column 7",
      })
  void what_is_no_single_object_is_refused_with_its_place(String json, String detail) {
    assertThatThrownBy(() -> read(json))
        .asInstanceOf(type(RefusedInput.class))
        .extracting(RefusedInput::refusal)
        .satisfies(refusal -> assertThat(refusal.failure()).isEqualTo(Failure.MALFORMED_JSON))
        .satisfies(refusal -> assertThat(refusal.detail()).startsWith(detail));
  }

  @Test
  void the_place_counts_lines() {
    assertThatThrownBy(() -> read("{\n  \"a\": 1,\n  b\n}")).hasMessageStartingWith("Line 3, col");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void no_json_at_all_is_refused(String nothing) {
    assertThatThrownBy(() -> read(nothing)).hasMessage("There is no JSON; an object is expected");
  }

  @Test
  void bytes_that_are_not_utf_8_are_refused() {
    var latin = "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> Json.object(latin))
        .isInstanceOfSatisfying(
            RefusedInput.class,
            refused -> assertThat(refused.refusal().failure()).isEqualTo(Failure.MALFORMED_JSON));
  }

  @Test
  void deep_nesting_is_refused() {
    var deep = "{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}";

    assertThatThrownBy(() -> read(deep)).isInstanceOf(RefusedInput.class);
  }

  private static Fields read(String json) {
    return Json.object(json.getBytes(StandardCharsets.UTF_8));
  }
}
