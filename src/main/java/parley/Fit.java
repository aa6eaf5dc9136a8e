package parley;

import parley.cluster.Role;

/** Whether settings that are right each by itself fit together; throws {@link StartFailure}. */
record Fit(Settings settings) {

  void check() {
    var cluster = settings.cluster();
    if (settings.store() == Settings.Store.EMBEDDED) {
      checkEmbedded();
    }
    if (settings.distributor() == Settings.Queue.DIRECT
        && !cluster.has(Role.API)
        && !cluster.has(Role.USER)) {
      throw new StartFailure(
          "parley.roles = worker does nothing while parley.distributor = direct; set it to kafka");
    }
    if (cluster.hasPeers() && cluster.has(Role.API) && settings.account().signingKey().isEmpty()) {
      throw new StartFailure(
          "parley.account.signing-key must be set, to the same text on all nodes:"
              + " a token that one of them gives is shown to the others");
    }
  }

  private void checkEmbedded() {
    var cluster = settings.cluster();
    if (cluster.hasPeers()) {
      throw new StartFailure(
          "parley.store = embedded is for one node; with parley.cluster.seed-nodes or"
              + " parley.cluster.discovery set parley.store = cassandra");
    }
    if (!cluster.has(Role.API) || !cluster.has(Role.USER)) {
      throw new StartFailure(
          "parley.store = embedded is for one node that does everything: parley.roles must have"
              + " api and user");
    }
  }
}
