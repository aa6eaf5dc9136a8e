package parley.cluster;

import java.util.Locale;

/** What a node does; each may do all of it, or one thing only. */
public enum Role {
  /** Serves HTTP and sockets; keeps nothing. */
  API,
  /** Takes deliveries from the queue to the recipients' actors. */
  WORKER,
  /** Hosts the actors of users, and their presence. */
  USER;

  /** What configurations and the cluster call it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
