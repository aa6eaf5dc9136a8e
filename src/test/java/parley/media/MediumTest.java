package parley.media;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.media.MediumFixture.ANN;
import static parley.media.MediumFixture.BEN;
import static parley.media.MediumFixture.GRACE;
import static parley.media.MediumFixture.MESSAGE;
import static parley.media.MediumFixture.NOW;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.message.Failure;
import parley.message.Refusal;

class MediumTest {

  private final ActorTestKit kit = ActorTestKit.create(MediumFixture.CONFIG);
  private MediumFixture given;

  @BeforeEach
  void start() {
    given = new MediumFixture(kit);
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private static void assertRefused(MediumReply.ToAsk reply, Failure failure) {
    assertThat(reply)
        .isInstanceOfSatisfying(
            MediumReply.Refused.class,
            refused -> assertThat(refused.reason().failure()).isEqualTo(failure));
  }

  @Test
  void parts_add_up_to_the_whole() {
    given.open(10);
    given.add(0, "a", 4);
    assertThat(given.facts().state()).isEqualTo(Facts.State.UPLOADING);

    given.add(4, "b", 6);

    assertThat(given.facts().offset()).isEqualTo(10);
    assertThat(given.facts().state()).isEqualTo(Facts.State.PROCESSING);
  }

  @Test
  void of_two_that_bring_the_same_bytes_one_is_taken() {
    given.open(10);
    given.add(0, "a", 4);

    assertRefused(given.add(0, "b", 6), Failure.UPLOAD_OFFSET);
    assertThat(given.add(0, "a", 4)).isInstanceOf(MediumReply.Known.class);
    assertThat(given.facts().parts()).containsExactly(new Part("a", 4));
  }

  @Test
  void more_than_was_announced_is_refused() {
    given.open(10);

    assertRefused(given.add(0, "a", 11), Failure.TOO_LARGE);
  }

  @Test
  void an_upload_that_was_not_finished_in_time_is_removed() {
    given.open(10);
    given.add(0, "a", 4);
    given.pass(Duration.ofHours(25));

    assertRefused(given.add(4, "b", 6), Failure.NOT_FOUND);
    assertThat(given.review()).isInstanceOf(MediumReply.Gone.class);
    assertRefused(given.ask(MediumCommand.Describe::new), Failure.NOT_FOUND);
    assertThat(given.review()).isInstanceOf(MediumReply.Gone.class);
  }

  @Test
  void one_node_at_a_time_looks_at_it() {
    given.open(10);
    given.add(0, "a", 10);

    assertThat(given.review()).isInstanceOf(MediumReply.Look.class);
    assertThat(given.review()).isInstanceOf(MediumReply.Wait.class);
    given.pass(Duration.ofMinutes(31));
    assertThat(given.review()).isInstanceOf(MediumReply.Look.class);
  }

  @Test
  void what_it_is_found_to_be_is_known_and_a_second_finding_changes_nothing() {
    given.becomeReady(Kind.IMAGE);
    var once = given.facts();

    given.report(new MediumCommand.Refused(new Refusal(Failure.WRONG_TYPE, "late")));

    assertThat(once.state()).isEqualTo(Facts.State.READY);
    assertThat(once.form(Variant.ORIGINAL)).isPresent();
    assertThat(given.facts()).isEqualTo(once);
  }

  @Test
  void one_that_takes_nodes_down_is_given_up() {
    given.open(10);
    given.add(0, "a", 10);
    for (int i = 0; i < StepHandlers.ATTEMPTS_MOST; i++) {
      assertThat(given.review()).isInstanceOf(MediumReply.Look.class);
      given.pass(Duration.ofMinutes(31));
    }

    given.review();

    assertThat(given.facts().state()).isEqualTo(Facts.State.REFUSED);
  }

  @Test
  void a_step_that_failed_is_begun_again_after_a_pause() {
    given.open(10);
    given.add(0, "a", 10);
    given.review();
    given.report(new MediumCommand.Failed());

    assertThat(given.review()).isInstanceOf(MediumReply.Wait.class);
    given.pass(Duration.ofSeconds(30));
    assertThat(given.review()).isInstanceOf(MediumReply.Look.class);
  }

  @Test
  void a_video_is_transcoded_once() {
    given.becomeReady(Kind.VIDEO);
    assertThat(given.facts().mayChange()).isTrue();
    assertThat(given.<MediumReply.ToReview>ask(it -> new MediumCommand.Review(false, it)))
        .isInstanceOf(MediumReply.Slow.class);
    assertThat(given.review()).isInstanceOf(MediumReply.Transcode.class);

    var form = new Form(Variant.ORIGINAL, "video/mp4", List.of(new Part("media/x/mp4", 3)));
    given.report(new MediumCommand.Transcoded(Optional.of(form)));

    assertThat(given.facts().mayChange()).isFalse();
    assertThat(given.facts().form(Variant.ORIGINAL)).contains(form);
    assertThat(given.facts().description().orElseThrow().mime()).isEqualTo("video/mp4");
    assertThat(given.review()).isInstanceOf(MediumReply.Wait.class);
  }

  @Test
  void it_is_sent_only_when_it_is_ready() {
    given.open(10);
    assertRefused(given.refer("c1"), Failure.MEDIA_PROCESSING);
    given.add(0, "a", 10);
    given.review();
    given.report(new MediumCommand.Refused(new Refusal(Failure.WRONG_TYPE, "bad")));

    assertRefused(given.refer("c1"), Failure.MEDIA_REFUSED);
  }

  @Test
  void a_repeated_send_counts_once() {
    given.becomeReady(Kind.IMAGE);
    given.refer("c1");
    given.refer("c1");
    given.medium.runCommand(new MediumCommand.Carry(ANN, "c1", MESSAGE));

    assertThat(given.facts().references())
        .singleElement()
        .satisfies(it -> assertThat(it.message()).contains(MESSAGE));
  }

  @Test
  void a_refused_send_does_not_count_unless_it_was_sent_before() {
    given.becomeReady(Kind.IMAGE);
    given.refer("c1");
    given.refer("c2");
    given.medium.runCommand(new MediumCommand.Carry(ANN, "c1", MESSAGE));
    given.medium.runCommand(new MediumCommand.Abandon(ANN, "c1"));
    given.medium.runCommand(new MediumCommand.Abandon(ANN, "c2"));

    assertThat(given.facts().references()).extracting(Reference::name).containsExactly("c1");
  }

  @Test
  void what_was_never_sent_is_removed_after_the_grace_time() {
    given.becomeReady(Kind.IMAGE);
    assertThat(given.review()).isEqualTo(new MediumReply.Wait(NOW.plus(GRACE)));

    given.pass(GRACE);

    assertThat(given.review()).isInstanceOf(MediumReply.Gone.class);
  }

  @Test
  void the_grace_time_begins_when_all_of_it_is_there() {
    given.open(10);
    given.pass(Duration.ofMinutes(50));
    given.add(0, "media/x/a", 10);
    given.review();
    given.report(MediumFixture.described(Kind.IMAGE));
    var completeAt = NOW.plus(Duration.ofMinutes(50));

    assertThat(given.review()).isEqualTo(new MediumReply.Wait(completeAt.plus(GRACE)));
  }

  @Test
  void what_was_sent_stays_until_some_time_after_its_last_message() {
    given.becomeReady(Kind.IMAGE);
    given.refer("c1");
    given.medium.runCommand(new MediumCommand.Carry(ANN, "c1", MESSAGE));
    given.pass(GRACE.multipliedBy(10));
    assertThat(given.review()).isInstanceOf(MediumReply.Check.class);

    given.medium.runCommand(new MediumCommand.Drop(ANN, "c1"));
    assertThat(given.review()).isInstanceOf(MediumReply.Wait.class);
    given.pass(GRACE);

    assertThat(given.review()).isInstanceOf(MediumReply.Gone.class);
  }

  @Test
  void its_owner_removes_it_only_while_it_was_never_sent() {
    given.becomeReady(Kind.IMAGE);
    given.refer("c1");
    assertRefused(given.ask(MediumCommand.Remove::new), Failure.NOT_ALLOWED);
    given.medium.runCommand(new MediumCommand.Abandon(ANN, "c1"));

    assertThat(given.<MediumReply.ToAsk>ask(MediumCommand.Remove::new))
        .isInstanceOf(MediumReply.Known.class);
    assertThat(given.review()).isInstanceOf(MediumReply.Gone.class);
  }

  @Test
  void only_an_image_is_somebodys_picture() {
    given.becomeReady(Kind.FILE);

    assertRefused(
        given.ask(it -> new MediumCommand.Hang(new Place.OfUser(BEN), it)), Failure.WRONG_TYPE);
  }

  @Test
  void a_picture_is_kept_while_it_hangs() {
    given.becomeReady(Kind.IMAGE);
    given.<MediumReply.ToAsk>ask(it -> new MediumCommand.Hang(new Place.OfUser(ANN), it));
    given.pass(GRACE.multipliedBy(2));
    assertThat(given.review()).isInstanceOf(MediumReply.Check.class);

    given.medium.runCommand(new MediumCommand.TakeDown(new Place.OfUser(ANN)));
    given.pass(GRACE);

    assertThat(given.review()).isInstanceOf(MediumReply.Gone.class);
  }

  @Test
  void a_picture_that_is_just_put_somewhere_is_not_taken_down_by_who_looked_before() {
    var place = new Place.OfUser(ANN);
    given.becomeReady(Kind.IMAGE);
    given.<MediumReply.ToAsk>ask(it -> new MediumCommand.Hang(place, it));
    given.medium.runCommand(new MediumCommand.TakeDown(place));
    assertThat(given.facts().places()).containsExactly(place);

    given.pass(Duration.ofMinutes(4));
    given.<MediumReply.ToAsk>ask(it -> new MediumCommand.Hang(place, it));
    given.pass(Duration.ofMinutes(4));
    given.medium.runCommand(new MediumCommand.TakeDown(place));
    assertThat(given.facts().places()).containsExactly(place);

    given.pass(Duration.ofMinutes(1));
    given.medium.runCommand(new MediumCommand.TakeDown(place));
    assertThat(given.facts().places()).isEmpty();
  }

  @Test
  void what_it_is_outlives_its_actor() {
    given.becomeReady(Kind.IMAGE);
    given.refer("c1");
    var before = given.facts();

    given.medium.restart();

    assertThat(given.facts()).isEqualTo(before);
  }

  @Test
  void something_sealed_is_ready_at_once() {
    given.<MediumReply.ToAsk>ask(it -> new MediumCommand.Open(ANN, Optional.empty(), 4, true, it));
    given.add(0, "a", 4);

    assertThat(given.facts().state()).isEqualTo(Facts.State.READY);
    assertThat(given.facts().form(Variant.ORIGINAL).orElseThrow().parts())
        .containsExactly(new Part("a", 4));
    assertThat(given.review()).isInstanceOf(MediumReply.Wait.class);
  }
}
