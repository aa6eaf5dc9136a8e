package parley.cluster;

import akka.actor.Address;
import akka.actor.AddressFromURIString;
import akka.actor.typed.ActorSystem;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.JoinSeedNodes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks other nodes to be let in, again and again; never begins a cluster by itself. */
final class Seeding {

  private final ActorSystem<?> system;
  private final Cluster cluster;
  private final boolean begins;
  private final List<Address> others;
  private List<Address> asked = List.of();

  /**
   * @param contacts of nodes that may be there, {@code host:port}; this one's own is passed over
   * @param begins whether the node may begin a cluster when nobody has one
   */
  Seeding(ActorSystem<?> system, List<String> contacts, boolean begins) {
    this.system = system;
    this.cluster = Cluster.get(system);
    this.begins = begins;
    this.others = others(contacts.stream());
  }

  boolean begins() {
    return begins;
  }

  boolean hasOthers() {
    return !others.isEmpty();
  }

  /** Asks them all, and the one that is known besides. What is under way already goes on. */
  void join(Optional<String> contact) {
    var all = Stream.concat(others.stream(), others(contact.stream()).stream()).distinct().toList();
    if (!all.isEmpty() && !all.equals(asked)) {
      asked = all;
      cluster.manager().tell(new JoinSeedNodes(all));
    }
  }

  private List<Address> others(Stream<String> contacts) {
    return contacts
        .map(contact -> "akka://%s@%s".formatted(system.name(), contact))
        .map(AddressFromURIString::parse)
        .filter(address -> !address.equals(cluster.selfMember().address()))
        .toList();
  }
}
