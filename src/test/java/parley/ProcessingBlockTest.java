package parley;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import parley.media.processing.PictureSettings;
import parley.media.processing.VideoSettings;

class ProcessingBlockTest {

  private final ConfigBlock media = new ConfigBlock(ConfigFactory.load(), "parley.media");

  @Test
  void the_defaults_are_those_of_the_configuration() {
    assertThat(ProcessingBlock.pictures(media.block("pictures")))
        .isEqualTo(PictureSettings.DEFAULT);
    assertThat(ProcessingBlock.videos(media.block("videos"))).isEqualTo(VideoSettings.DEFAULT);
  }
}
