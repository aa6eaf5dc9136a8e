package parley.archive;

import java.time.Duration;
import parley.message.MessageId;

/**
 * One partition of the archive in Cassandra: a week of a conversation, counted from 1970.
 *
 * <p>A lively conversation has 1,000 messages a day of 300 bytes: 2 MB a week, where Cassandra
 * handles up to 100 MB well. In a quiet one a page is some reads more. The width is a part of what
 * is stored: it never changes.
 *
 * @param conversation the hash of the conversation
 */
record Partition(long conversation, int bucket) {

  private static final long WIDTH_MS = Duration.ofDays(7).toMillis();

  /** Where the message is. */
  static Partition of(MessageId id) {
    return new Partition(id.conversation(), (int) (id.saidAt().toEpochMilli() / WIDTH_MS));
  }
}
