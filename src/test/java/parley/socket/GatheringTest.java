package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import com.typesafe.config.ConfigFactory;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.user.Draft;

class GatheringTest {

  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString("akka.actor.provider = local")
              .withFallback(ConfigFactory.load()));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static List<List<ClientFrame>> gathered(List<ClientFrame> frames) throws Exception {
    return Source.from(frames)
        .via(new Gathering())
        .runWith(Sink.seq(), KIT.system())
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private static ClientFrame ack(long pos) {
    return new ClientFrame.Ack(pos);
  }

  @Test
  void what_arrives_together_is_handed_over_together_and_in_order() throws Exception {
    var frames = IntStream.range(0, 20).mapToObj(GatheringTest::ack).toList();

    assertThat(gathered(frames)).containsExactly(frames);
  }

  @Test
  void what_arrives_alone_does_not_wait() throws Exception {
    var source = Source.<ClientFrame>queue(4);
    var both = source.via(new Gathering()).toMat(Sink.queue(), Keep.both()).run(KIT.system());
    for (long pos = 1; pos <= 3; pos++) {
      both.first().offer(ack(pos));
      var next = both.second().pull().toCompletableFuture().get(10, TimeUnit.SECONDS);
      assertThat(next).contains(List.of(ack(pos)));
    }
  }

  @Test
  void what_is_too_much_at_once_is_handed_over_in_parts() throws Exception {
    var text = new Content.Text("x".repeat(60_000));
    var talk = ConversationId.parse("direct:ann:bob");
    var large = new ClientFrame.Send(new Draft(new ClientId("a"), talk, text, Optional.empty()));

    var parts = gathered(Collections.nCopies(20, large));

    assertThat(parts).hasSizeGreaterThan(3);
    assertThat(parts.stream().mapToInt(List::size).sum()).isEqualTo(20);
  }

  @Test
  void an_end_comes_after_what_came_before_it() throws Exception {
    assertThat(gathered(List.of())).isEmpty();
    assertThat(gathered(List.of(ack(1)))).containsExactly(List.of(ack(1)));
  }
}
