package parley.wire;

import parley.message.Failure;

/** What a client sent is no JSON at all, or it is not in UTF-8. */
public final class NotJson extends RefusedInput {

  NotJson(String detail) {
    super(Failure.MALFORMED_JSON, detail);
  }
}
