package parley.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.message.UserId;

class FieldsTest {

  @Test
  void a_missing_field_is_named() {
    assertThatThrownBy(() -> read("{}").text("to")).hasMessage("The field \"to\" is missing");
  }

  @Test
  void null_is_absent() {
    assertThat(read("{\"to\":null}").optionalText("to")).isEmpty();
    assertThat(read("{\"to\":null}").optionalObject("to")).isEmpty();
    assertThat(read("{\"to\":null}").optionalFlag("to")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "[]", "{}", "1.5"})
  void what_is_no_string_is_not_made_one(String value) {
    assertThatThrownBy(() -> read("{\"to\":" + value + "}").text("to"))
        .hasMessage("The field \"to\": a string is expected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"true\"", "[]", "{}"})
  void what_is_no_boolean_is_not_made_one(String value) {
    assertThatThrownBy(() -> read("{\"read\":" + value + "}").optionalFlag("read"))
        .hasMessage("The field \"read\": true or false is expected");
  }

  @Test
  void half_a_surrogate_pair_is_refused() {
    assertThatThrownBy(() -> read("{\"text\":\"\\ud83d\"}").text("text"))
        .hasMessage("The field \"text\": half of a surrogate pair is no character");
    assertThat(read("{\"text\":\"\\ud83d\\ude00\"}").text("text")).isEqualTo("😀");
  }

  @Test
  void a_value_of_another_form_is_refused_in_the_words_of_the_form() {
    assertThatThrownBy(() -> read("{\"userId\":\"Ann\"}").value("userId", UserId::new))
        .hasMessageStartingWith("The field \"userId\": A user id is 1 to 64 characters");
  }

  @Test
  void a_field_inside_is_named_by_its_path() {
    var content = read("{\"content\":{\"text\":1}}").optionalObject("content").orElseThrow();

    assertThatThrownBy(() -> content.text("text"))
        .hasMessage("The field \"content.text\": a string is expected");
    assertThatThrownBy(() -> content.text("type"))
        .hasMessage("The field \"content.type\" is missing");
  }

  private static Fields read(String json) {
    return Json.object(json.getBytes(StandardCharsets.UTF_8));
  }
}
