package parley.media.processing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/**
 * Tells the type of a file by its first bytes. What it names is a guess as good as its first
 * reader: that one decides. Everything that a browser could run (HTML, SVG, scripts) has no magic
 * of its own and is {@link Format#OTHER}.
 */
final class Magic {

  /**
   * As far as the brands of an MP4 file and the document type of a Matroska file are looked for.
   */
  private static final int HEAD_BYTES = 4096;

  private static final int EBML = 0x1A45DFA3;
  private static final Set<String> QUICKTIME_ATOMS = Set.of("moov", "mdat", "wide", "free", "skip");
  private static final Set<String> HEIC_BRANDS =
      Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");
  private static final Set<String> AVIF_BRANDS = Set.of("avif", "avis");
  private static final Set<String> SOUND_BRANDS = Set.of("M4A ", "M4B ", "M4P ");
  private static final int[] BMP_HEADER_SIZES = {12, 40, 52, 56, 64, 108, 124};

  private final byte[] head;

  private Magic(byte[] head) {
    this.head = head;
  }

  static Format of(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return of(in.readNBytes(HEAD_BYTES));
    }
  }

  /** The type of a file that starts with these bytes. */
  static Format of(byte[] head) {
    return new Magic(head).format();
  }

  private Format format() {
    if (startsWith("\u00FF\u00D8\u00FF")) {
      return Format.JPEG;
    }
    if (startsWith("\u0089PNG\r\n\u001A\n")) {
      return Format.PNG;
    }
    if (startsWith("GIF87a") || startsWith("GIF89a")) {
      return Format.GIF;
    }
    if (startsWith("RIFF")) {
      return riff();
    }
    if (isBmp()) {
      return Format.BMP;
    }
    if (text(4, 4).equals("ftyp")) {
      return isoMedia();
    }
    if (QUICKTIME_ATOMS.contains(text(4, 4))) {
      return Format.QUICKTIME;
    }
    if (head.length >= 4 && big(0) == EBML) {
      return matroska();
    }
    return soundOrFile();
  }

  private Format soundOrFile() {
    if (startsWith("OggS")) {
      return Format.OGG;
    }
    if (startsWith("fLaC")) {
      return Format.FLAC;
    }
    if (startsWith("ID3") || isMp3Frame()) {
      return Format.MP3;
    }
    if (head.length >= 7 && at(0) == 0xFF && (at(1) & 0xF6) == 0xF0) {
      return Format.AAC;
    }
    if (startsWith("%PDF-")) {
      return Format.PDF;
    }
    return startsWith("PK\u0003\u0004") ? Format.ZIP : Format.OTHER;
  }

  private Format riff() {
    return switch (text(8, 4)) {
      case "WEBP" -> Format.WEBP;
      case "WAVE" -> Format.WAV;
      case "AVI " -> Format.AVI;
      default -> Format.OTHER;
    };
  }

  /** Two letters prove little: the size of the header that follows has to be one that exists. */
  private boolean isBmp() {
    if (!startsWith("BM") || head.length < 26) {
      return false;
    }
    int size = Integer.reverseBytes(big(14));
    return Arrays.stream(BMP_HEADER_SIZES).anyMatch(known -> known == size);
  }

  private Format isoMedia() {
    var brand = text(8, 4);
    if (brand.equals("qt  ")) {
      return Format.QUICKTIME;
    }
    if (SOUND_BRANDS.contains(brand)) {
      return Format.M4A;
    }
    int end = Math.clamp(big(0), 0, head.length);
    for (int offset = 8; offset + 4 <= end; offset += 4) {
      if (AVIF_BRANDS.contains(text(offset, 4))) {
        return Format.AVIF;
      }
    }
    if (AVIF_BRANDS.contains(brand)) {
      return Format.AVIF;
    }
    return HEIC_BRANDS.contains(brand) ? Format.HEIC : Format.MP4;
  }

  private Format matroska() {
    var start = new String(head, 0, Math.min(head.length, 64), ISO_8859_1);
    if (start.contains("webm")) {
      return Format.WEBM;
    }
    return start.contains("matroska") ? Format.MATROSKA : Format.OTHER;
  }

  /** The header of a frame of MPEG-1 or -2, layer III, in which no reserved value stands. */
  private boolean isMp3Frame() {
    return head.length >= 4
        && at(0) == 0xFF
        && (at(1) & 0xE6) == 0xE2
        && (at(1) & 0x18) != 0x08
        && (at(2) & 0xF0) != 0xF0
        && (at(2) & 0xF0) != 0
        && (at(2) & 0x0C) != 0x0C;
  }

  private boolean startsWith(String magic) {
    return text(0, magic.length()).equals(magic);
  }

  /** A byte a character; shorter where the head ends. */
  private String text(int offset, int length) {
    int from = Math.min(offset, head.length);
    return new String(head, from, Math.min(length, head.length - from), ISO_8859_1);
  }

  private int at(int offset) {
    return head[offset] & 0xFF;
  }

  private int big(int offset) {
    return at(offset) << 24 | at(offset + 1) << 16 | at(offset + 2) << 8 | at(offset + 3);
  }
}
