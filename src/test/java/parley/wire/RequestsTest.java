package parley.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Failure;
import parley.message.MessageId;
import parley.message.UserId;

/** The golden form of every request body, and what is refused of each. */
class RequestsTest {

  private static final UserId ANN = new UserId("ann");
  private static final UserId BEN = new UserId("ben");

  @Test
  void an_account_is_asked_for() {
    var request =
        RegisterRequest.read(
            read("{\"userId\":\"ann\",\"password\":\"secret\",\"displayName\":\"Ann Äther\"}"));

    assertThat(request).isEqualTo(new RegisterRequest(ANN, "secret", "Ann Äther"));
    assertThat(request.toString()).doesNotContain("secret");
  }

  @Test
  void an_account_without_a_name_is_called_by_its_id() {
    assertThat(RegisterRequest.read(read("{\"userId\":\"ann\",\"password\":\"s\"}")).displayName())
        .isEqualTo("ann");
  }

  @Test
  void a_password_and_a_name_have_limits_in_characters_not_in_java_chars() {
    var longest = "{\"userId\":\"ann\",\"password\":\"%s\",\"displayName\":\"%s\"}";

    assertThat(RegisterRequest.read(read(longest.formatted("😀".repeat(256), "😀".repeat(100)))))
        .isNotNull();
    assertRefused(RegisterRequest::read, longest.formatted("x".repeat(257), "n"))
        .hasMessage("The field \"password\": 1 to 256 characters are expected");
    assertRefused(RegisterRequest::read, longest.formatted("", "n"))
        .hasMessage("The field \"password\": 1 to 256 characters are expected");
    assertRefused(RegisterRequest::read, longest.formatted("x", "n".repeat(101)))
        .hasMessage("The field \"displayName\": 1 to 100 characters are expected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\\nb", "a\\u0000"})
  void a_name_is_visible(String name) {
    assertRefused(
            RegisterRequest::read,
            "{\"userId\":\"ann\",\"password\":\"s\",\"displayName\":\"" + name + "\"}")
        .hasMessageStartingWith("The field \"displayName\":");
  }

  @Test
  void a_session_is_asked_for_on_a_device() {
    var request =
        SignInRequest.read(
            read(
                "{\"userId\":\"ann\",\"password\":\"secret\","
                    + "\"device\":{\"id\":\"phone-1\",\"name\":\"Ann's phone\"}}"));

    assertThat(request.user()).isEqualTo(ANN);
    assertThat(request.device().value()).isEqualTo("phone-1");
    assertThat(request.deviceName()).isEqualTo("Ann's phone");
    assertThat(request.toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"device\":{}", ",\"device\":null"})
  void a_device_without_an_id_gets_one_and_is_called_by_it(String device) {
    var json = "{\"userId\":\"ann\",\"password\":\"s\"" + device + "}";

    var one = SignInRequest.read(read(json));
    var other = SignInRequest.read(read(json));

    assertThat(one.device()).isNotEqualTo(other.device());
    assertThat(one.deviceName()).isEqualTo(one.device().value());
  }

  @Test
  void a_malformed_device_is_refused() {
    assertRefused(
            SignInRequest::read,
            "{\"userId\":\"ann\",\"password\":\"s\",\"device\":{\"id\":\"a b\"}}")
        .hasMessageStartingWith("The field \"device.id\": A device id is");
    assertRefused(
            SignInRequest::read, "{\"userId\":\"ann\",\"password\":\"s\",\"device\":\"phone\"}")
        .hasMessage("The field \"device\": an object is expected");
  }

  @Test
  void new_tokens_are_asked_for() {
    var request = RefreshRequest.read(read("{\"refreshToken\":\"ann.s.x\"}"));

    assertThat(request.refreshToken()).isEqualTo("ann.s.x");
    assertThat(request.toString()).doesNotContain("ann.s.x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"to\":\"ben\",\"text\":\"hi\",\"clientId\":\"c-1\"}",
        "{\"to\":\"ben\",\"content\":{\"type\":\"text\",\"text\":\"hi\"},\"clientId\":\"c-1\"}",
        "{\"to\":\"direct:ann:ben\",\"text\":\"hi\",\"clientId\":\"c-1\"}",
        "{\"to\":\"ben\",\"text\":\"hi\",\"content\":null,\"clientId\":\"c-1\",\"new\":[]}",
      })
  void a_send_is_asked_for(String json) {
    var request = send(json);

    assertThat(request.conversation()).isEqualTo(ConversationId.between(ANN, BEN));
    assertThat(request.content()).isEqualTo(new Content.Text("hi"));
    assertThat(request.clientId()).contains(new ClientId("c-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "direct:ben:cid",
        "direct:ben:ann",
        "direct:ann",
        "group:01J",
        "Ben",
        "",
        ":",
        "direct::"
      })
  void what_is_nobody_the_sender_can_write_to_is_an_unknown_recipient(String to) {
    assertThatThrownBy(() -> send("{\"to\":\"" + to + "\",\"text\":\"hi\"}"))
        .isInstanceOfSatisfying(
            RefusedInput.class,
            refused ->
                assertThat(refused.refusal().failure()).isEqualTo(Failure.UNKNOWN_RECIPIENT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"text\":\"hi\"} | MISSING_FIELD | \"to\"",
        "{\"to\":\"ben\"} | MISSING_FIELD | \"text\"",
        "{\"to\":\"ben\",\"text\":\"\"} | MALFORMED_FIELD | \"text\"",
        "{\"to\":\"ben\",\"text\":7} | MALFORMED_FIELD | \"text\"",
        "{\"to\":7,\"text\":\"hi\"} | MALFORMED_FIELD | \"to\"",
        "{\"to\":\"ben\",\"content\":\"hi\"} | MALFORMED_FIELD | \"content\"",
        "{\"to\":\"ben\",\"content\":{}} | MISSING_FIELD | \"content.type\"",
        "{\"to\":\"ben\",\"content\":{\"type\":\"text\"}} | MISSING_FIELD | \"content.text\"",
        "{\"to\":\"ben\",\"content\":{\"type\":\"x\"}} | MALFORMED_FIELD | \"content.type\"",
        "{\"to\":\"ben\",\"text\":\"hi\",\"content\":{}} | MALFORMED_FIELD | \"text\"",
        "{\"to\":\"ben\",\"text\":\"hi\",\"clientId\":\"\"} | MALFORMED_FIELD | \"clientId\"",
        "{\"to\":\"ben\",\"text\":\"hi\",\"clientId\":\"é\"} | MALFORMED_FIELD | \"clientId\"",
        "{\"to\":\"ben\",\"text\":\"hi\",\"clientId\":1} | MALFORMED_FIELD | \"clientId\"",
      })
  void a_wrong_send_names_the_field(String json, Failure failure, String field) {
    assertThatThrownBy(() -> send(json))
        .hasMessageContaining(field)
        .isInstanceOfSatisfying(
            RefusedInput.class,
            refused -> assertThat(refused.refusal().failure()).isEqualTo(failure));
  }

  @Test
  void content_has_a_limit_in_bytes() {
    var most = "é".repeat(Content.SIZE_BYTES_MAX / 2);

    assertThat(send("{\"to\":\"ben\",\"text\":\"" + most + "\"}").content().sizeBytes())
        .isEqualTo(Content.SIZE_BYTES_MAX);
    assertThatThrownBy(() -> send("{\"to\":\"ben\",\"text\":\"" + most + "x\"}"))
        .hasMessage("The content takes 65537 bytes, 65536 at most are allowed")
        .isInstanceOfSatisfying(
            RefusedInput.class,
            refused -> assertThat(refused.refusal().failure()).isEqualTo(Failure.TOO_LARGE));
  }

  @Test
  void only_true_marks_as_read() {
    assertThat(ReadRequest.read(read("{\"read\":true}"))).isNotNull();
    assertRefused(ReadRequest::read, "{\"read\":false}").hasMessageContaining("\"read\"");
    assertRefused(ReadRequest::read, "{\"read\":\"yes\"}").hasMessageContaining("\"read\"");
    assertRefused(ReadRequest::read, "{}").hasMessage("The field \"read\" is missing");
  }

  @Test
  void a_send_may_answer_a_message_of_the_same_conversation() {
    var json = "{\"to\":\"ben\",\"text\":\"hi\",\"replyTo\":\"%s\"}";
    var here = MessageId.first(ConversationId.between(ANN, BEN));
    var elsewhere = MessageId.first(ConversationId.between(ANN, ANN));

    assertThat(send(json.formatted(here)).replyTo()).contains(here);
    assertThat(send("{\"to\":\"ben\",\"text\":\"hi\"}").replyTo()).isEmpty();
    assertThatThrownBy(() -> send(json.formatted(elsewhere)))
        .hasMessage("The field \"replyTo\": a message of the same conversation is expected")
        .isInstanceOf(RefusedInput.class);
    assertThatThrownBy(() -> send(json.formatted("x"))).isInstanceOf(RefusedInput.class);
  }

  @Test
  void a_patch_is_an_edit_or_a_mark() {
    assertThat(PatchRequest.read(read("{\"text\":\"hi\"}")))
        .isEqualTo(new PatchRequest.Edit(new Content.Text("hi")));
    assertThat(PatchRequest.read(read("{\"content\":{\"type\":\"text\",\"text\":\"hi\"}}")))
        .isEqualTo(new PatchRequest.Edit(new Content.Text("hi")));
    assertThat(PatchRequest.read(read("{\"read\":true}"))).isEqualTo(new PatchRequest.Read());
    assertRefused(PatchRequest::read, "{\"read\":true,\"text\":\"hi\"}");
    assertRefused(PatchRequest::read, "{}").hasMessage("The field \"read\" is missing");
  }

  @Test
  void a_message_is_named_up_to_which_all_is_read() {
    var id = MessageId.first(ConversationId.between(ANN, BEN));

    assertThat(ReadUpToRequest.read(read("{\"upTo\":\"%s\"}".formatted(id))).upTo()).isEqualTo(id);
    assertRefused(ReadUpToRequest::read, "{}").hasMessage("The field \"upTo\" is missing");
    assertRefused(ReadUpToRequest::read, "{\"upTo\":\"x\"}").hasMessageContaining("\"upTo\"");
  }

  @Test
  void a_contact_has_a_name_of_1_to_100_characters() {
    assertThat(ContactRequest.read(read("{\"name\":\"" + "😀".repeat(100) + "\"}"))).isNotNull();
    assertRefused(ContactRequest::read, "{\"name\":\"" + "x".repeat(101) + "\"}");
    assertRefused(ContactRequest::read, "{\"name\":\"\"}");
  }

  @Test
  void a_profile_is_changed_in_part() {
    var long500 = "x".repeat(500);

    assertThat(ProfileRequest.read(read("{\"about\":\"" + long500 + "\"}")))
        .isEqualTo(new ProfileRequest(
                Optional.empty(), Optional.of(long500), Optional.empty(), Optional.empty()));
    assertThat(ProfileRequest.read(read("{\"about\":\"a\\nb\"}")).about()).contains("a\nb");
    assertThat(ProfileRequest.read(read("{\"about\":\"\"}")).about()).contains("");
    assertThat(ProfileRequest.read(read("{\"showsPresence\":false}")).showsPresence())
        .contains(false);
    assertRefused(ProfileRequest::read, "{\"about\":\"" + long500 + "x\"}");
    assertRefused(ProfileRequest::read, "{\"about\":\"\\u0000\"}");
    assertRefused(ProfileRequest::read, "{\"displayName\":\"\"}");
    assertRefused(ProfileRequest::read, "{\"showsPresence\":\"no\"}");
    assertRefused(ProfileRequest::read, "{}");
  }

  private static SendRequest send(String json) {
    return SendRequest.read(read(json), "clientId", ANN);
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(
      Function<Fields, ?> form, String json) {
    return assertThatThrownBy(() -> form.apply(read(json))).isInstanceOf(RefusedInput.class);
  }

  private static Fields read(String json) {
    return Json.object(json.getBytes(StandardCharsets.UTF_8));
  }
}
