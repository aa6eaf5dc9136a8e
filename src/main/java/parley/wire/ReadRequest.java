package parley.wire;

/** Asks to mark a message as read. What was read cannot be unread, so it says nothing else. */
public record ReadRequest() {

  /** Reads {@code {"read":true}}; throws {@link RefusedInput} for anything else. */
  public static ReadRequest read(Fields fields) {
    if (!fields.optionalFlag("read").orElseThrow(() -> fields.missing("read"))) {
      throw fields.malformed("read", "what was read stays read; only true is possible");
    }
    return new ReadRequest();
  }
}
