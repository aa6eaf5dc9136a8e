package parley.media.processing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MagicTest {

  @ParameterizedTest
  @CsvSource({
    "FFD8FFE0, JPEG",
    "89504E470D0A1A0A, PNG",
    "474946383961, GIF",
    "52494646100000005745425056503820, WEBP",
    "524946461000000057415645, WAV",
    "524946461000000041564920, AVI",
    "424D000000000000000036000000280000000100000001000000, BMP",
    "000000186674797069736F6D0000020069736F6D69736F32, MP4",
    "00000014667479704D344120000002004D344120, M4A",
    "000000146674797071742020000002007174202000, QUICKTIME",
    "0000000877696465, QUICKTIME",
    "000000186674797068656963000000006D69663168656963, HEIC",
    "00000018667479706D696631000000006D69663161766966, AVIF",
    "1A45DFA39F4286810142F7810142F2810442F381084282847765626D, WEBM",
    "1A45DFA3A34286810142F7810142F2810442F381084282886D6174726F736B61, MATROSKA",
    "4F676753, OGG",
    "664C6143, FLAC",
    "494433030000, MP3",
    "FFFB9064, MP3",
    "FFF15080021FFC, AAC",
    "255044462D312E37, PDF",
    "504B030414000000, ZIP"
  })
  void a_type_is_told_by_the_first_bytes(String hex, Format format) {
    assertThat(Magic.of(bytes(hex))).isEqualTo(format);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "B",
        "BM",
        "RIFF",
        "BMW drivers of the world, unite and take over",
        "<!DOCTYPE html><script>alert(1)</script>",
        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "#EXTM3U\nfile:///etc/passwd",
        "ffconcat version 1.0\nfile /etc/passwd",
        "MZ\u0090"
      })
  void what_has_no_magic_is_just_a_file(String content) {
    assertThat(Magic.of(content.getBytes(ISO_8859_1))).isEqualTo(Format.OTHER);
  }

  @Test
  void a_text_in_utf_16_is_no_sound() {
    assertThat(Magic.of(bytes("FFFE480065006C006C006F00"))).isEqualTo(Format.OTHER);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
