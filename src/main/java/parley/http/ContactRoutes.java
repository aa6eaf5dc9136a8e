package parley.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.completeWithFuture;
import static java.util.concurrent.CompletableFuture.completedStage;

import akka.actor.typed.ActorRef;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import parley.message.Caller;
import parley.message.Failure;
import parley.message.Refusal;
import parley.message.UserId;
import parley.user.UserCommand;
import parley.user.UserReply;
import parley.user.UserReply.ContactList;
import parley.user.UserReply.ToChangeContacts;
import parley.wire.BlockView;
import parley.wire.ContactRequest;
import parley.wire.ContactView;

/** Contacts and blocks: whom a user knows, and from whom they want to hear nothing. */
final class ContactRoutes {

  private static final Refusal NO_SUCH_USER =
      new Refusal(Failure.NOT_FOUND, "There is no such user");
  private static final Refusal NO_SUCH_CONTACT =
      new Refusal(Failure.NOT_FOUND, "There is no such contact");
  private static final Refusal ONESELF =
      new Refusal(Failure.MALFORMED_REQUEST, "Nobody can block themselves");

  private final Asker users;
  private final JsonBody body;

  ContactRoutes(Asker users, JsonBody body) {
    this.users = users;
    this.body = body;
  }

  /** GET /contacts */
  Route all(Caller caller) {
    return list(
        caller,
        contacts ->
            Answers.json(
                StatusCodes.OK,
                contacts.names().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(it -> new ContactView(it.getKey(), it.getValue()))
                    .toList()));
  }

  /** GET /contacts/{userId} */
  Route one(String id, Caller caller) {
    return PathIds.user(
        id,
        user ->
            list(
                caller,
                contacts ->
                    Optional.ofNullable(contacts.names().get(user))
                        .map(name -> Answers.json(StatusCodes.OK, new ContactView(user, name)))
                        .orElseGet(() -> Problems.answer(NO_SUCH_CONTACT))));
  }

  /** GET /blocks */
  Route blocks(Caller caller) {
    return list(
        caller,
        contacts ->
            Answers.json(StatusCodes.OK, contacts.blocked().stream().map(BlockView::new).toList()));
  }

  private Route list(Caller caller, Function<ContactList, HttpResponse> answer) {
    var none = new ContactList(Map.of(), List.of(), Optional.empty());
    return completeWithFuture(collect(caller, none, answer));
  }

  /** Asks for what comes after those, until it has all. */
  private CompletionStage<HttpResponse> collect(
      Caller caller, ContactList those, Function<ContactList, HttpResponse> answer) {
    return users
        .<UserReply.ToGetContacts>ask(
            caller.user(), replyTo -> new UserCommand.GetContacts(caller, those.last(), replyTo))
        .thenCompose(reply ->
            switch (reply) {
              case ContactList more when more.last().isPresent() ->
                  collect(caller, those.and(more), answer);
              case ContactList more -> completedStage(answer.apply(those.and(more)));
              case UserReply.Refused(Refusal refusal) -> completedStage(Problems.answer(refusal));
            });
  }

  /** PUT /contacts/{userId} */
  Route put(String id, Caller caller) {
    return PathIds.user(
        id,
        user ->
            body.required(
                ContactRequest::read,
                request -> {
                  var view = new ContactView(user, request.name());
                  return ifExists(
                      user,
                      () ->
                          change(
                              caller,
                              replyTo ->
                                  new UserCommand.PutContact(caller, user, view.name(), replyTo),
                              () -> Answers.json(StatusCodes.OK, view)));
                }));
  }

  /** DELETE /contacts/{userId} */
  Route remove(String id, Caller caller) {
    return PathIds.user(
        id,
        user ->
            completeWithFuture(
                change(
                    caller,
                    replyTo -> new UserCommand.RemoveContact(caller, user, replyTo),
                    Answers::done)));
  }

  /** PUT /blocks/{userId} */
  Route block(String id, Caller caller) {
    return PathIds.user(
        id,
        user ->
            user.equals(caller.user())
                ? complete(Problems.answer(ONESELF))
                : completeWithFuture(
                    ifExists(
                        user,
                        () ->
                            change(
                                caller,
                                replyTo -> new UserCommand.Block(caller, user, replyTo),
                                Answers::done))));
  }

  /** DELETE /blocks/{userId} */
  Route unblock(String id, Caller caller) {
    return PathIds.user(
        id,
        user ->
            completeWithFuture(
                change(
                    caller,
                    replyTo -> new UserCommand.Unblock(caller, user, replyTo),
                    Answers::done)));
  }

  private CompletionStage<HttpResponse> ifExists(
      UserId user, Supplier<CompletionStage<HttpResponse>> then) {
    return users
        .ask(user, UserCommand.GetExistence::new)
        .thenCompose(
            known -> known.exists() ? then.get() : completedStage(Problems.answer(NO_SUCH_USER)));
  }

  private CompletionStage<HttpResponse> change(
      Caller caller,
      Function<ActorRef<ToChangeContacts>, UserCommand> command,
      Supplier<HttpResponse> answer) {
    return users
        .<ToChangeContacts>ask(caller.user(), command)
        .thenApply(reply ->
            switch (reply) {
              case UserReply.ContactsChanged() -> answer.get();
              case UserReply.Refused(Refusal refusal) -> Problems.answer(refusal);
            });
  }
}
