package parley.user;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parley.message.DeviceId;
import parley.message.SessionId;
import parley.push.PushSubscription;
import parley.user.UserCommand.RefreshToken;

/** A user's devices, each with at most one session. */
final class Devices {

  /** The most devices that a user may have; one more pushes out the one signed in longest ago. */
  static final int MOST = 32;

  /** The most ended sessions remembered; one more pushes out the oldest. */
  static final int ENDED_MOST = 1_000;

  /**
   * How long after a refresh the token before it is refused and nothing more: a client whose answer
   * was lost may show it again. Later it is in two hands.
   */
  static final Duration REPEAT_WINDOW = Duration.ofSeconds(60);

  /** The most cursors kept; one more pushes out the one that has not moved for longest. */
  static final int CURSORS_MOST = 64;

  private final Map<DeviceId, Device> byId = new LinkedHashMap<>();
  private final Map<DeviceId, Long> acknowledged = new LinkedHashMap<>();
  private final Map<SessionId, Instant> ended = new LinkedHashMap<>();
  private final Map<DeviceId, PushSubscription> pushes = new LinkedHashMap<>();

  /**
   * One device that is signed in.
   *
   * @param replaced the refresh token before this one, if there was one
   */
  record Device(
      DeviceId id,
      String name,
      SessionId session,
      RefreshToken refreshToken,
      Optional<RefreshToken> replaced,
      Instant signedInAt,
      Instant refreshedAt) {

    boolean accepts(String hash, Instant now) {
      return refreshToken.hash().equals(hash) && now.isBefore(refreshToken.expiresAt());
    }

    /** Whether the token was replaced so long ago that somebody else must have it too. */
    boolean isInTwoHands(String hash, Instant now) {
      return replaced.map(RefreshToken::hash).filter(hash::equals).isPresent()
          && !now.isBefore(refreshedAt.plus(REPEAT_WINDOW));
    }
  }

  void signIn(UserEvent.SignedIn event) {
    var before = byId.remove(event.device());
    if (before != null) {
      end(before.session(), event.at());
    } else if (byId.size() == MOST) {
      var oldest = byId.values().stream().min(Comparator.comparing(Device::signedInAt));
      signOut(oldest.orElseThrow().session(), event.at());
    }
    add(
        new Device(
            event.device(),
            event.deviceName(),
            event.session(),
            event.refreshToken(),
            Optional.empty(),
            event.at(),
            event.at()));
  }

  void refresh(UserEvent.Refreshed event) {
    find(event.session())
        .ifPresent(device ->
            add(
                new Device(
                    device.id(),
                    device.name(),
                    device.session(),
                    event.refreshToken(),
                    Optional.of(device.refreshToken()),
                    device.signedInAt(),
                    event.at())));
  }

  void signOut(SessionId session, Instant at) {
    find(session)
        .ifPresent(device -> {
          byId.remove(device.id());
          pushes.remove(device.id());
        });
    end(session, at);
  }

  /** A device is to be notified, in this way; it is one that is signed in. */
  void subscribe(DeviceId id, PushSubscription subscription) {
    pushes.put(id, subscription);
  }

  /** A device is no longer to be notified. */
  void unsubscribe(DeviceId id) {
    pushes.remove(id);
  }

  /** How devices are notified: those of them that want it. */
  Map<DeviceId, PushSubscription> pushes() {
    return Map.copyOf(pushes);
  }

  /** Whether any device is to be notified. */
  boolean hasPushes() {
    return !pushes.isEmpty();
  }

  private void end(SessionId session, Instant at) {
    ended.values().removeIf(end -> end.isBefore(at.minus(UserSettings.ENDED_SESSION_MEMORY)));
    if (ended.size() == ENDED_MOST) {
      ended.remove(ended.keySet().iterator().next());
    }
    ended.put(session, at);
  }

  /** Adds a device as it was stored. */
  void add(Device device) {
    byId.put(device.id(), device);
  }

  /** Adds an ended session as it was stored. */
  void addEnded(SessionId session, Instant at) {
    ended.put(session, at);
  }

  /** The device that has the session. */
  Optional<Device> find(SessionId session) {
    return byId.values().stream().filter(device -> device.session().equals(session)).findAny();
  }

  boolean hasEnded(SessionId session) {
    return ended.containsKey(session);
  }

  Collection<Device> all() {
    return byId.values();
  }

  /** The ended sessions that are remembered, the oldest first. */
  Map<SessionId, Instant> ended() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(ended));
  }

  /** Those that are signed in. */
  Set<DeviceId> ids() {
    return Collections.unmodifiableSet(byId.keySet());
  }

  /** The device, if it is signed in. */
  Optional<Device> find(DeviceId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** A device has stored the mailbox up to the position. */
  void acknowledge(DeviceId id, long pos) {
    long before = acknowledged(id);
    acknowledged.remove(id);
    if (acknowledged.size() == CURSORS_MOST) {
      acknowledged.remove(acknowledged.keySet().iterator().next());
    }
    acknowledged.put(id, Math.max(before, pos));
  }

  /** The position up to which the device has stored the mailbox; 0 when it never said. */
  long acknowledged(DeviceId id) {
    return acknowledged.getOrDefault(id, 0L);
  }

  /** All cursors, the one that has not moved for longest first. */
  Map<DeviceId, Long> acknowledged() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(acknowledged));
  }
}
