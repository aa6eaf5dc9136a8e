package parley.user;

import akka.actor.typed.ActorRef;
import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Instant;
import java.util.Optional;
import parley.message.Failure;
import parley.message.MediaId;
import parley.message.Refusal;
import parley.message.SessionId;
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

  private static final Refused NO_SUCH_DEVICE =
      new Refused(new Refusal(Failure.NOT_FOUND, "No such device is signed in"));
  private static final Refused NO_SUCH_USER =
      new Refused(new Refusal(Failure.NOT_FOUND, "Nobody has registered that user id"));
  private static final Refused BAD_TICKET =
      new Refused(
          new Refusal(Failure.UNAUTHENTICATED, "The ticket was used, or is older than 30 seconds"));

  private final Tickets tickets = new Tickets();
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
        .thenRun(this::endSessions)
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
    return device.isInTwoHands(refresh.presentedHash(), now)
        ? effects
            .persist(new UserEvent.SignedOut(refresh.session(), now))
            .thenRun(this::endSessions)
            .thenReply(refresh.replyTo(), after -> BAD_REFRESH_TOKEN)
        : effects.reply(refresh.replyTo(), BAD_REFRESH_TOKEN);
  }

  ReplyEffect<UserEvent, UserState> onSignOut(UserState state, UserCommand.SignOut signOut) {
    return end(state, signOut.caller().session(), signOut.replyTo());
  }

  ReplyEffect<UserEvent, UserState> onRemoveDevice(
      UserState state, UserCommand.RemoveDevice remove) {
    var device = state.devices().find(remove.device());
    return device.isPresent()
        ? end(state, device.get().session(), remove.replyTo())
        : effects.reply(remove.replyTo(), NO_SUCH_DEVICE);
  }

  private ReplyEffect<UserEvent, UserState> end(
      UserState state, SessionId session, ActorRef<UserReply.ToSignOut> replyTo) {
    return effects
        .persist(new UserEvent.SignedOut(session, room.now(state)))
        .thenRun(this::endSessions)
        .thenReply(replyTo, after -> new UserReply.SignedOut());
  }

  private void endSessions(UserState after) {
    room.listeners().end(after.devices()::hasEnded);
  }

  ReplyEffect<UserEvent, UserState> onGetDevices(UserState state, UserCommand.GetDevices get) {
    var devices =
        state.devices().all().stream()
            .map(it ->
                new UserReply.DeviceInfo(
                    it.id(),
                    it.name(),
                    it.signedInAt(),
                    it.refreshedAt(),
                    state.devices().acknowledged(it.id())))
            .toList();
    return effects.reply(get.replyTo(), new UserReply.DeviceList(devices));
  }

  ReplyEffect<UserEvent, UserState> onIssueTicket(UserState state, UserCommand.IssueTicket issue) {
    return effects.reply(
        issue.replyTo(), tickets.issue(room.owner(), issue.caller(), room.clock()));
  }

  ReplyEffect<UserEvent, UserState> onRedeemTicket(
      UserState state, UserCommand.RedeemTicket redeem) {
    var caller = tickets.redeem(redeem.ticket(), room.clock()).filter(state::admits);
    return caller.isPresent()
        ? effects.reply(redeem.replyTo(), new UserReply.TicketRedeemed(caller.get()))
        : effects.reply(redeem.replyTo(), BAD_TICKET);
  }

  ReplyEffect<UserEvent, UserState> onGetProfile(UserState state, UserCommand.GetProfile get) {
    return state.account().isPresent()
        ? effects.reply(get.replyTo(), state.account().get().profile(room.owner()))
        : effects.reply(get.replyTo(), NO_SUCH_USER);
  }

  ReplyEffect<UserEvent, UserState> onChangeProfile(
      UserState state, UserCommand.ChangeProfile change) {
    var account = state.account().orElseThrow();
    var event =
        new UserEvent.ProfileChanged(
            change.displayName().orElse(account.displayName()),
            change.about().orElse(account.about()),
            change.showsPresence().orElse(account.showsPresence()),
            change
                .picture()
                .map(id -> Optional.of(id).filter(it -> !it.isEmpty()).map(MediaId::new))
                .orElse(account.picture()),
            room.now(state));
    return effects
        .persist(event)
        .thenRun(room::sharesAnew)
        .thenReply(change.replyTo(), after -> after.account().orElseThrow().profile(room.owner()));
  }
}
