package parley.user;

import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.util.Optional;
import parley.keys.DeviceKeys;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.Refusal;
import parley.user.UserReply.Refused;

/** What the user's devices offer for end-to-end encryption, and what others take of it. */
final class KeyHandlers {

  private static final Refused NO_SUCH_DEVICE =
      new Refused(new Refusal(Failure.NOT_FOUND, "This device is not signed in"));
  private static final Refused NO_SUCH_USER =
      new Refused(new Refusal(Failure.NOT_FOUND, "Nobody has registered that user id"));
  private static final Refused NO_SUCH_PROOF =
      new Refused(new Refusal(Failure.NOT_FOUND, "There is no log of keys of that size"));

  private final Room room;
  private final EffectFactories<UserEvent, UserState> effects;

  KeyHandlers(Room room) {
    this.room = room;
    this.effects = room.effects();
  }

  ReplyEffect<UserEvent, UserState> onPutKeys(UserState state, UserCommand.PutKeys put) {
    var device = put.caller().device();
    if (state.devices().find(device).isEmpty()) {
      return effects.reply(put.replyTo(), NO_SUCH_DEVICE);
    }
    var limits = room.surroundings().encryption().settings();
    var refusal = state.keys().refusal(device, put.offer(), limits);
    if (refusal.isPresent()) {
      return effects.reply(put.replyTo(), new Refused(refusal.get()));
    }
    return effects
        .persist(new UserEvent.KeysPut(device, put.offer(), room.now(state)))
        .thenReply(put.replyTo(), after -> new UserReply.Keys(after.keys().stock(device)));
  }

  ReplyEffect<UserEvent, UserState> onGetKeys(UserState state, UserCommand.GetKeys get) {
    return effects.reply(
        get.replyTo(), new UserReply.Keys(state.keys().stock(get.caller().device())));
  }

  ReplyEffect<UserEvent, UserState> onTakeKeyPackages(
      UserState state, UserCommand.TakeKeyPackages take) {
    if (state.account().isEmpty()) {
      return effects.reply(take.replyTo(), NO_SUCH_USER);
    }
    var except = Optional.of(take.device()).filter(it -> take.by().equals(room.owner()));
    var handed =
        state.keys().next(take.suite(), except).stream()
            .filter(it -> take.only().isEmpty() || take.only().contains(it.device()))
            .toList();
    handed.forEach(it -> room.surroundings().metrics().handedOut(it.lastResort()));
    var answer = new UserReply.KeyPackages(handed);
    var taken =
        handed.stream().filter(it -> !it.lastResort()).map(DeviceKeys.Handed::device).toList();
    if (taken.isEmpty()) {
      return effects.reply(take.replyTo(), answer);
    }
    return effects
        .persist(new UserEvent.KeyPackagesTaken(take.suite(), taken, room.now(state)))
        .thenRun(
            (UserState after) -> taken.forEach(device -> tellIfLow(after, device, take.suite())))
        .thenReply(take.replyTo(), after -> answer);
  }

  ReplyEffect<UserEvent, UserState> onGetUserKeys(UserState state, UserCommand.GetUserKeys get) {
    if (state.account().isEmpty()) {
      return effects.reply(get.replyTo(), NO_SUCH_USER);
    }
    var known = state.keys().known();
    int keyless = state.devices().all().size() - known.size();
    return effects.reply(get.replyTo(), new UserReply.UserKeys(known, keyless));
  }

  private void tellIfLow(UserState state, DeviceId device, int suite) {
    int remaining = state.keys().remaining(device, suite);
    if (remaining < DeviceKeys.LOW) {
      state
          .devices()
          .find(device)
          .ifPresent(
              it -> room.listeners().tell(it.session(), new UserReply.KeysLow(suite, remaining)));
    }
  }

  ReplyEffect<UserEvent, UserState> onGetKeyLog(UserState state, UserCommand.GetKeyLog get) {
    if (state.account().isEmpty()) {
      return effects.reply(get.replyTo(), NO_SUCH_USER);
    }
    var log = state.keys().log();
    return effects.reply(
        get.replyTo(),
        new UserReply.KeyLogPage(log.size(), log.root(), log.entries(get.from(), get.limit())));
  }

  ReplyEffect<UserEvent, UserState> onProveKeyLog(UserState state, UserCommand.ProveKeyLog prove) {
    var log = state.keys().log();
    var proof =
        switch (prove.proof()) {
          case UserCommand.Inclusion(long index, long size) -> log.inclusion(index, size);
          case UserCommand.Consistency(long from, long to) -> log.consistency(from, to);
        };
    return proof.isPresent()
        ? effects.reply(prove.replyTo(), new UserReply.Proved(proof.get()))
        : effects.reply(prove.replyTo(), NO_SUCH_PROOF);
  }
}
