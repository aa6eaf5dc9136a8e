package parley.embedded;

import akka.actor.ActorRef;
import akka.actor.ExtendedActorSystem;
import akka.serialization.Serialization;
import akka.serialization.SerializerWithStringManifest;
import java.nio.charset.StandardCharsets;

/** A payload with a serializer of its own that needs to know the actor system that it is in. */
record RefHolder(ActorRef ref) {

  /** Fails when the store does not tell it the actor system. */
  static final class Serializer extends SerializerWithStringManifest {

    private final ExtendedActorSystem system;

    Serializer(ExtendedActorSystem system) {
      this.system = system;
    }

    @Override
    public int identifier() {
      return 666;
    }

    @Override
    public String manifest(Object value) {
      return "A";
    }

    @Override
    public byte[] toBinary(Object value) {
      requireTransportInformation();
      var path = Serialization.serializedActorPath(((RefHolder) value).ref());
      return path.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
      requireTransportInformation();
      var path = new String(bytes, StandardCharsets.UTF_8);
      return new RefHolder(system.provider().resolveActorRef(path));
    }

    private static void requireTransportInformation() {
      if (Serialization.getCurrentTransportInformation() == null) {
        throw new IllegalStateException("The transport information was not set");
      }
    }
  }
}
