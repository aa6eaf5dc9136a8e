package parley.http;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import java.util.Optional;
import parley.message.ClientId;
import parley.message.Failure;
import parley.wire.RefusedInput;

/** The header that names a send where the body does not: {@code Idempotency-Key: <client id>}. */
final class IdempotencyKey {

  static final String HEADER = "Idempotency-Key";

  private IdempotencyKey() {}

  /** The client id of the body or the header; throws {@link RefusedInput} when they differ. */
  static Optional<ClientId> of(HttpRequest request, Optional<ClientId> inBody) {
    var inHeader = request.getHeader(HEADER).map(HttpHeader::value).map(IdempotencyKey::parse);
    if (inBody.isPresent() && inHeader.isPresent() && !inBody.equals(inHeader)) {
      throw new RefusedInput(
          Failure.MALFORMED_FIELD,
          "The field \"clientId\" and the header " + HEADER + " name different sends");
    }
    return inBody.or(() -> inHeader);
  }

  private static ClientId parse(String value) {
    try {
      return new ClientId(value);
    } catch (IllegalArgumentException e) {
      throw new RefusedInput(
          Failure.MALFORMED_FIELD, "The header " + HEADER + ": " + e.getMessage());
    }
  }
}
