package parley.group;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.group.GroupFixture.ANN;
import static parley.group.GroupFixture.BOB;
import static parley.group.GroupFixture.CID;
import static parley.group.GroupFixture.EVE;
import static parley.group.GroupFixture.saying;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.message.Delivery;
import parley.message.Message;
import parley.message.UserId;

/** Who gets what of a group, in which order, whatever happens meanwhile. */
class FanOutTest {

  private final ActorTestKit kit = ActorTestKit.create(GroupFixture.CONFIG);
  private GroupFixture given;

  @BeforeEach
  void begin() {
    given = new GroupFixture(kit);
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private static Map<UserId, List<Long>> sequences(List<Delivery> deliveries) {
    return deliveries.stream()
        .collect(
            Collectors.groupingBy(
                Delivery::recipient,
                TreeMap::new,
                Collectors.mapping(Delivery::sequence, Collectors.toList())));
  }

  @Test
  void all_get_the_same_order_and_the_author_first() throws Exception {
    given.create(BOB, CID);
    given.handedOver(3);

    given.post(CID, saying(1, "one"));
    given.post(BOB, saying(1, "two"));

    var deliveries = given.handedOver(6);
    assertThat(deliveries.getFirst().recipient()).isEqualTo(CID);
    assertThat(sequences(deliveries))
        .isEqualTo(Map.of(ANN, List.of(2L, 3L), BOB, List.of(2L, 3L), CID, List.of(2L, 3L)));
    assertThat(deliveries).noneMatch(Delivery::begins);
  }

  @Test
  void who_comes_begins_with_it_and_who_leaves_ends_with_it() throws Exception {
    given.create(BOB);
    given.handedOver(2);

    given.put(ANN, CID, Optional.empty());
    given.remove(ANN, BOB);
    given.post(CID, saying(1, "hi"));

    var deliveries = given.handedOver(8);
    assertThat(sequences(deliveries))
        .isEqualTo(
            Map.of(ANN, List.of(2L, 3L, 4L), BOB, List.of(2L, 3L), CID, List.of(2L, 3L, 4L)));
    assertThat(deliveries.stream().filter(Delivery::begins))
        .extracting(Delivery::recipient)
        .containsExactly(CID);
  }

  @Test
  void a_batch_that_fails_is_repeated_before_anything_else() throws Exception {
    given.create(BOB, CID);
    given.handedOver(3);
    given.distributor.succeedNoMore();
    given.post(ANN, saying(1, "one"));
    var first = given.distributor.next();
    given.post(ANN, saying(2, "two"));

    first.fail();

    var again = given.distributor.next();
    assertThat(again.batch()).isEqualTo(first.batch());
    again.succeed();
    var next = given.distributor.next();
    assertThat(sequences(next.batch())).isEqualTo(Map.of(CID, List.of(2L)));
  }

  @Test
  void a_crash_in_the_middle_repeats_only_what_came_after_the_last_mark() throws Exception {
    given.create(BOB, CID, EVE, new UserId("fay"));
    given.handedOver(5);
    given.distributor.succeedNoMore();
    given.post(ANN, saying(1, "one"));
    var first = given.distributor.next();
    first.succeed();
    var second = given.distributor.next();
    second.succeed();
    var third = given.distributor.next();
    assertThat(given.group.getState().out().mark().recipients()).isGreaterThan(0);

    given.remove(ANN, BOB);
    given.group.restart();

    var resumed = given.distributor.next();
    assertThat(resumed.batch()).isEqualTo(third.batch());
    resumed.succeed();
    var last = given.distributor.next();
    assertThat(sequences(last.batch()).values()).allMatch(it -> it.equals(List.of(3L)));
  }

  @Test
  void a_post_has_to_wait_when_too_much_is_on_its_way() throws Exception {
    given.distributor.succeedNoMore();
    given.create(BOB);
    given.post(ANN, saying(1, "one"), saying(2, "two"), saying(3, "three"));

    assertThat(given.post(ANN, saying(4, "four"))).isEqualTo(new GroupReply.NotPosted());

    given.distributor.succeedAlways();
    given.distributor.next().succeed();
    given.handedOver(6);
    assertThat(given.post(ANN, saying(4, "four"))).isEqualTo(new GroupReply.Posted(Map.of()));
  }

  @Test
  void who_asks_learns_whether_all_is_handed_over() throws Exception {
    given.create(BOB);
    given.handedOver(2);
    given.distributor.succeedNoMore();
    given.post(ANN, saying(1, "one"));
    var last = given.distributor.next();

    assertThat(given.post(ANN)).isEqualTo(new GroupReply.NotPosted());

    last.succeed();
    kit.createTestProbe()
        .awaitAssert(() -> assertThat(given.post(ANN)).isEqualTo(new GroupReply.Posted(Map.of())));
  }

  @Test
  void ids_ascend_with_the_order() throws Exception {
    given.create(BOB);
    given.post(ANN, saying(1, "one"));
    given.post(BOB, saying(1, "two"));

    var ids =
        given.handedOver(6).stream()
            .filter(it -> it.recipient().equals(BOB))
            .map(it -> ((Message) it.entry()).id())
            .toList();
    assertThat(ids).hasSize(3).isSorted().doesNotHaveDuplicates();
  }
}
