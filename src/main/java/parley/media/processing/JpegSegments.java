package parley.media.processing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/** Walks through the segments of a JPEG file, to its end. */
final class JpegSegments {

  /** An ordinary progressive file has ten; each is a pass over all of the picture. */
  private static final int SCANS_MAX = 40;

  private static final int END_OF_IMAGE = 0xD9;
  private static final int START_OF_SCAN = 0xDA;
  private static final int APP1 = 0xE1;
  private static final int APP2 = 0xE2;
  private static final int PROGRESSIVE = 0xC2;
  private static final String EXIF = "Exif\0\0";
  private static final String PROFILE = "ICC_PROFILE\0";
  private static final int CHUNK_BYTES = 8192;

  private final ImageInputStream in;
  private Orientation orientation = Orientation.UPRIGHT;
  private boolean hasProfile;
  private int frameType;
  private int width;
  private int height;
  private int components;
  private int scans;

  JpegSegments(ImageInputStream in) {
    this.in = in;
  }

  PictureHeader header() throws IOException, UnfitException {
    in.seek(2);
    int marker = nextMarker();
    while (marker != END_OF_IMAGE) {
      long end = in.getStreamPosition() + in.readUnsignedShort();
      segment(marker, end);
      in.seek(end);
      marker = nextMarker();
    }
    if (frameType == 0 || scans == 0) {
      throw UnfitException.broken("The JPEG has no picture in it");
    }
    boolean converted = hasProfile || components == 4;
    int decodedBytes = converted ? components + 3 : components;
    return PictureHeader.of(width, height, decodedBytes)
        .turned(orientation)
        .heldWhole(frameType == PROGRESSIVE || scans > 1);
  }

  private void segment(int marker, long end) throws IOException, UnfitException {
    if (marker == START_OF_SCAN) {
      if (++scans > SCANS_MAX) {
        throw UnfitException.tooLarge("The JPEG has more than " + SCANS_MAX + " scans");
      }
    } else if (isFrame(marker)) {
      frame(marker);
    } else if (marker == APP1 && startsWith(EXIF, end)) {
      var exif = new byte[(int) (end - in.getStreamPosition())];
      in.readFully(exif);
      orientation = Orientation.of(exif);
    } else if (marker == APP2 && startsWith(PROFILE, end)) {
      hasProfile = true;
    }
  }

  /** SOF0 to SOF15: what else begins with C are tables. */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private void frame(int marker) throws IOException, UnfitException {
    if (frameType != 0) {
      throw UnfitException.broken("The JPEG has two pictures in one");
    }
    if (marker > PROGRESSIVE) {
      throw UnfitException.broken("JPEGs that are lossless or arithmetically coded are not read");
    }
    frameType = marker;
    if (in.readUnsignedByte() != Byte.SIZE) {
      throw UnfitException.broken("JPEGs of more than 8 bits a colour are not read");
    }
    height = in.readUnsignedShort();
    width = in.readUnsignedShort();
    components = in.readUnsignedByte();
  }

  private boolean startsWith(String name, long end) throws IOException {
    if (end - in.getStreamPosition() < name.length()) {
      return false;
    }
    var start = new byte[name.length()];
    in.readFully(start);
    return new String(start, ISO_8859_1).equals(name);
  }

  /** Past compressed data, in which FF00 stands for FF, and FFD0 to FFD7 may occur. */
  private int nextMarker() throws IOException {
    var chunk = new byte[CHUNK_BYTES];
    boolean escaped = false;
    while (true) {
      long start = in.getStreamPosition();
      int count = in.read(chunk);
      if (count < 0) {
        throw new EOFException();
      }
      for (int i = 0; i < count; i++) {
        int value = chunk[i] & 0xFF;
        boolean isMarker = value != 0 && value != 0xFF && (value < 0xD0 || value > 0xD7);
        if (escaped && isMarker) {
          in.seek(start + i + 1);
          return value;
        }
        escaped = value == 0xFF;
      }
    }
  }
}
