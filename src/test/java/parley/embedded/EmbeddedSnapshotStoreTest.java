package parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.persistence.Persistence;
import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotProtocol;
import akka.persistence.SnapshotSelectionCriteria;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.OptionConverters;

/** The cases of Akka's SnapshotStoreSpec (akka-persistence-tck 2.8.5), and some of ours. */
class EmbeddedSnapshotStoreTest {

  private static final long MAX = Long.MAX_VALUE;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final SnapshotSelectionCriteria LATEST = SnapshotSelectionCriteria.latest();
  private static final AtomicInteger IDS = new AtomicInteger();

  @TempDir static Path folder;
  private static ActorSystem system;

  private final List<SnapshotMetadata> saved = new ArrayList<>();
  private String id;
  private ActorRef snapshots;
  private TestKit kit;

  @BeforeAll
  static void start() {
    system = ActorSystem.create("snapshots", new StoreFolder(folder).config());
  }

  @AfterAll
  static void stop() {
    TestKit.shutdownActorSystem(system);
  }

  /** Snapshots s-1 to s-5 at the sequence numbers 11 to 15. */
  @BeforeEach
  void save_five_snapshots() {
    id = "p-" + IDS.incrementAndGet();
    kit = new TestKit(system);
    snapshots = Persistence.get(system).snapshotStoreFor("", ConfigFactory.empty());
    for (int i = 1; i <= 5; i++) {
      saved.add(save(SnapshotMetadata.apply(id, 10 + i), "s-" + i));
    }
  }

  private SnapshotMetadata save(SnapshotMetadata metadata, Object snapshot) {
    snapshots.tell(new SnapshotProtocol.SaveSnapshot(metadata, snapshot), kit.getRef());
    return kit.expectMsgClass(PATIENCE, akka.persistence.SaveSnapshotSuccess.class).metadata();
  }

  private Optional<SelectedSnapshot> load(
      String persistenceId, SnapshotSelectionCriteria criteria, long to) {
    snapshots.tell(new SnapshotProtocol.LoadSnapshot(persistenceId, criteria, to), kit.getRef());
    var result = kit.expectMsgClass(PATIENCE, SnapshotProtocol.LoadSnapshotResult.class);
    return OptionConverters.toJava(result.snapshot());
  }

  private static SnapshotSelectionCriteria upTo(long sequence, long timestamp) {
    return SnapshotSelectionCriteria.create(sequence, timestamp);
  }

  private Optional<SelectedSnapshot> snapshot(int number) {
    return Optional.of(SelectedSnapshot.create(saved.get(number - 1), "s-" + number));
  }

  @Test
  void nothing_is_loaded_for_an_id_without_snapshots() {
    assertThat(load("nobody", LATEST, MAX)).isEmpty();
  }

  @Test
  void nothing_is_loaded_when_none_matches() {
    assertThat(load(id, upTo(MAX, 100), MAX)).isEmpty();
    assertThat(load(id, upTo(7, MAX), MAX)).isEmpty();
    assertThat(load(id, LATEST, 7)).isEmpty();
  }

  @Test
  void the_latest_that_matches_is_loaded() {
    long thirdAt = saved.get(2).timestamp();

    assertThat(load(id, LATEST, MAX)).isEqualTo(snapshot(5));
    assertThat(load(id, upTo(13, MAX), MAX)).isEqualTo(snapshot(3));
    assertThat(load(id, LATEST, 13)).isEqualTo(snapshot(3));
    assertThat(load(id, upTo(13, thirdAt), MAX)).isEqualTo(snapshot(3));
    assertThat(load(id, upTo(MAX, thirdAt), 13)).isEqualTo(snapshot(3));
    assertThat(load(id, SnapshotSelectionCriteria.create(13, MAX, 14, 0), MAX)).isEmpty();
  }

  @Test
  void one_is_deleted_by_its_sequence_number_alone() {
    var third = new SnapshotMetadata(id, 13, 0);
    snapshots.tell(new SnapshotProtocol.DeleteSnapshot(third), kit.getRef());
    kit.expectMsgClass(PATIENCE, akka.persistence.DeleteSnapshotSuccess.class);

    assertThat(load(id, upTo(13, MAX), MAX)).isEqualTo(snapshot(2));
    assertThat(load(id, LATEST, MAX)).isEqualTo(snapshot(5));
  }

  @Test
  void all_that_match_are_deleted() {
    delete(upTo(13, saved.get(2).timestamp()));

    assertThat(load(id, upTo(13, MAX), MAX)).isEmpty();
    assertThat(load(id, upTo(14, MAX), MAX)).isEqualTo(snapshot(4));
  }

  @Test
  void none_is_deleted_that_is_later_than_the_bound() {
    delete(upTo(14, saved.get(0).timestamp() - 1));

    assertThat(load(id, upTo(14, MAX), MAX)).isEqualTo(snapshot(4));
  }

  private void delete(SnapshotSelectionCriteria criteria) {
    snapshots.tell(new SnapshotProtocol.DeleteSnapshots(id, criteria), kit.getRef());
    kit.expectMsgClass(PATIENCE, akka.persistence.DeleteSnapshotsSuccess.class);
  }

  @Test
  void a_second_one_of_the_same_sequence_number_replaces_the_first() {
    save(saved.get(4), "s-5-modified");

    assertThat(load(id, upTo(15, MAX), MAX).orElseThrow().snapshot()).isEqualTo("s-5-modified");
  }

  @Test
  void a_large_one_comes_back() {
    var large = "0123456789".repeat(200_000);
    save(SnapshotMetadata.apply(id, 100), large);

    assertThat(load(id, LATEST, MAX).orElseThrow().snapshot()).isEqualTo(large);
  }

  @Test
  void metadata_comes_back() {
    save(SnapshotMetadata.apply(id, 100).withMetadata("meta"), "s");

    var metadata = load(id, LATEST, MAX).orElseThrow().metadata();
    assertThat(metadata.metadata().get()).isEqualTo("meta");
  }

  @Test
  void one_that_cannot_be_stored_fails() {
    var metadata = SnapshotMetadata.apply(id, 100);
    snapshots.tell(new SnapshotProtocol.SaveSnapshot(metadata, new Object()), kit.getRef());

    kit.expectMsgClass(PATIENCE, akka.persistence.SaveSnapshotFailure.class);
    assertThat(load(id, LATEST, MAX)).isEqualTo(snapshot(5));
  }
}
