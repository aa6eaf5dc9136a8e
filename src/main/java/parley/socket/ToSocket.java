package parley.socket;

import akka.util.ByteString;

/** What goes out over a WebSocket. */
sealed interface ToSocket {

  record Text(ByteString utf8) implements ToSocket {}

  /**
   * The last one.
   *
   * @param reason in words, at most 123 bytes
   */
  record Close(int code, String reason) implements ToSocket {}
}
