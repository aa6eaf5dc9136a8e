package parley;

import parley.media.processing.PictureSettings;
import parley.media.processing.VideoSettings;

/** Reads what stands in the block {@code parley.media} about how media are looked at. */
final class ProcessingBlock {

  private static final int MEBIBYTE = 1 << 20;

  private ProcessingBlock() {}

  /** How media are looked at. */
  record Processing(PictureSettings pictures, VideoSettings videos) {}

  static Processing of(ConfigBlock media) {
    return new Processing(pictures(media.block("pictures")), videos(media.block("videos")));
  }

  static PictureSettings pictures(ConfigBlock pictures) {
    return new PictureSettings(
        pictures.number("pixels-max", 1, Integer.MAX_VALUE),
        pictures.number("whole-pixels-max", 1, Integer.MAX_VALUE),
        pictures.sizeBytes("decoded-bytes-max", MEBIBYTE, Integer.MAX_VALUE),
        pictures.number("frames-max", 1, Integer.MAX_VALUE),
        pictures.number("animation-pixels-max", 1, Integer.MAX_VALUE));
  }

  static VideoSettings videos(ConfigBlock videos) {
    return new VideoSettings(
        videos.text("ffmpeg"),
        videos.text("ffprobe"),
        videos.number("parallel", 1, Short.MAX_VALUE),
        videos.duration("look-timeout"),
        videos.duration("transcode-timeout"),
        videos.sizeBytes("memory-bytes-max", MEBIBYTE, Integer.MAX_VALUE),
        videos.sizeBytes("output-bytes-max", MEBIBYTE, Integer.MAX_VALUE));
  }
}
