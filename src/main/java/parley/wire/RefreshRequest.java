package parley.wire;

/** Asks for new tokens in exchange for a refresh token. */
public record RefreshRequest(String refreshToken) {

  /** Reads {@code {"refreshToken"}}. */
  public static RefreshRequest read(Fields fields) {
    return new RefreshRequest(fields.text("refreshToken"));
  }

  /** Never the token: a log line may hold this. */
  @Override
  public String toString() {
    return "RefreshRequest[]";
  }
}
