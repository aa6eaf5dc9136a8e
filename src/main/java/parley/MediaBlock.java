package parley;

import java.net.URI;
import java.nio.file.Path;
import parley.media.MediaSettings;
import parley.media.S3Settings;

/** Reads the {@code parley.media} block. */
final class MediaBlock {

  private static final int MEBIBYTE = 1024 * 1024;

  private MediaBlock() {}

  static MediaSettings of(ConfigBlock media) {
    return new MediaSettings(
        media.parsed("folder", Path::of).toAbsolutePath().normalize(),
        media.parsed("spool", Path::of).toAbsolutePath().normalize(),
        media.choice("store", MediaSettings.Keeper.class),
        s3Of(media.block("s3")),
        limitsOf(media),
        media.duration("link-lifetime"),
        media.duration("grace"),
        media.duration("sweep-interval"),
        media.duration("settle-time"),
        media.duration("step-timeout"),
        media.number("processing-max", 1, 64),
        media.number("transcoding-max", 1, 64),
        media.number("waiting-max", 1, 1_000_000));
  }

  private static MediaSettings.Limits limitsOf(ConfigBlock media) {
    var limits =
        new MediaSettings.Limits(
            media.longSizeBytes("file-bytes-max", 1),
            media.longSizeBytes("simple-bytes-max", 1),
            media.longSizeBytes("part-bytes-max", MEBIBYTE / 16),
            media.number("uploads-open-max", 1, 10_000),
            media.longSizeBytes("open-bytes-max", 1),
            media.longSizeBytes("kept-bytes-max", 1),
            media.duration("upload-lifetime"));
    if (limits.fileBytesMax() > limits.openBytesMax()) {
      throw new StartFailure("parley.media.file-bytes-max must not be greater than open-bytes-max");
    }
    return limits;
  }

  private static URI endpoint(String text) {
    var endpoint = URI.create(text);
    if (endpoint.getScheme() == null || endpoint.getHost() == null) {
      throw new IllegalArgumentException("A URL such as http://localhost:9000 is expected");
    }
    return endpoint;
  }

  private static S3Settings s3Of(ConfigBlock s3) {
    return new S3Settings(
        s3.maybe("endpoint").map(given -> s3.parsed("endpoint", MediaBlock::endpoint)),
        s3.text("region"),
        s3.text("bucket"),
        s3.text("prefix"),
        s3.maybe("access-key"),
        s3.text("secret-key"),
        s3.flag("path-style"));
  }
}
