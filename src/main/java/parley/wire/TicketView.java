package parley.wire;

import java.time.Instant;

/** A ticket that opens one socket, soon. */
public record TicketView(String ticket, Instant expiresAt) {

  /** Never the ticket: a log line may hold this. */
  @Override
  public String toString() {
    return "TicketView[" + expiresAt + "]";
  }
}
