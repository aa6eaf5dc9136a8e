package parley.socket;

import akka.util.ByteString;

/** What came in over a WebSocket. */
sealed interface FromSocket {

  /** One text message, whole. */
  record Text(ByteString utf8) implements FromSocket {}

  /** A binary message was passed over. */
  record Binary() implements FromSocket {}

  /** A message beyond the limit was passed over. */
  record Oversized() implements FromSocket {}
}
