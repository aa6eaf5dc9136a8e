package parley.group;

import akka.actor.typed.RecipientRef;
import parley.message.GroupId;

/** The actors of all groups, wherever they are. */
@FunctionalInterface
public interface Groups {

  /** The actor of the group; it need not be awake, nor the group exist. */
  RecipientRef<GroupCommand> of(GroupId id);
}
