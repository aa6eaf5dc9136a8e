package parley.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static java.util.concurrent.CompletableFuture.completedStage;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.archive.Archive;
import parley.message.Caller;
import parley.message.ConversationId;
import parley.message.MessageId;
import parley.message.Refusal;
import parley.user.UserCommand;
import parley.user.UserReply;
import parley.user.UserReply.ConversationInfo;
import parley.wire.ArrangementRequest;
import parley.wire.ArrangementView;
import parley.wire.ConversationView;
import parley.wire.MessageView;
import parley.wire.ReadUpToRequest;
import parley.wire.UnreadView;

/**
 * Conversations: which there are, what was said in them, how far they have been read, and how their
 * reader has arranged them.
 */
final class ConversationRoutes {

  private static final int CONVERSATIONS_MAX = 500;
  private static final int MESSAGES_DEFAULT = 50;

  private final Asker users;
  private final Stores stores;
  private final JsonBody body;

  ConversationRoutes(Asker users, Stores stores, JsonBody body) {
    this.users = users;
    this.stores = stores;
    this.body = body;
  }

  /** GET /conversations */
  Route all(Caller caller) {
    return extractRequest(request -> {
      var before = Parameters.value(request, "before", MessageId::parse);
      long limit = Parameters.number(request, "limit", CONVERSATIONS_MAX, 1, CONVERSATIONS_MAX);
      return completeWithFuture(all(caller, before, (int) limit));
    });
  }

  private CompletionStage<HttpResponse> all(Caller caller, Optional<MessageId> before, int limit) {
    return users
        .<UserReply.ToGetConversations>ask(
            caller.user(),
            replyTo -> new UserCommand.GetConversations(caller, before, limit, replyTo))
        .thenCompose(reply ->
            switch (reply) {
              case UserReply.ConversationList(var conversations, boolean more) ->
                  answer(caller, conversations, more, limit);
              case UserReply.Refused(Refusal refusal) -> completedStage(Problems.answer(refusal));
            });
  }

  private static HttpHeader next(MessageId last, int limit) {
    return Answers.next("/conversations?before=%s&limit=%d".formatted(last, limit));
  }

  private CompletionStage<HttpResponse> answer(
      Caller caller, List<ConversationInfo> infos, boolean more, int limit) {
    return stores
        .asTheyAre(infos.stream().map(ConversationInfo::latest).toList())
        .thenApply(now -> {
          var shown = infos.subList(0, now.reached());
          var views =
              shown.stream()
                  .map(info ->
                      ConversationView.of(
                          info, Optional.ofNullable(now.found().get(info.latest())), caller.user()))
                  .toList();
          var response = Answers.json(StatusCodes.OK, views);
          return more || shown.size() < infos.size()
              ? response.addHeader(next(shown.getLast().latest(), limit))
              : response;
        });
  }

  /** GET /conversations/{id}/messages */
  Route messages(String id, Caller caller) {
    return PathIds.conversation(
        id,
        conversation ->
            extractRequest(request ->
                completeWithFuture(
                    messages(conversation, Range.of(request, conversation), caller))));
  }

  /** Which part of the history a client asks for. */
  private record Range(MessageId before, int limit) {

    static Range of(HttpRequest request, ConversationId conversation) {
      var before = Parameters.value(request, "before", text -> within(conversation, text));
      return new Range(
          before.orElse(MessageId.last(conversation)),
          (int) Parameters.number(request, "limit", MESSAGES_DEFAULT, 1, Archive.PAGE_MAX));
    }

    private static MessageId within(ConversationId conversation, String text) {
      var id = MessageId.parse(text);
      if (id.conversation() != conversation.hash()) {
        throw new IllegalArgumentException("a message of the same conversation is expected");
      }
      return id;
    }

    String next(ConversationId conversation, MessageId last) {
      return "/conversations/%s/messages?before=%s&limit=%d".formatted(conversation, last, limit);
    }
  }

  private CompletionStage<HttpResponse> messages(
      ConversationId conversation, Range range, Caller caller) {
    return users
        .<UserReply.ToGetVisibility>ask(
            caller.user(), replyTo -> new UserCommand.GetVisibility(caller, conversation, replyTo))
        .thenCompose(reply ->
            switch (reply) {
              case UserReply.Visibility visibility ->
                  messages(conversation, range, caller, visibility);
              case UserReply.Refused(Refusal refusal) -> completedStage(Problems.answer(refusal));
            });
  }

  private CompletionStage<HttpResponse> messages(
      ConversationId conversation, Range range, Caller caller, UserReply.Visibility visibility) {
    var viewer = caller.user();
    var progress = new MessageView.Progress(visibility.readUpTo(), visibility.theirs());
    var history = new History(stores, conversation, message -> visibility.shows(message, viewer));
    return history
        .before(visibility.before(range.before()), range.limit())
        .thenApply(stretch -> {
          var views =
              stretch.messages().stream()
                  .map(archived -> MessageView.past(archived, viewer, progress))
                  .toList();
          var response = Answers.json(StatusCodes.OK, views);
          return stretch
              .next()
              .map(last -> response.addHeader(Answers.next(range.next(conversation, last))))
              .orElse(response);
        });
  }

  /** PATCH /conversations/{id} */
  Route arrange(String id, Caller caller) {
    return PathIds.conversation(
        id,
        conversation ->
            body.required(
                ArrangementRequest::read, request -> arrange(conversation, request, caller)));
  }

  private CompletionStage<HttpResponse> arrange(
      ConversationId conversation, ArrangementRequest request, Caller caller) {
    return users
        .<UserReply.ToArrange>ask(
            caller.user(),
            replyTo ->
                new UserCommand.Arrange(
                    caller,
                    conversation,
                    request.mutedUntil(),
                    request.pinned(),
                    request.archived(),
                    replyTo))
        .thenApply(reply ->
            switch (reply) {
              case UserReply.Arranged(UserReply.Arrangement now) ->
                  Answers.json(StatusCodes.OK, ArrangementView.of(now));
              case UserReply.Refused(Refusal refusal) -> Problems.answer(refusal);
            });
  }

  /** PUT /conversations/{id}/read */
  Route markRead(String id, Caller caller) {
    return PathIds.conversation(
        id,
        conversation ->
            body.required(
                ReadUpToRequest::read, request -> markRead(conversation, request.upTo(), caller)));
  }

  private CompletionStage<HttpResponse> markRead(
      ConversationId conversation, MessageId upTo, Caller caller) {
    return users
        .<UserReply.ToMarkReadUpTo>ask(
            caller.user(),
            replyTo -> new UserCommand.MarkReadUpTo(caller, conversation, upTo, replyTo))
        .thenApply(reply ->
            switch (reply) {
              case UserReply.MarkedReadUpTo(long unread) ->
                  Answers.json(StatusCodes.OK, new UnreadView(unread));
              case UserReply.Refused(Refusal refusal) -> Problems.answer(refusal);
            });
  }
}
