package parley.user;

import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Instant;
import parley.message.Failure;
import parley.message.Refusal;
import parley.user.UserReply.Refused;

/** The account and its sessions. */
final class AccountHandlers {

  private static final Refused TAKEN =
      new Refused(new Refusal(Failure.USER_ID_TAKEN, "Somebody has registered that user id"));
  private static final Refused BAD_CREDENTIALS =
      new Refused(new Refusal(Failure.BAD_CREDENTIALS, "User id or password is wrong"));
  private static final Refused BAD_REFRESH_TOKEN =
      new Refused(
          new Refusal(Failure.UNAUTHENTICATED, "The refresh token is not valid; sign in again"));

  private final Room room;
  private final EffectFactories<UserEvent, UserState> effects;

  AccountHandlers(Room room) {
    this.room = room;
    this.effects = room.effects();
  }

  ReplyEffect<UserEvent, UserState> onRegister(UserState state, UserCommand.Register register) {
    if (state.account().isPresent()) {
      return effects.reply(register.replyTo(), TAKEN);
    }
    var now = room.now(state);
    return effects
        .persist(new UserEvent.Registered(register.displayName(), register.passwordHash(), now))
        .thenReply(register.replyTo(), after -> new UserReply.Registered(register.displayName()));
  }

  ReplyEffect<UserEvent, UserState> onGetCredentials(
      UserState state, UserCommand.GetCredentials get) {
    return effects.reply(
        get.replyTo(), new UserReply.Credentials(state.account().map(Account::passwordHash)));
  }

  ReplyEffect<UserEvent, UserState> onGetExistence(UserState state, UserCommand.GetExistence get) {
    return effects.reply(get.replyTo(), new UserReply.Existence(state.account().isPresent()));
  }

  ReplyEffect<UserEvent, UserState> onSignIn(UserState state, UserCommand.SignIn signIn) {
    if (state.account().isEmpty()) {
      return effects.reply(signIn.replyTo(), BAD_CREDENTIALS);
    }
    var event =
        new UserEvent.SignedIn(
            signIn.device(),
            signIn.deviceName(),
            signIn.session(),
            signIn.refreshToken(),
            room.now(state));
    return effects
        .persist(event)
        .thenReply(signIn.replyTo(), after -> new UserReply.SignedIn(signIn.device()));
  }

  ReplyEffect<UserEvent, UserState> onRefresh(UserState state, UserCommand.Refresh refresh) {
    var device = state.devices().find(refresh.session());
    if (device.isEmpty()) {
      return effects.reply(refresh.replyTo(), BAD_REFRESH_TOKEN);
    }
    var now = room.now(state);
    if (device.get().accepts(refresh.presentedHash(), now)) {
      return effects
          .persist(new UserEvent.Refreshed(refresh.session(), refresh.next(), now))
          .thenReply(refresh.replyTo(), after -> new UserReply.SignedIn(device.get().id()));
    }
    return refuseRefresh(refresh, device.get(), now);
  }

  /** A token that was replaced long ago is in two hands: its session ends (RFC 9700, 4.14.2). */
  private ReplyEffect<UserEvent, UserState> refuseRefresh(
      UserCommand.Refresh refresh, Devices.Device device, Instant now) {
    return device.wasReplaced(refresh.presentedHash())
        ? effects
            .persist(new UserEvent.SignedOut(refresh.session(), now))
            .thenReply(refresh.replyTo(), after -> BAD_REFRESH_TOKEN)
        : effects.reply(refresh.replyTo(), BAD_REFRESH_TOKEN);
  }

  ReplyEffect<UserEvent, UserState> onSignOut(UserState state, UserCommand.SignOut signOut) {
    return effects
        .persist(new UserEvent.SignedOut(signOut.caller().session(), room.now(state)))
        .thenReply(signOut.replyTo(), after -> new UserReply.SignedOut());
  }
}
