package parley.media.processing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/**
 * Walks through the chunks of a WebP file. A copy of an animation keeps its frames, their times and
 * how often they are played; nothing else.
 */
final class WebpChunks {

  private static final int LOSSY = 0x56503820;
  private static final int LOSSLESS = 0x5650384C;
  private static final int EXTENDED = 0x56503858;
  private static final int ALPHA = 0x414C5048;
  private static final int ANIMATION = 0x414E494D;
  private static final int FRAME = 0x414E4D46;
  private static final int EXIF = 0x45584946;
  private static final int RIFF_HEADER_BYTES = 12;
  private static final int CHUNK_HEADER_BYTES = 8;
  private static final int EXTENDED_BYTES = 10;
  private static final int FRAME_HEADER_BYTES = 16;
  private static final int EXIF_BYTES_MAX = 1 << 20;

  /** Of the flags: transparency and animation stay, profile and metadata go. */
  private static final int KEPT_FLAGS = 0x12;

  /** The whole picture, and the part of it that is wanted. */
  private static final int DECODED_BYTES = 8;

  private static final int SIDE_BITS = 0x3FFF;

  private final ImageInputStream in;
  private int width;
  private int height;
  private int frames;
  private boolean hasPicture;
  private Orientation orientation = Orientation.UPRIGHT;

  WebpChunks(ImageInputStream in) {
    this.in = in;
  }

  /** Of one chunk: its type, and where its content is. */
  private record Chunk(int type, long start, long length) {

    /** Chunks are of even length. */
    long end() {
      return start + length + (length & 1);
    }
  }

  PictureHeader header() throws IOException, UnfitException {
    long end = start();
    while (in.getStreamPosition() + CHUNK_HEADER_BYTES <= end) {
      var chunk = next(end);
      look(chunk);
      in.seek(chunk.end());
    }
    if (!hasPicture) {
      throw UnfitException.broken("The WebP has no picture in it");
    }
    return PictureHeader.of(width, height, DECODED_BYTES)
        .turned(orientation)
        .heldWhole(true)
        .animated(Math.max(1, frames));
  }

  /** Of an animation. */
  void copyClean(OutputStream out) throws IOException, UnfitException {
    long end = start();
    var body = new ByteArrayOutputStream();
    while (in.getStreamPosition() + CHUNK_HEADER_BYTES <= end) {
      var chunk = next(end);
      copy(chunk, body);
      in.seek(chunk.end());
    }
    out.write(header("RIFF", body.size() + Integer.BYTES));
    out.write(new byte[] {'W', 'E', 'B', 'P'});
    body.writeTo(out);
  }

  private long start() throws IOException {
    in.seek(Integer.BYTES);
    long end = CHUNK_HEADER_BYTES + little(Integer.BYTES);
    if (end > in.length()) {
      throw new EOFException();
    }
    in.seek(RIFF_HEADER_BYTES);
    return end;
  }

  private Chunk next(long end) throws IOException {
    int type = in.readInt();
    long length = little(Integer.BYTES);
    var chunk = new Chunk(type, in.getStreamPosition(), length);
    if (chunk.start + chunk.length > end) {
      throw new EOFException();
    }
    return chunk;
  }

  private void look(Chunk chunk) throws IOException, UnfitException {
    switch (chunk.type) {
      case EXTENDED -> {
        checkLength(chunk, EXTENDED_BYTES);
        in.skipBytes(Integer.BYTES);
        width = (int) little(3) + 1;
        height = (int) little(3) + 1;
      }
      case LOSSY, LOSSLESS -> picture(chunk, width, height);
      case FRAME -> frame(chunk);
      case EXIF -> {
        var exif = new byte[(int) Math.min(chunk.length, EXIF_BYTES_MAX)];
        in.readFully(exif);
        orientation = Orientation.of(exif);
      }
      default -> {}
    }
  }

  private void frame(Chunk frame) throws IOException, UnfitException {
    frames++;
    checkLength(frame, FRAME_HEADER_BYTES);
    in.skipBytes(6);
    int frameWidth = (int) little(3) + 1;
    int frameHeight = (int) little(3) + 1;
    in.seek(frame.start + FRAME_HEADER_BYTES);
    while (in.getStreamPosition() + CHUNK_HEADER_BYTES <= frame.start + frame.length) {
      var chunk = next(frame.start + frame.length);
      if (chunk.type == LOSSY || chunk.type == LOSSLESS) {
        picture(chunk, frameWidth, frameHeight);
      }
      in.seek(chunk.end());
    }
  }

  private static void checkLength(Chunk chunk, int min) throws UnfitException {
    if (chunk.length < min) {
      throw UnfitException.broken("The WebP is damaged: a part of it is too short");
    }
  }

  /** Its own size has to be that of what is around it: decoders trust both. */
  private void picture(Chunk chunk, int wantedWidth, int wantedHeight)
      throws IOException, UnfitException {
    in.skipBytes(chunk.type == LOSSY ? 6 : 1);
    long sides = little(Integer.BYTES);
    boolean lossy = chunk.type == LOSSY;
    int across = (int) (lossy ? sides & SIDE_BITS : (sides & SIDE_BITS) + 1);
    int down = (int) (lossy ? sides >> 16 & SIDE_BITS : (sides >> 14 & SIDE_BITS) + 1);
    boolean isAlone = wantedWidth == 0;
    if (!isAlone && (across != wantedWidth || down != wantedHeight)) {
      throw UnfitException.broken("The WebP is damaged: it says two things about its size");
    }
    if (isAlone) {
      width = across;
      height = down;
    }
    hasPicture = true;
  }

  private void copy(Chunk chunk, OutputStream out) throws IOException {
    switch (chunk.type) {
      case EXTENDED -> {
        var content = content(chunk, EXTENDED_BYTES);
        content[0] &= KEPT_FLAGS;
        out.write(header("VP8X", content.length));
        out.write(content);
      }
      case ANIMATION -> write("ANIM", content(chunk, Integer.MAX_VALUE), out);
      case FRAME -> write("ANMF", cleanFrame(chunk), out);
      default -> {}
    }
  }

  private byte[] cleanFrame(Chunk frame) throws IOException {
    var clean = new ByteArrayOutputStream();
    clean.write(content(frame, FRAME_HEADER_BYTES));
    in.seek(frame.start + FRAME_HEADER_BYTES);
    while (in.getStreamPosition() + CHUNK_HEADER_BYTES <= frame.start + frame.length) {
      var chunk = next(frame.start + frame.length);
      switch (chunk.type) {
        case ALPHA -> write("ALPH", content(chunk, Integer.MAX_VALUE), clean);
        case LOSSY -> write("VP8 ", content(chunk, Integer.MAX_VALUE), clean);
        case LOSSLESS -> write("VP8L", content(chunk, Integer.MAX_VALUE), clean);
        default -> {}
      }
      in.seek(chunk.end());
    }
    return clean.toByteArray();
  }

  private byte[] content(Chunk chunk, int max) throws IOException {
    var content = new byte[(int) Math.min(chunk.length, max)];
    in.seek(chunk.start);
    in.readFully(content);
    return content;
  }

  private static void write(String type, byte[] content, OutputStream out) throws IOException {
    out.write(header(type, content.length));
    out.write(content);
    if (content.length % 2 == 1) {
      out.write(0);
    }
  }

  private static byte[] header(String type, int length) {
    return ByteBuffer.allocate(CHUNK_HEADER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(type.getBytes(ISO_8859_1))
        .putInt(length)
        .array();
  }

  private long little(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) in.readUnsignedByte() << 8 * i;
    }
    return value;
  }
}
