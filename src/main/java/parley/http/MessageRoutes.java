package parley.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static java.util.concurrent.CompletableFuture.completedStage;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import parley.media.Carriage;
import parley.message.Archived;
import parley.message.Caller;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Positioned;
import parley.message.Refusal;
import parley.user.Draft;
import parley.user.UserCommand;
import parley.user.UserReply;
import parley.wire.Fields;
import parley.wire.MessageView;
import parley.wire.ReadRequest;
import parley.wire.ReadView;
import parley.wire.SendRequest;
import parley.wire.SentView;

/** Messages: sending, reading, marking as read. */
final class MessageRoutes {

  private final Asker users;
  private final Stores stores;
  private final Carriage carriage;
  private final JsonBody body;

  MessageRoutes(Asker users, Stores stores, Carriage carriage, JsonBody body) {
    this.users = users;
    this.carriage = carriage;
    this.stores = stores;
    this.body = body;
  }

  /** POST /messages */
  Route send(Caller caller) {
    return extractRequest(
        request -> body.required(fields -> draft(fields, request, caller), d -> send(caller, d)));
  }

  private static Draft draft(Fields fields, HttpRequest request, Caller caller) {
    var send = SendRequest.read(fields, "clientId", caller.user());
    var clientId = IdempotencyKey.of(request, send.clientId()).orElseGet(ClientId::random);
    return new Draft(
        clientId,
        send.conversation(),
        send.content(),
        send.replyTo(),
        send.mentions(),
        send.next());
  }

  private CompletionStage<HttpResponse> send(Caller caller, Draft draft) {
    var load =
        new Carriage.Load(caller, draft.conversation(), draft.clientId().value(), draft.content());
    return MediaRoutes.readable(carriage.load(load))
        .thenCompose(loading ->
            switch (loading) {
              case Carriage.NotLoaded(Refusal why) -> completedStage(Problems.answer(why));
              case Carriage.Loaded(Content content) -> sendLoaded(caller, draft.saying(content));
            });
  }

  private CompletionStage<HttpResponse> sendLoaded(Caller caller, Draft draft) {
    return users
        .<UserReply.ToSend>ask(
            caller.user(), replyTo -> new UserCommand.Send(caller, List.of(draft), replyTo))
        .thenApply(reply ->
            switch (reply) {
              case UserReply.Sent sent -> {
                carriage.carried(
                    caller.user(), draft.clientId().value(), draft.content(), sent.id());
                yield Answers.json(StatusCodes.OK, SentView.of(sent));
              }
              case UserReply.NotSent(ClientId clientId, Refusal refusal) ->
                  refused(caller, draft, refusal);
              case UserReply.Refused(Refusal refusal) -> refused(caller, draft, refusal);
            });
  }

  private HttpResponse refused(Caller caller, Draft draft, Refusal refusal) {
    carriage.refused(caller.user(), draft.clientId().value(), draft.content(), refusal);
    return Problems.answer(refusal);
  }

  /** GET /messages */
  Route unread(Caller caller) {
    return extractRequest(request -> completeWithFuture(unread(caller, Page.of(request))));
  }

  private CompletionStage<HttpResponse> unread(Caller caller, Page page) {
    return users
        .<UserReply.ToGetUnread>ask(
            caller.user(),
            replyTo -> new UserCommand.GetUnread(caller, page.after(), page.limit(), replyTo))
        .thenCompose(reply ->
            switch (reply) {
              case UserReply.Unread unread -> answer(caller, page, unread);
              case UserReply.Refused(Refusal refusal) -> completedStage(Problems.answer(refusal));
            });
  }

  private CompletionStage<HttpResponse> answer(Caller caller, Page page, UserReply.Unread unread) {
    return stores
        .entries(unread.messages())
        .thenCompose(entries -> {
          var messages = entries.stream().filter(it -> it.entry() instanceof Message).toList();
          return stores
              .asTheyAre(messages.stream().map(MessageRoutes::idOf).toList())
              .thenApply(now -> answer(caller, page, unread, messages, now));
        });
  }

  private static MessageId idOf(Positioned message) {
    return ((Message) message.entry()).id();
  }

  private static HttpResponse answer(
      Caller caller,
      Page page,
      UserReply.Unread unread,
      List<Positioned> messages,
      Stores.Now now) {
    if (messages.isEmpty()) {
      return Answers.done();
    }
    var shown = messages.subList(0, now.reached());
    var views =
        shown.stream()
            .map(it ->
                MessageView.unread(
                    it.pos(), asItIs((Message) it.entry(), now.found()), caller.user()))
            .toList();
    var response = Answers.json(StatusCodes.OK, views);
    long last = shown.getLast().pos();
    return unread.more() || last < unread.messages().last()
        ? response.addHeader(Answers.next(page.next(last)))
        : response;
  }

  /** A message may be in a mailbox for a moment before it is in the archive. */
  private static Archived asItIs(Message message, Map<MessageId, Archived> now) {
    return now.getOrDefault(message.id(), Archived.of(message));
  }

  /** GET /messages/{id} */
  Route one(String id, Caller caller) {
    return PathIds.message(id, message -> completeWithFuture(one(message, caller)));
  }

  /** The message as it is now. */
  CompletionStage<HttpResponse> one(MessageId id, Caller caller) {
    return users
        .<UserReply.ToGetMessage>ask(
            caller.user(), replyTo -> new UserCommand.GetMessage(caller, id, replyTo))
        .thenCompose(reply ->
            switch (reply) {
              case UserReply.Found found -> answer(found, caller);
              case UserReply.Refused(Refusal refusal) -> completedStage(Problems.answer(refusal));
            });
  }

  private CompletionStage<HttpResponse> answer(UserReply.Found found, Caller caller) {
    return stores
        .asTheyAre(List.of(found.message().id()))
        .thenApply(
            now -> MessageView.of(found, asItIs(found.message(), now.found()), caller.user()))
        .thenApply(view -> Answers.json(StatusCodes.OK, view));
  }

  /** PUT /messages/{id} */
  Route markRead(String id, Caller caller) {
    return PathIds.message(
        id, message -> body.optional(ReadRequest::read, request -> markRead(message, caller)));
  }

  /** Marks the message as read. */
  CompletionStage<HttpResponse> markRead(MessageId id, Caller caller) {
    return users
        .<UserReply.ToMarkRead>ask(
            caller.user(), replyTo -> new UserCommand.MarkRead(caller, id, replyTo))
        .thenApply(reply ->
            switch (reply) {
              case UserReply.MarkedRead marked -> Answers.json(StatusCodes.OK, ReadView.of(marked));
              case UserReply.Refused(Refusal refusal) -> Problems.answer(refusal);
            });
  }
}
