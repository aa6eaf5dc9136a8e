package parley.group;

import akka.actor.typed.ActorRef;
import parley.user.PlantedInUser;

/** Breaks the rules for its package, for ArchitectureTest to find. */
public final class PlantedInGroup {

  public PlantedInUser user;
  public ActorRef<String> akka;
}
