package parley.socket;

/**
 * Why a socket is closed: clients reconnect after 4000 to 4499, and do not after 4500 to 4999. The
 * reason in words goes with it. Codes are added, never renumbered.
 */
enum CloseCode {
  DRAINING(4000),
  /** The stream cannot be continued; a new attach sorts it out. */
  INTERRUPTED(4001),
  /** The client did not attach in time. */
  NOT_ATTACHED(4008),
  TOO_MANY_SOCKETS(4029),
  NOT_JSON(4500),
  SIGNED_OUT(4501),
  TOKEN_EXPIRED(4502),
  BINARY(4503),
  /** Not the WebSocket protocol, RFC 6455. */
  PROTOCOL_ERROR(4504),
  TOO_LARGE(4513);

  private final int code;

  CloseCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
