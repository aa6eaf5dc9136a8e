package parley;

import java.nio.file.Path;

/** What the nodes of a test run on: embedded, unless {@link OnCluster} says otherwise. */
interface Deployment {

  /** One process that keeps everything in its folder. */
  Deployment EMBEDDED = data -> "";

  /**
   * How the configuration file of a node begins.
   *
   * @param data the node's folder: nodes of different folders have nothing to do with one another
   * @return empty when the node does without a file
   */
  String settings(Path data);
}
