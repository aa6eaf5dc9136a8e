package parley.media.processing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import javax.imageio.stream.ImageInputStream;

/**
 * Walks through the blocks of a GIF file. A copy of it keeps the frames, their times and how often
 * they are played; comments and whatever programs have written beside them, or behind the end, are
 * left out.
 */
final class GifBlocks {

  private static final int SCREEN_AT = 6;
  private static final int SCREEN_BYTES = 7;
  private static final int IMAGE = 0x2C;
  private static final int IMAGE_BYTES = 9;
  private static final int EXTENSION = 0x21;
  private static final int TIMING = 0xF9;
  private static final int APPLICATION = 0xFF;
  private static final int TRAILER = 0x3B;
  private static final int HAS_TABLE = 0x80;
  private static final Set<String> LOOPS = Set.of("NETSCAPE2.0", "ANIMEXTS1.0");

  /** One for the pixel, four for the screen that a smaller first frame is laid on. */
  private static final int DECODED_BYTES = 5;

  private final ImageInputStream in;
  private OutputStream out = OutputStream.nullOutputStream();
  private int width;
  private int height;
  private int frames;
  private boolean ended;

  GifBlocks(ImageInputStream in) {
    this.in = in;
  }

  PictureHeader header() throws IOException, UnfitException {
    walk();
    return PictureHeader.of(width, height, DECODED_BYTES).animated(frames).drawn(true);
  }

  void copyClean(OutputStream to) throws IOException, UnfitException {
    out = to;
    walk();
  }

  private void walk() throws IOException, UnfitException {
    in.seek(0);
    copy(SCREEN_AT);
    var screen = copy(SCREEN_BYTES);
    width = little(screen, 0);
    height = little(screen, 2);
    copyTable(screen[4]);
    while (!ended) {
      block();
    }
    if (frames == 0) {
      throw UnfitException.broken("The GIF has no picture in it");
    }
    out.write(TRAILER);
  }

  /** Many files lack the trailer: an end between two blocks is one as well. */
  private void block() throws IOException, UnfitException {
    int kind = in.read();
    switch (kind) {
      case EXTENSION -> extension(in.readUnsignedByte());
      case IMAGE -> image();
      case TRAILER, -1 -> ended = true;
      default -> throw UnfitException.broken("The GIF is damaged: no block begins with " + kind);
    }
  }

  private void image() throws IOException {
    out.write(IMAGE);
    var place = copy(IMAGE_BYTES);
    if (frames++ == 0) {
      // A screen that is smaller than its first frame is as large as that.
      width = Math.max(width, little(place, 0) + little(place, 4));
      height = Math.max(height, little(place, 2) + little(place, 6));
    }
    copyTable(place[8]);
    copy(1);
    copySubBlocks();
  }

  private void extension(int label) throws IOException {
    if (label == TIMING) {
      out.write(new byte[] {EXTENSION, (byte) TIMING});
      copySubBlocks();
    } else if (label == APPLICATION) {
      application();
    } else {
      skipSubBlocks();
    }
  }

  private void application() throws IOException {
    var name = new byte[in.readUnsignedByte()];
    in.readFully(name);
    if (!LOOPS.contains(new String(name, ISO_8859_1))) {
      skipSubBlocks();
      return;
    }
    out.write(new byte[] {EXTENSION, (byte) APPLICATION, (byte) name.length});
    out.write(name);
    copySubBlocks();
  }

  private void copySubBlocks() throws IOException {
    int length;
    do {
      length = copy(1)[0] & 0xFF;
      copy(length);
    } while (length > 0);
  }

  private void skipSubBlocks() throws IOException {
    for (int length = in.readUnsignedByte(); length > 0; length = in.readUnsignedByte()) {
      in.readFully(new byte[length]);
    }
  }

  /** A table of colours, when the flags say that there is one. */
  private void copyTable(byte flags) throws IOException {
    if ((flags & HAS_TABLE) != 0) {
      copy(3 << (flags & 7) + 1);
    }
  }

  private byte[] copy(int length) throws IOException {
    var bytes = new byte[length];
    in.readFully(bytes);
    out.write(bytes);
    return bytes;
  }

  private static int little(byte[] bytes, int at) {
    return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8;
  }
}
