package parley.embedded;

import akka.actor.ActorSystem;
import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The stored form of a snapshot:
 *
 * <pre>
 * timestamp 8 / version 1 / snapshot, see {@link Payloads} /
 * has metadata 1 / metadata if so, see {@link Payloads}
 * </pre>
 *
 * Persistence id and sequence number are the key. The timestamp is first: it is selected by.
 */
final class SnapshotCodec {

  private static final int VERSION = 1;

  private final Payloads payloads;

  SnapshotCodec(ActorSystem system) {
    payloads = new Payloads(system);
  }

  byte[] encode(SnapshotMetadata metadata, Object snapshot) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeLong(metadata.timestamp());
    out.writeByte(VERSION);
    payloads.write(snapshot, out);
    out.writeBoolean(metadata.metadata().isDefined());
    if (metadata.metadata().isDefined()) {
      payloads.write(metadata.metadata().get(), out);
    }
    return bytes.toByteArray();
  }

  /** When the snapshot was taken, in milliseconds since 1970. */
  static long timestamp(byte[] stored) {
    return Keys.number(stored, 0);
  }

  SelectedSnapshot decode(String persistenceId, long sequence, byte[] stored) {
    try (var in = new DataInputStream(new ByteArrayInputStream(stored))) {
      var metadata = new SnapshotMetadata(persistenceId, sequence, in.readLong());
      int version = in.readByte();
      if (version != VERSION) {
        throw new IOException("Version " + version + " was stored by a later release");
      }
      var snapshot = payloads.read(in);
      return SelectedSnapshot.create(
          in.readBoolean() ? metadata.withMetadata(payloads.read(in)) : metadata, snapshot);
    } catch (IOException e) {
      throw new UncheckedIOException("Snapshot %d of %s".formatted(sequence, persistenceId), e);
    }
  }
}
