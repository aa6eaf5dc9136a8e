package parley.embedded;

import akka.actor.ActorSystem;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializers;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What actors store, through Akka's serialization:
 *
 * <pre>
 * serializer 4 / manifest (length 2, UTF-8) / length 4 / bytes
 * </pre>
 */
final class Payloads {

  private final Serialization serialization;

  Payloads(ActorSystem system) {
    serialization = SerializationExtension.get(system);
  }

  /** Throws what the serializer throws when the value cannot be stored. */
  void write(Object value, DataOutputStream out) throws IOException {
    var serializer = serialization.findSerializerFor(value);
    byte[] bytes = serialization.serialize(value).get();
    out.writeInt(serializer.identifier());
    out.writeUTF(Serializers.manifestFor(serializer, value));
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  Object read(DataInputStream in) throws IOException {
    int serializer = in.readInt();
    var manifest = in.readUTF();
    var bytes = in.readNBytes(in.readInt());
    return serialization.deserialize(bytes, serializer, manifest).get();
  }
}
