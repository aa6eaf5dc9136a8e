package parley.group;

import parley.message.MessageId;

/**
 * Somebody who was a member. Its components are stored by name.
 *
 * @param joined the message that told of their coming
 * @param left the message that told of their leaving
 * @param posted the sequence of the last posting that was taken from them
 * @param reach how far they got
 */
record Former(MessageId joined, MessageId left, long posted, Reach reach) {

  /** Whether they were a member when the message was said. */
  boolean wasThere(MessageId message) {
    return !joined.isAfter(message) && !message.isAfter(left);
  }
}
