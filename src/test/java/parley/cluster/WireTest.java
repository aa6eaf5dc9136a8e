package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializers;
import akka.serialization.jackson.JacksonCborSerializer;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.Settings;
import parley.message.CborSerializable;
import parley.presence.PresenceCommand;
import parley.user.UserCommand;
import parley.user.UserReply;

/**
 * Whatever one node may say to another comes out there as it went in. The messages are looked for
 * in the classes, so that a new one cannot be forgotten.
 */
class WireTest {

  private static final ActorTestKit KIT =
      ActorTestKit.create(
          "wire", Settings.load(Optional.empty(), Map.of("parley.cluster.port", 0)).config());
  private static final Serialization SERIALIZATION = SerializationExtension.get(KIT.system());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  /** All that goes between nodes: what actors tell themselves does not. */
  static List<Class<?>> messages() {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("parley").stream()
            .filter(type -> type.isAssignableTo(CborSerializable.class))
            .filter(
                type -> !type.isInterface() && !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .filter(type -> type.getAllRawInterfaces().stream().noneMatch(WireTest::isInternal))
            .<Class<?>>map(JavaClass::reflect)
            .toList();
  }

  private static boolean isInternal(JavaClass type) {
    return type.getSimpleName().equals("Internal");
  }

  static Stream<Object> specimens() {
    var specimens = new Specimens(KIT.createTestProbe().ref());
    return messages().stream().flatMap(type -> specimens.of(type).stream());
  }

  @Test
  void all_kinds_of_messages_are_found() {
    assertThat(messages())
        .contains(UserCommand.Send.class, UserCommand.Stop.class, UserReply.Attached.class)
        .contains(PresenceCommand.Enter.class, UserReply.Unread.class)
        .hasSizeGreaterThan(60);
  }

  @ParameterizedTest
  @MethodSource("specimens")
  void it_comes_out_as_it_went_in(Object message) {
    var serializer = SERIALIZATION.findSerializerFor(message);
    assertThat(serializer).isInstanceOf(JacksonCborSerializer.class);

    byte[] bytes = SERIALIZATION.serialize(message).get();
    var back =
        SERIALIZATION
            .deserialize(
                bytes, serializer.identifier(), Serializers.manifestFor(serializer, message))
            .get();

    assertThat(back).isEqualTo(message);
  }

  @Test
  void what_has_no_serializer_does_not_leave_the_node() {
    assertThatThrownBy(() -> SERIALIZATION.serialize(new java.util.Date()).get())
        .hasMessageContaining("Java serialization");
  }
}
