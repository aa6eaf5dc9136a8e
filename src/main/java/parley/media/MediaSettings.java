package parley.media;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What media keep to. What each value means, and the reason for its default, stands in {@code
 * application.conf}.
 *
 * @param folder where the store {@code folder} is
 * @param spool where this node puts what is on its way
 */
public record MediaSettings(
    Path folder,
    Path spool,
    Keeper keeper,
    S3Settings s3,
    Limits limits,
    Duration linkLifetime,
    Duration grace,
    Duration sweepInterval,
    Duration settleTime,
    Duration stepTimeout,
    int processingMax,
    int transcodingMax,
    int waitingMax) {

  /** What media are kept in. */
  public enum Keeper {
    FOLDER,
    S3
  }

  /**
   * What one upload, and one user, may take.
   *
   * @param uploadLifetime how long an upload may take from its beginning
   */
  public record Limits(
      long fileBytesMax,
      long simpleBytesMax,
      long partBytesMax,
      int uploadsOpenMax,
      long openBytesMax,
      long keptBytesMax,
      Duration uploadLifetime) {}
}
