package parley.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrowthTest {

  private static Growth.Point point(double at, double value) {
    var figures =
        new Figures(
            "pairs", Instant.EPOCH, Map.of("messages/s", value), List.of(), List.of(), List.of());
    return new Growth.Point(at, figures);
  }

  @Test
  void runs_are_shown_in_the_order_of_what_they_differ_in() {
    var growth = new Growth("users", List.of(point(1000, 7), point(10, 5)));

    assertThat(growth.table())
        .isEqualTo(
            """
            | users | 10.0 | 1,000 |
            |---|---|---|
            | messages/s | 5.00 | 7.00 |
            """);
    assertThat(growth.svg(List.of("messages/s")))
        .contains("messages/s by users", "1,000")
        .startsWith("<svg")
        .endsWith("</svg>\n");
  }
}
