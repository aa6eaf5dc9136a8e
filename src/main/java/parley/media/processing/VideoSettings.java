package parley.media.processing;

import java.time.Duration;

/**
 * How videos and sounds are worked on with ffmpeg; application.conf says what each is for.
 *
 * @param ffmpeg the program: a path, or a name to be found in PATH
 * @param ffprobe the one that comes with it
 * @param parallel processes at once
 * @param lookTimeout for what has to be there before a medium is ready
 * @param transcodeTimeout for the form that replaces the original afterwards
 * @param memoryBytesMax of one process
 * @param outputBytesMax of one file that it writes
 */
public record VideoSettings(
    String ffmpeg,
    String ffprobe,
    int parallel,
    Duration lookTimeout,
    Duration transcodeTimeout,
    long memoryBytesMax,
    long outputBytesMax) {

  /** As application.conf has them. */
  public static final VideoSettings DEFAULT =
      new VideoSettings(
          "ffmpeg",
          "ffprobe",
          3,
          Duration.ofSeconds(60),
          Duration.ofMinutes(10),
          2047L << 20,
          256L << 20);
}
