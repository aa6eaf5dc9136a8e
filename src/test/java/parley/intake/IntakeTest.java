package parley.intake;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.javadsl.Behaviors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntakeTest {

  private static final String NEXT = "next";

  private final TestInbox<String> self = TestInbox.create();
  private final List<String> cameIn = new ArrayList<>();
  private final Intake<String> intake =
      new Intake<>(
          new Intake.Door<>(String.class, NEXT, "internal"::equals, "stop", refused -> {}),
          self.getRef());
  private final BehaviorTestKit<String> actor =
      BehaviorTestKit.create(
          Behaviors.intercept(
              () -> intake,
              Behaviors.receiveMessage(command -> {
                cameIn.add(command);
                return Behaviors.same();
              })));

  @Test
  void nobody_comes_in_before_who_waits_though_there_is_room() {
    IntStream.range(0, Intake.INSIDE_MOST).forEach(i -> actor.run("inside " + i));
    actor.run("waits");
    intake.onTurn();
    intake.onTurn();
    assertThat(self.getAllReceived()).containsExactly(NEXT);
    cameIn.clear();

    actor.run("comes later");
    actor.run(NEXT);
    intake.onTurn();
    actor.run(self.receiveMessage());

    assertThat(cameIn).containsExactly("waits", "comes later");
  }
}
