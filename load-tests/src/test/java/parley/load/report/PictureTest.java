package parley.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class PictureTest {

  private static final Figures FIGURES =
      new Figures(
          "pairs users=2 name=<&>",
          Instant.parse("2026-01-01T00:00:00Z"),
          Map.of("messages/s", 1234.0),
          List.of(
              new Figures.Curve(
                  "end to end", List.of(new Figures.Point(0, 1), new Figures.Point(99.99, 20)))),
          List.of(new Figures.Second(1, 100, 50), new Figures.Second(2, 200, 40)),
          List.of());

  @Test
  void it_is_well_formed_and_has_every_line() throws Exception {
    var svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(Picture.of(FIGURES))));

    assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(3);
  }

  @Test
  void an_axis_ends_at_a_round_number() {
    assertThat(Chart.nice(0.9)).isEqualTo(1);
    assertThat(Chart.nice(14_199)).isEqualTo(20_000);
    assertThat(Chart.nice(21)).isEqualTo(25);
    assertThat(Chart.nice(51)).isEqualTo(100);
  }

  @Test
  void the_text_says_what_was_wrong_or_that_nothing_was() {
    assertThat(Report.text(FIGURES)).contains("messages/s", "1,234", "nothing lost");
  }

  @Test
  void a_spread_is_least_median_and_most() {
    assertThat(Report.spread(List.of(3.0, 1.0, 200.0))).isEqualTo("1.00 - **3.00** - 200");
  }
}
