package parley.embedded;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.Tagged;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The stored form of an event:
 *
 * <pre>
 * version 1 / timestamp 8 / writer (length 2, UTF-8) / manifest (length 2, UTF-8) /
 * event, see {@link Payloads} / has metadata 1 / metadata if so, see {@link Payloads}
 * </pre>
 *
 * Persistence id and sequence number are the key. Tags are not kept: nobody reads by tag.
 */
final class EventCodec {

  private static final int VERSION = 1;
  private static final int USUAL_BYTES = 512;

  private final Payloads payloads;

  EventCodec(ActorSystem system) {
    payloads = new Payloads(system);
  }

  /** Throws when the event cannot be stored: the write is then rejected. */
  byte[] encode(PersistentRepr event) throws IOException {
    var bytes = new ByteArrayOutputStream(USUAL_BYTES);
    var out = new DataOutputStream(bytes);
    out.writeByte(VERSION);
    out.writeLong(event.timestamp());
    out.writeUTF(event.writerUuid());
    out.writeUTF(event.manifest());
    payloads.write(event.payload() instanceof Tagged t ? t.payload() : event.payload(), out);
    out.writeBoolean(event.metadata().isDefined());
    if (event.metadata().isDefined()) {
      payloads.write(event.metadata().get(), out);
    }
    return bytes.toByteArray();
  }

  PersistentRepr decode(String persistenceId, long sequence, byte[] stored) {
    try (var in = new DataInputStream(new ByteArrayInputStream(stored))) {
      requireVersion(in.readByte());
      long timestamp = in.readLong();
      var writer = in.readUTF();
      var manifest = in.readUTF();
      var payload = payloads.read(in);
      var event =
          PersistentRepr.apply(
                  payload, sequence, persistenceId, manifest, false, ActorRef.noSender(), writer)
              .withTimestamp(timestamp);
      return in.readBoolean() ? event.withMetadata(payloads.read(in)) : event;
    } catch (IOException e) {
      throw new UncheckedIOException("Event %d of %s".formatted(sequence, persistenceId), e);
    }
  }

  private static void requireVersion(int version) throws IOException {
    if (version != VERSION) {
      throw new IOException("Version " + version + " was stored by a later release");
    }
  }
}
