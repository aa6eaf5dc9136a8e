package parley.user;

import parley.group.GroupReply;
import parley.intake.Intake;
import parley.message.Failure;
import parley.message.Refusal;

/** What the {@link Intake} of a user's actor knows of it. */
final class UserDoor {

  static final Intake.Door<UserCommand> DOOR =
      new Intake.Door<>(
          UserCommand.class,
          User.NextCommand.INSTANCE,
          User.Internal.class::isInstance,
          UserCommand.Stop.INSTANCE,
          UserDoor::refuse);

  private static final Refusal BUSY =
      new Refusal(Failure.BUSY, "This user has too much to do; try again");

  private UserDoor() {}

  private static void refuse(UserCommand command) {
    if (command instanceof UserCommand.Owned owned) {
      owned.replyTo().tell(new UserReply.Refused(BUSY));
    } else if (command instanceof UserCommand.InGroup ask) {
      ask.asked().replyTo().tell(new GroupReply.Refused(BUSY));
    }
  }
}
