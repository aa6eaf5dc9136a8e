package parley.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static java.util.concurrent.CompletableFuture.completedStage;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.message.Caller;
import parley.message.ClientId;
import parley.message.Failure;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Positioned;
import parley.message.Refusal;
import parley.user.Draft;
import parley.user.Excerpt;
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

  private static final Logger log = LoggerFactory.getLogger(MessageRoutes.class);

  private static final Refusal NOT_FOUND =
      new Refusal(Failure.NOT_FOUND, "There is no such message, or it is not yours");

  private final Asker users;
  private final Function<Excerpt, CompletionStage<List<Positioned>>> mailboxes;
  private final JsonBody body;

  MessageRoutes(
      Asker users, Function<Excerpt, CompletionStage<List<Positioned>>> mailboxes, JsonBody body) {
    this.users = users;
    this.mailboxes = mailboxes;
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
    return new Draft(clientId, send.conversation(), send.content(), send.replyTo());
  }

  private CompletionStage<HttpResponse> send(Caller caller, Draft draft) {
    return users
        .<UserReply.ToSend>ask(
            caller.user(), replyTo -> new UserCommand.Send(caller, List.of(draft), replyTo))
        .thenApply(reply ->
            switch (reply) {
              case UserReply.Sent sent -> Answers.json(StatusCodes.OK, SentView.of(sent));
              case UserReply.NotSent(ClientId clientId, Refusal refusal) ->
                  Problems.answer(refusal);
              case UserReply.Refused(Refusal refusal) -> Problems.answer(refusal);
            });
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
    return mailboxes
        .apply(unread.messages())
        .handle((entries, failure) -> {
          if (failure != null) {
            log.warn("Mailbox not readable, user={}", caller.user(), failure);
            return Problems.answer(Failure.BUSY, "The mailbox cannot be read; try again");
          }
          return answer(caller, page, entries, unread.more());
        });
  }

  private static HttpResponse answer(
      Caller caller, Page page, List<Positioned> entries, boolean more) {
    var views = new ArrayList<MessageView>(entries.size());
    for (var positioned : entries) {
      if (positioned.entry() instanceof Message message) {
        views.add(MessageView.unread(positioned.pos(), message, caller.user()));
      }
    }
    if (views.isEmpty()) {
      return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT);
    }
    var response = Answers.json(StatusCodes.OK, views);
    return more ? response.addHeader(page.next(views.getLast().pos())) : response;
  }

  /** GET /messages/{id} */
  Route one(String id, Caller caller) {
    return withId(id, messageId -> completeWithFuture(one(messageId, caller)));
  }

  private CompletionStage<HttpResponse> one(MessageId id, Caller caller) {
    return users
        .<UserReply.ToGetMessage>ask(
            caller.user(), replyTo -> new UserCommand.GetMessage(caller, id, replyTo))
        .thenApply(reply ->
            switch (reply) {
              case UserReply.Found found ->
                  Answers.json(StatusCodes.OK, MessageView.of(found, caller.user()));
              case UserReply.Refused(Refusal refusal) -> Problems.answer(refusal);
            });
  }

  /** PUT and PATCH /messages/{id} */
  Route markRead(String id, Caller caller) {
    return withId(
        id, messageId -> body.optional(ReadRequest::read, request -> markRead(messageId, caller)));
  }

  private CompletionStage<HttpResponse> markRead(MessageId id, Caller caller) {
    return users
        .<UserReply.ToMarkRead>ask(
            caller.user(), replyTo -> new UserCommand.MarkRead(caller, id, replyTo))
        .thenApply(reply ->
            switch (reply) {
              case UserReply.MarkedRead marked -> Answers.json(StatusCodes.OK, ReadView.of(marked));
              case UserReply.Refused(Refusal refusal) -> Problems.answer(refusal);
            });
  }

  /** What is no message id is the id of no message. */
  private static Route withId(String id, Function<MessageId, Route> route) {
    try {
      return route.apply(MessageId.parse(id));
    } catch (IllegalArgumentException e) {
      return complete(Problems.answer(NOT_FOUND));
    }
  }
}
