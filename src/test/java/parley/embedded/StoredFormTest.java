package parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorSystem;
import akka.persistence.PersistentRepr;
import akka.persistence.SnapshotMetadata;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.ConfigFactory;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The bytes of events and snapshots: what is in the folders of our users, for good. */
class StoredFormTest {

  private static final ActorSystem SYSTEM =
      ActorSystem.create("forms", ConfigFactory.parseString("akka.loglevel = warning"));

  private static final String EVENT =
      "01" // version
          + "000000000012d687" // timestamp 1234567
          + "0001"
          + "77" // writer "w"
          + "0002"
          + "7632" // manifest "v2"
          + "00000014"
          + "0000"
          + "00000002"
          + "6869" // serializer 20 (String), "hi"
          + "01" // metadata
          + "00000014"
          + "0000"
          + "00000001"
          + "6d"; // "m"

  private static final String SNAPSHOT =
      "000000000012d687" // timestamp 1234567
          + "01" // version
          + "00000014"
          + "0000"
          + "00000002"
          + "6869" // serializer 20 (String), "hi"
          + "00"; // no metadata

  @AfterAll
  static void stop() {
    TestKit.shutdownActorSystem(SYSTEM);
  }

  private static PersistentRepr event() {
    return PersistentRepr.apply("hi", 7, "id", "v2", false, null, "w")
        .withTimestamp(1_234_567)
        .withMetadata("m");
  }

  @Test
  void an_event_is_stored_in_the_first_form() throws Exception {
    assertThat(HexFormat.of().formatHex(new EventCodec(SYSTEM).encode(event()))).isEqualTo(EVENT);
  }

  @Test
  void an_event_in_the_first_form_is_read() {
    var read = new EventCodec(SYSTEM).decode("id", 7, HexFormat.of().parseHex(EVENT));

    assertThat(read).isEqualTo(event());
    assertThat(read.timestamp()).isEqualTo(1_234_567);
    assertThat(read.metadata()).isEqualTo(event().metadata());
  }

  @Test
  void an_event_of_a_later_form_is_refused() {
    var later = HexFormat.of().parseHex("02" + EVENT.substring(2));

    assertThatThrownBy(() -> new EventCodec(SYSTEM).decode("id", 7, later))
        .hasMessage("Event 7 of id")
        .hasRootCauseMessage("Version 2 was stored by a later release");
  }

  @Test
  void a_snapshot_is_stored_in_the_first_form() throws Exception {
    var metadata = new SnapshotMetadata("id", 7, 1_234_567);

    assertThat(HexFormat.of().formatHex(new SnapshotCodec(SYSTEM).encode(metadata, "hi")))
        .isEqualTo(SNAPSHOT);
  }

  @Test
  void a_snapshot_in_the_first_form_is_read() {
    var read = new SnapshotCodec(SYSTEM).decode("id", 7, HexFormat.of().parseHex(SNAPSHOT));

    assertThat(read.metadata()).isEqualTo(new SnapshotMetadata("id", 7, 1_234_567));
    assertThat(read.snapshot()).isEqualTo("hi");
  }
}
