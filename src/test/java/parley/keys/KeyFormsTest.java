package parley.keys;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.typesafe.config.ConfigFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parley.message.ClientId;
import parley.message.DeviceId;
import parley.message.Opaque;
import parley.message.Sealed;
import parley.message.UserId;

/**
 * What journals hold is read for ever: every form below is the first that was stored, as JSON in
 * place of its CBOR. A test that fails here asks for a migration, not for another golden form.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyFormsTest {

  private static final UserId ANN = new UserId("ann");
  private static final Opaque DATA = new Opaque("AQID");
  private static final Sealed COMMIT =
      new Sealed(Sealed.Protocol.MLS, 4, Sealed.Kind.COMMIT, DATA, Optional.empty(), List.of());
  private static final Sealed RESTART =
      new Sealed(Sealed.Protocol.MLS, 5, Sealed.Kind.RESTART, DATA, Optional.empty(), List.of());
  private static final MlsState.Recent RECENT = new MlsState.Recent(ANN, new ClientId("c1"), -7);

  private final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseString("akka.actor.provider = local")
              .withFallback(ConfigFactory.load())
              .resolve());

  @AfterAll
  void stop() {
    kit.shutdownTestKit();
  }

  static Stream<Arguments> forms() {
    return Stream.of(
        Arguments.of(
            new MlsEvent.Committed(
                ANN,
                new DeviceId("phone"),
                new ClientId("c1"),
                COMMIT,
                new NextEpoch(Optional.of(1), Optional.of(DATA)),
                Instant.parse("2026-11-23T10:00:00.123Z")),
            """
            {"type":"committed","by":"ann","device":"phone","clientId":"c1",
             "commit":{"type":"sealed","protocol":"mls","epoch":4,"kind":"commit","data":"AQID"},
             "next":{"suite":1,"groupInfo":"AQID"},"at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new MlsEvent.Committed(
                ANN,
                new DeviceId("phone"),
                new ClientId("c2"),
                RESTART,
                NextEpoch.UNTOLD,
                Instant.parse("2026-11-23T10:00:00.123Z")),
            """
            {"type":"committed","by":"ann","device":"phone","clientId":"c2",
             "commit":{"type":"sealed","protocol":"mls","epoch":5,"kind":"restart","data":"AQID"},
             "next":{},"at":"2026-11-23T10:00:00.123Z"}\
            """),
        Arguments.of(
            new MlsState(5, 1, Optional.of(DATA), List.of(RECENT), Optional.empty()),
            """
            {"epoch":5,"suite":1,"groupInfo":"AQID",
             "recent":[{"by":"ann","clientId":"c1","fingerprint":-7}]}\
            """),
        Arguments.of(
            new MlsState(
                6,
                1,
                Optional.empty(),
                List.of(),
                Optional.of(Instant.parse("2026-11-23T10:00:00.123Z"))),
            """
            {"epoch":6,"suite":1,"recent":[],"restartedAt":"2026-11-23T10:00:00.123Z"}\
            """));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void it_is_written_and_read_in_its_first_form(Object stored, String form) throws Exception {
    var serializer =
        (SerializerWithStringManifest)
            SerializationExtension.get(kit.system()).findSerializerFor(stored);
    var golden = new JsonMapper().readTree(form);

    assertThat(new CBORMapper().readTree(serializer.toBinary(stored))).isEqualTo(golden);
    assertThat(
            serializer.fromBinary(
                new CBORMapper().writeValueAsBytes(golden), serializer.manifest(stored)))
        .isEqualTo(stored);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void the_keys_of_a_user_are_read_as_they_were_stored(DeviceKeys.Stored stored) {
    assertThat(new DeviceKeys(ANN, stored).toStored()).isEqualTo(stored);
  }

  static Stream<DeviceKeys.Stored> keys() {
    return Stream.of(
        DeviceKeys.Stored.NONE,
        new DeviceKeys.Stored(
            Map.of(
                new DeviceId("phone"),
                Map.of(1, new SuiteKeys(DATA, List.of(DATA), Optional.of(DATA), List.of()))),
            List.of("{\"user\":\"ann\"}")));
  }
}
