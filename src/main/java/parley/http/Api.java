package parley.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.delete;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.patch;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.Directives.put;
import static akka.http.javadsl.server.Directives.withRequestTimeoutResponse;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.server.ExceptionHandler;
import akka.http.javadsl.server.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import parley.account.Passwords;
import parley.account.Tokens;
import parley.archive.Archive;
import parley.limit.RateLimits;
import parley.message.Caller;
import parley.message.Positioned;
import parley.ops.Health;
import parley.ops.Metrics;
import parley.user.Excerpt;
import parley.user.Users;
import parley.web.WebApp;

/** The URL map: what stands under which path, and who may call it. */
public final class Api {

  /** What an answer takes of a mailbox at most, in bytes: the rest is another page. */
  public static final long ENTRIES_BYTES_MAX = Stores.PAGE_BYTES_MAX;

  /**
   * Of a body that no route reads so many times the limit is read, and dropped; or a file's most.
   */
  private static final long DRAIN_FACTOR = 64;

  private final Authenticated authenticated;
  private final AccountRoutes accounts;
  private final SessionRoutes sessions;
  private final MessageRoutes messages;
  private final AmendRoutes amendments;
  private final ConversationRoutes conversations;
  private final GroupRoutes groups;
  private final InviteRoutes invites;
  private final ReceiptRoutes receipts;
  private final ContactRoutes contacts;
  private final ProfileRoutes profiles;
  private final MediaPaths media;
  private final DeviceRoutes devices;
  private final PushRoutes pushes;
  private final KeyRoutes keys;
  private final MlsRoutes mls;
  private final MemberKeyRoutes memberKeys;
  private final OpsRoutes ops;
  private final DocsRoutes docs;
  private final WebRoutes web;
  private final Throttle throttle;
  private final Drained drained;

  public Api(Backend backend, Limits limits, InstantSource clock, ActorSystem<?> system) {
    var users = new Asker(backend.users(), limits.askTimeout(), system);
    var body = new JsonBody(limits.bodyBytesMax());
    var issuer = new SessionRoutes.Issuer(backend.tokens(), limits.refreshTokenLifetime(), clock);
    authenticated = new Authenticated(backend.tokens());
    accounts = new AccountRoutes(users, backend.passwords(), body);
    sessions = new SessionRoutes(users, backend.passwords(), issuer, body);
    var stores = new Stores(backend.mailboxes(), backend.archive());
    var carriage = backend.media().carriage();
    var pictures = new PictureChange(backend.media().pictures(), backend.media().workshop());
    messages = new MessageRoutes(users, stores, carriage, body);
    amendments = new AmendRoutes(users, messages, carriage, body);
    conversations = new ConversationRoutes(users, stores, body);
    var groupAsker = new GroupAsker(users);
    mls = new MlsRoutes(users, backend.encryption(), limits.askTimeout(), system);
    memberKeys = new MemberKeyRoutes(users, groupAsker, mls);
    groups = new GroupRoutes(groupAsker, pictures, body, limits.groupMembersMax(), clock);
    invites = new InviteRoutes(groupAsker, groups, body);
    receipts = new ReceiptRoutes(users, groupAsker);
    contacts = new ContactRoutes(users, body);
    profiles = new ProfileRoutes(users, pictures, body);
    media = new MediaPaths(backend.media(), this::as, this::asSender);
    devices = new DeviceRoutes(users, backend.tokens());
    pushes = new PushRoutes(users, body, backend.push());
    keys = new KeyRoutes(users, body);
    ops = new OpsRoutes(backend.health(), backend.metrics());
    docs = new DocsRoutes();
    web = new WebRoutes(WebApp.load("/web"));
    throttle = new Throttle(backend.rates(), new ClientAddress(limits.trustedProxies()));
    drained =
        new Drained(
            Math.max(
                DRAIN_FACTOR * limits.bodyBytesMax(),
                backend.media().uploads().limits().fileBytesMax()));
  }

  /**
   * Whom the routes ask.
   *
   * @param mailboxes the first entries of an excerpt, of {@link #ENTRIES_BYTES_MAX}
   */
  public record Backend(
      Users users,
      Function<Excerpt, CompletionStage<List<Positioned>>> mailboxes,
      Archive archive,
      MlsRoutes.Source encryption,
      RateLimits rates,
      Passwords passwords,
      Tokens tokens,
      PushRoutes.Way push,
      MediaRoutes.Way media,
      Health health,
      Metrics metrics) {}

  /**
   * What the routes keep to.
   *
   * @param groupMembersMax members of a group, its maker among them
   * @param askTimeout how long they wait for an actor's answer
   * @param trustedProxies whose word about a client's address is taken
   */
  public record Limits(
      int bodyBytesMax,
      int groupMembersMax,
      Duration askTimeout,
      Duration refreshTokenLifetime,
      List<AddressRange> trustedProxies) {}

  /**
   * Every path of the server. Whatever happens inside, the answer is a good one or a problem.
   *
   * @param socket upgrades to the WebSocket
   */
  public Route route(Route socket) {
    return withRequestTimeoutResponse(
        Problems::late,
        () -> drained.before(() -> map(socket).seal(Rejections.handler(), exceptions())));
  }

  private Route map(Route socket) {
    return concat(
        path("socket", () -> get(() -> socket)),
        ops.all(),
        pathPrefix("docs", this::docs),
        web.files(),
        media.files(),
        AcceptHeader.takesJson(() ->
            concat(
                path("accounts", () -> post(() -> throttle.signIn(accounts::register))),
                pathPrefix("sessions", this::sessions),
                pathPrefix("messages", this::messages),
                pathPrefix("conversations", this::conversations),
                pathPrefix("groups", this::groups),
                path(
                    segment("invites").slash(segment()),
                    token -> post(() -> as(caller -> invites.join(token, caller)))),
                pathPrefix("contacts", this::contacts),
                pathPrefix("blocks", this::blocks),
                pathPrefix("users", this::users),
                media.all(),
                pathPrefix("devices", this::devices),
                path(segment("push").slash("key"), () -> get(pushes::key)),
                pathPrefix(segment("keys").slash("log"), this::keyLog),
                path("socket-tickets", () -> post(this::ticket)))));
  }

  /** For who is signed in. */
  private Route as(Function<Caller, Route> route) {
    return authenticated.as(caller -> throttle.call(caller, () -> route.apply(caller)));
  }

  /** The same, for what others get to see. */
  private Route asSender(Function<Caller, Route> route) {
    return authenticated.as(caller -> throttle.send(caller, () -> route.apply(caller)));
  }

  /** The same, for who takes key packages of others. */
  private Route asAdding(Function<Caller, Route> route) {
    return authenticated.as(caller -> throttle.keyPackages(caller, () -> route.apply(caller)));
  }

  private Route ticket() {
    return authenticated.verified(
        by -> throttle.call(by.caller(), () -> devices.ticket(by.caller(), by.expiresAt())));
  }

  private Route docs() {
    return concat(
        pathEnd(() -> get(docs::index)), path(segment(), name -> get(() -> docs.file(name))));
  }

  private Route sessions() {
    return concat(
        pathEnd(() -> post(() -> throttle.signIn(sessions::signIn))),
        path("refresh", () -> post(() -> throttle.signIn(sessions::refresh))),
        path("current", () -> delete(() -> as(sessions::signOut))));
  }

  private Route messages() {
    return concat(
        pathEnd(
            () -> concat(post(() -> asSender(messages::send)), get(() -> as(messages::unread)))),
        path(segment(), this::message),
        path(segment().slash("receipts"), id -> get(() -> as(caller -> receipts.of(id, caller)))),
        path(
            segment().slash("reactions").slash(segment()),
            (id, emoji) ->
                concat(
                    put(() -> asSender(by -> amendments.react(id, emoji, true, by))),
                    delete(() -> asSender(by -> amendments.react(id, emoji, false, by))))));
  }

  private Route message(String id) {
    return concat(
        get(() -> as(caller -> messages.one(id, caller))),
        put(() -> as(caller -> messages.markRead(id, caller))),
        patch(() -> asSender(caller -> amendments.patch(id, caller))),
        delete(() -> asSender(caller -> amendments.delete(id, caller))));
  }

  private Route conversations() {
    return concat(
        pathEnd(() -> get(() -> as(conversations::all))),
        path(segment(), id -> patch(() -> as(caller -> conversations.arrange(id, caller)))),
        path(
            segment().slash("messages"),
            id -> get(() -> as(caller -> conversations.messages(id, caller)))),
        path(segment().slash("keys"), id -> get(() -> as(caller -> memberKeys.of(id, caller)))),
        path(segment().slash("mls"), id -> get(() -> as(caller -> mls.standing(id, caller)))),
        path(
            segment().slash("mls").slash("commits"),
            id -> get(() -> as(caller -> mls.commits(id, caller)))),
        path(
            segment().slash("read"),
            id -> put(() -> as(caller -> conversations.markRead(id, caller)))));
  }

  private Route groups() {
    return concat(
        pathEnd(() -> post(() -> asSender(groups::create))),
        path(segment(), this::group),
        path(segment().slash("members"), id -> get(() -> as(caller -> groups.members(id, caller)))),
        path(
            segment().slash("members").slash(segment()),
            (id, member) ->
                concat(
                    put(() -> asSender(caller -> groups.putMember(id, member, caller))),
                    delete(() -> asSender(caller -> groups.removeMember(id, member, caller))))),
        path(
            segment().slash("invites"),
            id ->
                concat(
                    get(() -> as(caller -> invites.all(id, caller))),
                    post(() -> as(caller -> invites.invite(id, caller))))),
        path(
            segment().slash("invites").slash(segment()),
            (id, invite) -> delete(() -> as(caller -> invites.revoke(id, invite, caller)))));
  }

  private Route group(String id) {
    return concat(
        get(() -> as(caller -> groups.one(id, caller))),
        patch(() -> asSender(caller -> groups.change(id, caller))),
        delete(() -> asSender(caller -> groups.delete(id, caller))));
  }

  private Route contacts() {
    return concat(
        pathEnd(() -> get(() -> as(contacts::all))),
        path(
            segment(),
            id ->
                concat(
                    get(() -> as(caller -> contacts.one(id, caller))),
                    put(() -> as(caller -> contacts.put(id, caller))),
                    delete(() -> as(caller -> contacts.remove(id, caller))))));
  }

  private Route blocks() {
    return concat(
        pathEnd(() -> get(() -> as(contacts::blocks))),
        path(
            segment(),
            id ->
                concat(
                    put(() -> as(caller -> contacts.block(id, caller))),
                    delete(() -> as(caller -> contacts.unblock(id, caller))))));
  }

  private Route users() {
    return concat(
        path("me", () -> concat(get(() -> as(profiles::own)), patch(() -> as(profiles::change)))),
        path(segment(), id -> get(() -> as(caller -> profiles.one(id, caller)))),
        path(segment().slash("key-packages"), id -> get(() -> asAdding(by -> keys.take(id, by)))));
  }

  private Route devices() {
    return concat(
        pathEnd(() -> get(() -> as(devices::all))),
        path(
            segment("me").slash("push"),
            () -> concat(put(() -> as(pushes::subscribe)), delete(() -> as(pushes::unsubscribe)))),
        path(
            segment("me").slash("keys"),
            () -> concat(get(() -> as(keys::own)), put(() -> as(keys::put)))),
        path(segment(), id -> delete(() -> as(caller -> devices.remove(id, caller)))));
  }

  private Route keyLog() {
    return concat(
        path(segment(), id -> get(() -> as(caller -> keys.log(id, caller)))),
        path(
            segment().slash("inclusion"),
            id -> get(() -> as(caller -> keys.inclusion(id, caller)))),
        path(
            segment().slash("consistency"),
            id -> get(() -> as(caller -> keys.consistency(id, caller)))));
  }

  private static ExceptionHandler exceptions() {
    return ExceptionHandler.newBuilder()
        .matchAny(failure -> extractRequest(request -> complete(Problems.answer(request, failure))))
        .build();
  }
}
