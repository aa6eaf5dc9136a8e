package parley.keys;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.persistence.query.PersistenceQuery;
import akka.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import akka.persistence.testkit.query.javadsl.PersistenceTestKitReadJournal;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.message.ClientId;
import parley.message.ConversationId;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.Opaque;
import parley.message.Refusal;
import parley.message.Sealed;
import parley.message.UserId;

class MlsGroupTest {

  private static final Config CONFIG =
      ConfigFactory.parseString("akka.actor.provider = local")
          .withFallback(EventSourcedBehaviorTestKit.config())
          .withFallback(ConfigFactory.load())
          .resolve();
  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");
  private static final ConversationId TALK = ConversationId.between(ANN, BOB);
  private static final Opaque DATA = new Opaque("AQID");
  private static final Opaque INFO = new Opaque("SU5G");
  private static final KeySettings SETTINGS =
      new KeySettings(5, 64, 400, 6, 10_000, 9, 3, 2, Duration.ofMinutes(1));

  private final ActorTestKit kit = ActorTestKit.create(CONFIG);
  private EventSourcedBehaviorTestKit<MlsCommand, MlsEvent, MlsState> group;
  private Instant now = Instant.parse("2026-11-23T10:00:00.123Z");

  @BeforeEach
  void begin() {
    group =
        EventSourcedBehaviorTestKit.create(
            kit.system(), MlsGroup.create(TALK, () -> now, SETTINGS));
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private MlsReply.ToClaim claim(UserId by, String clientId, long epoch, Opaque data) {
    return claim(by, clientId, epoch, data, new NextEpoch(Optional.of(7), Optional.of(INFO)));
  }

  private MlsReply.ToClaim claim(
      UserId by, String clientId, long epoch, Opaque data, NextEpoch next) {
    return claim(by, clientId, sealed(epoch, Sealed.Kind.COMMIT, data), next);
  }

  private static Sealed sealed(long epoch, Sealed.Kind kind, Opaque data) {
    return new Sealed(Sealed.Protocol.MLS, epoch, kind, data, Optional.empty(), List.of());
  }

  private MlsReply.ToClaim restart(UserId by, String clientId, long epoch, int suite) {
    var next = new NextEpoch(Optional.of(suite), Optional.of(INFO));
    return claim(by, clientId, sealed(epoch, Sealed.Kind.RESTART, DATA), next);
  }

  private MlsReply.ToClaim claim(UserId by, String clientId, Sealed commit, NextEpoch next) {
    return group
        .<MlsReply.ToClaim>runCommand(replyTo ->
            new MlsCommand.Claim(
                by, new DeviceId("phone"), new ClientId(clientId), commit, next, replyTo))
        .reply();
  }

  private static Refusal refusal(MlsReply.ToClaim reply) {
    return ((MlsReply.Refused) reply).refusal();
  }

  private MlsReply.Standing standing() {
    return group.<MlsReply.Standing>runCommand(MlsCommand.GetStanding::new).reply();
  }

  @Test
  void the_first_commit_encrypts_the_conversation() {
    assertThat(standing().epoch()).isZero();

    assertThat(claim(ANN, "c1", 0, DATA)).isEqualTo(new MlsReply.Claimed());

    assertThat(standing()).isEqualTo(new MlsReply.Standing(1, 7, Optional.of(INFO)));
  }

  @Test
  void of_two_commits_of_one_epoch_the_first_one_counts() {
    claim(ANN, "c1", 0, DATA);

    var refusal = refusal(claim(BOB, "c1", 0, DATA));

    assertThat(refusal.failure()).isEqualTo(Failure.STALE_EPOCH);
    assertThat(refusal.epoch()).contains(1L);
    assertThat(claim(BOB, "c2", 1, DATA)).isEqualTo(new MlsReply.Claimed());
  }

  @Test
  void a_commit_of_an_epoch_that_has_not_come_is_refused() {
    assertThat(refusal(claim(ANN, "c1", 1, DATA)).epoch()).contains(0L);
  }

  @Test
  void a_repeat_is_answered_as_the_first_time_and_changes_nothing() {
    claim(ANN, "c1", 0, DATA);

    assertThat(claim(ANN, "c1", 0, DATA)).isEqualTo(new MlsReply.Claimed());
    assertThat(standing().epoch()).isEqualTo(1);
  }

  @Test
  void another_commit_under_the_same_client_id_is_no_repeat() {
    claim(ANN, "c1", 0, DATA);

    assertThat(refusal(claim(ANN, "c1", 0, new Opaque("BAUG"))).failure())
        .isEqualTo(Failure.STALE_EPOCH);
  }

  @Test
  void an_info_that_is_too_large_is_refused() {
    var large = new NextEpoch(Optional.empty(), Optional.of(new Opaque("A".repeat(16))));

    assertThat(refusal(claim(ANN, "c1", 0, DATA, large)).failure()).isEqualTo(Failure.TOO_LARGE);
    assertThat(standing().epoch()).isZero();
  }

  @Test
  void nobody_joins_by_the_info_of_an_epoch_that_is_over() {
    claim(ANN, "c1", 0, DATA);
    claim(ANN, "c2", 1, DATA, NextEpoch.UNTOLD);

    assertThat(standing()).isEqualTo(new MlsReply.Standing(2, 7, Optional.empty()));
  }

  @Test
  void a_member_begins_anew_where_nobody_can_go_on() {
    claim(ANN, "c1", 0, DATA);
    claim(ANN, "c2", 1, DATA, NextEpoch.UNTOLD);

    assertThat(restart(BOB, "c3", 2, 9)).isEqualTo(new MlsReply.Claimed());

    assertThat(standing()).isEqualTo(new MlsReply.Standing(3, 9, Optional.of(INFO)));
    assertThat(claim(ANN, "c4", 3, DATA)).isEqualTo(new MlsReply.Claimed());
    assertThat(standing().suite()).isEqualTo(9);
  }

  @Test
  void a_restart_is_one_commit_of_its_epoch_like_any_other() {
    claim(ANN, "c1", 0, DATA);

    assertThat(restart(BOB, "c2", 1, 7)).isEqualTo(new MlsReply.Claimed());

    assertThat(restart(BOB, "c2", 1, 7)).isEqualTo(new MlsReply.Claimed());
    assertThat(refusal(restart(ANN, "c3", 1, 7)).failure()).isEqualTo(Failure.STALE_EPOCH);
    assertThat(standing().epoch()).isEqualTo(2);
  }

  @Test
  void it_begins_anew_only_so_often() {
    claim(ANN, "c1", 0, DATA);
    restart(BOB, "c2", 1, 7);
    group.restart();
    now = now.plusSeconds(59);

    assertThat(refusal(restart(BOB, "c3", 2, 7)).failure()).isEqualTo(Failure.TOO_MANY_REQUESTS);
    assertThat(standing().epoch()).isEqualTo(2);

    now = now.plusSeconds(1);
    assertThat(restart(BOB, "c3", 2, 7)).isEqualTo(new MlsReply.Claimed());
  }

  @Test
  void it_goes_on_where_it_was_after_a_restart() {
    for (int epoch = 0; epoch < 8; epoch++) {
      claim(ANN, "c" + epoch, epoch, DATA);
    }

    group.restart();

    assertThat(standing().epoch()).isEqualTo(8);
    assertThat(claim(ANN, "c7", 7, DATA)).isEqualTo(new MlsReply.Claimed());
    assertThat(claim(ANN, "c8", 8, DATA)).isEqualTo(new MlsReply.Claimed());
  }

  @Test
  void all_commits_can_be_read_back_from_any_epoch_on() {
    for (int epoch = 0; epoch < 8; epoch++) {
      claim(ANN, "c" + epoch, epoch, DATA);
    }
    var journal =
        PersistenceQuery.get(kit.system())
            .getReadJournalFor(
                PersistenceTestKitReadJournal.class, PersistenceTestKitReadJournal.Identifier());
    var commits = new Commits(journal, kit.system());

    assertThat(epochs(commits, 0, 3)).containsExactly(0L, 1L, 2L);
    assertThat(epochs(commits, 6, 3)).containsExactly(6L, 7L);
    assertThat(epochs(commits, 8, 3)).isEmpty();
  }

  private static List<Long> epochs(Commits commits, long from, int limit) {
    return commits.from(TALK, from, limit).toCompletableFuture().join().stream()
        .map(it -> it.commit().epoch())
        .toList();
  }
}
