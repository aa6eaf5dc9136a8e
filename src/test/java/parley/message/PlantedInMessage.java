package parley.message;

import parley.user.PlantedInUser;

/** Breaks the rules for its package, for ArchitectureTest to find. */
public final class PlantedInMessage {

  public PlantedInUser upwards;
}
