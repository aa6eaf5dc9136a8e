package parley.message;

/** Every way in which Parley refuses. Codes are added, never renamed. */
public enum Failure {
  MALFORMED_JSON("malformed-json", 400, false, "The body is not the JSON that was expected"),
  MISSING_FIELD("missing-field", 400, false, "A field is missing"),
  MALFORMED_FIELD("malformed-field", 400, false, "A field is malformed"),
  UNKNOWN_RECIPIENT("unknown-recipient", 400, false, "There is no such recipient"),
  MALFORMED_REQUEST("malformed-request", 400, false, "The request is malformed"),
  UNAUTHENTICATED("unauthenticated", 401, false, "Sign in first"),
  BAD_CREDENTIALS("bad-credentials", 401, false, "User id or password is wrong"),
  NOT_ALLOWED("not-allowed", 403, false, "That is not yours to do"),
  NOT_A_MEMBER("not-a-member", 403, false, "You are not a member of that group"),
  UNKNOWN_MEDIA("unknown-media", 404, false, "There is no such medium for you"),
  NOT_FOUND("not-found", 404, false, "There is no such thing"),
  METHOD_NOT_ALLOWED("method-not-allowed", 405, false, "That cannot be done with this thing"),
  NOT_ACCEPTABLE("not-acceptable", 406, false, "None of the accepted media types can be had"),
  USER_ID_TAKEN("user-id-taken", 409, false, "That user id is taken"),
  CLIENT_ID_REUSED("client-id-reused", 409, false, "The client id names another message"),
  TOO_LATE("too-late", 409, false, "It is too late for that"),
  STALE_EPOCH("stale-epoch", 409, false, "The conversation has another epoch by now"),
  RECIPIENT_BLOCKED("recipient-blocked", 409, false, "You have blocked the recipient"),
  GROUP_FULL("group-full", 409, false, "The group has as many members as it may"),
  MEDIA_PROCESSING("media-processing", 409, true, "The medium is not ready yet"),
  UPLOAD_OFFSET("upload-offset", 409, true, "The upload goes on from another byte"),
  TOO_LARGE("too-large", 413, false, "That is too large"),
  MEDIA_QUOTA("media-quota", 413, false, "You keep as many bytes of media as you may"),
  UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, false, "That media type is not read here"),
  WRONG_TYPE("wrong-type", 415, false, "Media of that type are not taken"),
  MEDIA_REFUSED("media-refused", 422, false, "The medium cannot be shown"),
  TOO_MANY_REQUESTS("too-many-requests", 429, true, "That is too much at once"),
  CHECKSUM_MISMATCH("checksum-mismatch", 460, true, "The bytes do not have their checksum"),
  INTERNAL("internal", 500, true, "Something went wrong on our side"),
  BUSY("busy", 503, true, "Busy or unavailable for the moment");

  private final String code;
  private final int status;
  private final boolean retryable;
  private final String title;

  Failure(String code, int status, boolean retryable, String title) {
    this.code = code;
    this.status = status;
    this.retryable = retryable;
    this.title = title;
  }

  /** What clients tell it by. */
  public String code() {
    return code;
  }

  /** The HTTP status that it is answered with. */
  public int status() {
    return status;
  }

  /** Whether the same request may succeed later. */
  public boolean retryable() {
    return retryable;
  }

  /** One sentence for people, the same for every occurrence. */
  public String title() {
    return title;
  }
}
