package parley.media;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.media.MediumFixture.ANN;
import static parley.media.MediumFixture.ID;
import static parley.media.MediumFixture.MESSAGE;
import static parley.media.MediumFixture.TALK;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parley.message.Failure;
import parley.message.GroupId;

/**
 * What journals hold is read for ever: every form below is the first that was stored, as JSON in
 * place of its CBOR. A test that fails here asks for a migration, not for another golden form.
 */
class StoredFormsTest {

  private static final Instant AT = Instant.parse("2026-11-23T10:00:00.123Z");
  private static final String AT_FORM = "\"at\":\"2026-11-23T10:00:00.123Z\"}";
  private static final Part PART = new Part("media/x/a", 7);
  private static final String FORM_FORM =
      """
      {"size":"original","mime":"image/jpeg","parts":[{"key":"media/x/a","sizeBytes":7}]}""";
  private static final Form FORM = new Form("original", "image/jpeg", List.of(PART));
  private static final ActorTestKit KIT = ActorTestKit.create(MediumFixture.CONFIG);

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  static Stream<Arguments> forms() {
    return Stream.concat(media(), Stream.concat(references(), quotas()));
  }

  private static Stream<Arguments> media() {
    var description =
        new Description(
            Kind.VIDEO,
            "video/mp4",
            Optional.of(640),
            Optional.of(480),
            Optional.of(Duration.ofMillis(1_500)),
            Optional.of("aGFzaA=="),
            List.of(1, 2));
    return Stream.of(
        Arguments.of(
            new MediumEvent.Opened(ANN, Optional.of("cat.jpg"), 10, false, AT, AT),
            "{\"type\":\"opened\",\"owner\":\"ann\",\"name\":\"cat.jpg\",\"sizeBytes\":10,"
                + "\"opaque\":false,\"expiresAt\":\"2026-11-23T10:00:00.123Z\","
                + AT_FORM),
        Arguments.of(
            new MediumEvent.PartAdded(PART, AT),
            "{\"type\":\"part-added\",\"part\":{\"key\":\"media/x/a\",\"sizeBytes\":7}," + AT_FORM),
        Arguments.of(new MediumEvent.Begun(AT), "{\"type\":\"begun\"," + AT_FORM),
        Arguments.of(
            new MediumEvent.Described(description, List.of(FORM), AT),
            "{\"type\":\"described\",\"description\":{\"kind\":\"VIDEO\",\"mime\":\"video/mp4\","
                + "\"width\":640,\"height\":480,\"duration\":\"PT1.5S\","
                + "\"placeholder\":\"aGFzaA==\",\"waveform\":[1,2]},\"forms\":["
                + FORM_FORM
                + "],"
                + AT_FORM),
        Arguments.of(
            new MediumEvent.Refused(Failure.WRONG_TYPE, "no", AT),
            "{\"type\":\"refused\",\"failure\":\"WRONG_TYPE\",\"detail\":\"no\"," + AT_FORM),
        Arguments.of(
            new MediumEvent.Transcoded(Optional.of(FORM), AT),
            "{\"type\":\"transcoded\",\"original\":" + FORM_FORM + "," + AT_FORM));
  }

  private static Stream<Arguments> references() {
    var by = "\"by\":\"ann\",\"name\":\"c1\",";
    return Stream.of(
        Arguments.of(
            new MediumEvent.Referred(new Reference(TALK, ANN, "c1", Optional.empty(), AT), AT),
            "{\"type\":\"referred\",\"reference\":{\"conversation\":\"direct:ann:ben\","
                + by
                + "\"message\":null,"
                + AT_FORM
                + ","
                + AT_FORM),
        Arguments.of(
            new MediumEvent.Carried(ANN, "c1", MESSAGE, AT),
            "{\"type\":\"carried\"," + by + "\"message\":\"" + MESSAGE + "\"," + AT_FORM),
        Arguments.of(
            new MediumEvent.Dropped(ANN, "c1", AT), "{\"type\":\"dropped\"," + by + AT_FORM),
        Arguments.of(
            new MediumEvent.Hung(new Place.OfUser(ANN), AT),
            "{\"type\":\"hung\",\"place\":{\"type\":\"user\",\"user\":\"ann\"}," + AT_FORM),
        Arguments.of(
            new MediumEvent.TakenDown(new Place.OfGroup(new GroupId(ID.value())), AT),
            "{\"type\":\"taken-down\",\"place\":{\"type\":\"group\",\"group\":\""
                + ID
                + "\"},"
                + AT_FORM),
        Arguments.of(new MediumEvent.Removed(AT), "{\"type\":\"removed\"," + AT_FORM));
  }

  private static Stream<Arguments> quotas() {
    var id = "\"id\":\"" + ID + "\",";
    var until = "\"until\":\"2026-11-23T10:00:00.123Z\"";
    return Stream.of(
        Arguments.of(
            new QuotaEvent.Reserved(ID, 7, AT, AT),
            "{\"type\":\"reserved\"," + id + "\"sizeBytes\":7," + until + "," + AT_FORM),
        Arguments.of(new QuotaEvent.Kept(ID, AT), "{\"type\":\"kept\"," + id + AT_FORM),
        Arguments.of(
            new QuotaEvent.Released(ID, 7, AT),
            "{\"type\":\"released\"," + id + "\"sizeBytes\":7," + AT_FORM),
        Arguments.of(
            new QuotaState(Map.of(ID, new QuotaState.Open(7, AT)), 9, List.of(ID)),
            "{\"open\":{\"" + ID + "\":{\"sizeBytes\":7," + until + "}},\"keptBytes\":9,"
                + "\"released\":[\"" + ID + "\"]}"));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void it_is_stored_in_its_first_form(Object value, String form) throws Exception {
    var serialization = SerializationExtension.get(KIT.system());
    byte[] bytes = serialization.serialize(value).get();

    assertThat(new CBORMapper().readTree(bytes)).isEqualTo(new JsonMapper().readTree(form));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void the_first_form_is_read(Object value, String form) throws Exception {
    var serialization = SerializationExtension.get(KIT.system());
    var serializer = (SerializerWithStringManifest) serialization.findSerializerFor(value);
    var tree = new JsonMapper().readTree(form);
    byte[] bytes = new CBORMapper().writeValueAsBytes(tree);

    assertThat(serializer.fromBinary(bytes, "")).isEqualTo(value);
  }
}
