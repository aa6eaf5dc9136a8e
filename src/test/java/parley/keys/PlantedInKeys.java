package parley.keys;

import parley.user.PlantedInUser;

/** Breaks the rule for its package, for ArchitectureTest to find. */
public final class PlantedInKeys {

  public PlantedInUser user;
}
