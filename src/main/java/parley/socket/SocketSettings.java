package parley.socket;

import java.time.Duration;

/**
 * The limits of one socket; application.conf says what each is for.
 *
 * @param frameBytesMax of one frame of a client
 * @param windowEntriesMax entries sent ahead of the device's acknowledgement
 * @param pullEntriesMax entries asked for at a time
 * @param pullBytesMax bytes of content that those may take, beside the first
 * @param waitingSendsMax sends that wait while others are in flight
 * @param waitingBytesMax bytes of content that those may take
 * @param socketsPerUserMax of one user on one node
 * @param attachWithin how long a client may take to attach
 * @param askTimeout how long the user's actor may take to answer
 * @param retryMin pause before the user's actor is asked again, doubled each time
 * @param retryMax the longest such pause
 * @param pullTimeout after which an unanswered question for entries is asked again
 * @param ackInterval at most one acknowledgement is passed on in this time
 * @param pingAfter silence of a client after which it is pinged
 * @param deadAfter silence of a client after which its connection is cut
 * @param closeTimeout how long a client may take to answer a close
 */
public record SocketSettings(
    int frameBytesMax,
    int windowEntriesMax,
    int pullEntriesMax,
    int pullBytesMax,
    int waitingSendsMax,
    int waitingBytesMax,
    int socketsPerUserMax,
    Duration attachWithin,
    Duration askTimeout,
    Duration retryMin,
    Duration retryMax,
    Duration pullTimeout,
    Duration ackInterval,
    Duration pingAfter,
    Duration deadAfter,
    Duration closeTimeout) {}
