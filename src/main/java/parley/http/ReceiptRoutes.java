package parley.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static java.util.concurrent.CompletableFuture.completedStage;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.group.GroupCommand;
import parley.group.GroupLimits;
import parley.group.GroupReply;
import parley.message.Caller;
import parley.message.ConversationId;
import parley.message.Failure;
import parley.message.MessageId;
import parley.message.Refusal;
import parley.message.UserId;
import parley.user.UserCommand;
import parley.user.UserReply;
import parley.wire.ReceiptView;

/** Receipts: who has a message, and who has read it. For its sender. */
final class ReceiptRoutes {

  private static final Refusal NOT_THE_SENDER =
      new Refusal(Failure.NOT_ALLOWED, "Only its sender sees who has a message");

  private final Asker users;
  private final GroupAsker groups;

  ReceiptRoutes(Asker users, GroupAsker groups) {
    this.users = users;
    this.groups = groups;
  }

  /** GET /messages/{id}/receipts */
  Route of(String id, Caller caller) {
    return PathIds.message(
        id,
        message ->
            extractRequest(request -> {
              var range = Range.of(request, message);
              return completeWithFuture(
                  users
                      .<UserReply.ToGetMessage>ask(
                          caller.user(),
                          replyTo -> new UserCommand.GetMessage(caller, message, replyTo))
                      .thenCompose(reply ->
                          switch (reply) {
                            case UserReply.Found found -> of(found, range, caller);
                            case UserReply.Refused(Refusal refusal) ->
                                completedStage(Problems.answer(refusal));
                          }));
            }));
  }

  /** Which readers a client asks for. */
  private record Range(MessageId message, Optional<UserId> after, int limit) {

    private static final int LIMIT_DEFAULT = 100;

    static Range of(HttpRequest request, MessageId message) {
      return new Range(
          message,
          Parameters.value(request, "after", UserId::new),
          (int) Parameters.number(request, "limit", LIMIT_DEFAULT, 1, GroupLimits.PAGE_MAX));
    }

    HttpResponse linked(HttpResponse answer, GroupReply.ReceiptPage page) {
      return page.more()
          ? answer.addHeader(
              Answers.next(
                  "/messages/%s/receipts?after=%s&limit=%d"
                      .formatted(message, page.receipts().getLast().user(), limit)))
          : answer;
    }
  }

  private CompletionStage<HttpResponse> of(UserReply.Found found, Range range, Caller caller) {
    var message = found.message();
    if (!message.from().equals(caller.user())) {
      return completedStage(Problems.answer(NOT_THE_SENDER));
    }
    return switch (message.conversation()) {
      case ConversationId.Direct direct ->
          completedStage(
              Answers.json(
                  StatusCodes.OK, ofOther(direct.other(caller.user()), found, range.after())));
      case ConversationId.Group group -> inGroup(group, range, caller);
    };
  }

  private static List<ReceiptView> ofOther(
      UserId other, UserReply.Found found, Optional<UserId> after) {
    return after.filter(it -> other.compareTo(it) <= 0).isPresent()
        ? List.of()
        : found.status().map(status -> ReceiptView.of(other, status)).stream().toList();
  }

  private CompletionStage<HttpResponse> inGroup(
      ConversationId.Group group, Range range, Caller caller) {
    return groups
        .<GroupReply.ToGetReceipts>ask(
            caller,
            group.group(),
            replyTo ->
                new GroupCommand.GetReceipts(
                    caller.user(), range.message(), range.after(), range.limit(), replyTo))
        .thenApply(reply ->
            switch (reply) {
              case GroupReply.ReceiptPage page ->
                  range.linked(
                      Answers.json(
                          StatusCodes.OK, page.receipts().stream().map(ReceiptView::of).toList()),
                      page);
              case GroupReply.Refused(Refusal refusal) -> Problems.answer(refusal);
            });
  }
}
