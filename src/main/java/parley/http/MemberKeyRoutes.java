package parley.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static java.util.concurrent.CompletableFuture.completedStage;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import parley.group.GroupCommand;
import parley.group.GroupReply;
import parley.message.Caller;
import parley.message.ConversationId;
import parley.message.Refusal;
import parley.message.UserId;
import parley.user.UserCommand;
import parley.user.UserReply;
import parley.wire.MemberKeysView;

/**
 * What the devices of all members of a conversation offer: whether it can be encrypted, and who is
 * to be added or removed. Nothing is handed out.
 */
final class MemberKeyRoutes {

  /** The most members whose actors are asked, and may wake up, for one answer. */
  private static final int MEMBERS_MOST = 256;

  private final Asker users;
  private final GroupAsker groups;
  private final MlsRoutes mls;

  MemberKeyRoutes(Asker users, GroupAsker groups, MlsRoutes mls) {
    this.users = users;
    this.groups = groups;
    this.mls = mls;
  }

  /** GET /conversations/{id}/keys */
  Route of(String id, Caller caller) {
    return PathIds.conversation(
        id,
        conversation ->
            completeWithFuture(
                mls.asMember(conversation, caller, () -> members(conversation, caller))));
  }

  private CompletionStage<HttpResponse> members(ConversationId conversation, Caller caller) {
    return switch (conversation) {
      case ConversationId.Direct direct ->
          keys(direct, Stream.of(direct.first(), direct.second()).distinct().toList());
      case ConversationId.Group group ->
          groups
              .<GroupReply.ToGetMembers>ask(
                  caller,
                  group.group(),
                  replyTo ->
                      new GroupCommand.GetMembers(
                          caller.user(), Optional.empty(), MEMBERS_MOST + 1, replyTo))
              .thenCompose(reply ->
                  switch (reply) {
                    case GroupReply.MemberPage page -> keys(group, page);
                    case GroupReply.Refused(Refusal refusal) ->
                        completedStage(Problems.answer(refusal));
                  });
    };
  }

  private CompletionStage<HttpResponse> keys(
      ConversationId.Group group, GroupReply.MemberPage page) {
    var members = page.members().stream().map(GroupReply.MemberInfo::user).toList();
    return members.size() <= MEMBERS_MOST
        ? keys(group, members)
        : mls.standing(group)
            .thenApply(it -> Answers.json(StatusCodes.OK, MemberKeysView.ofTooMany(it.epoch())));
  }

  private CompletionStage<HttpResponse> keys(ConversationId conversation, List<UserId> members) {
    var asked =
        members.stream()
            .map(member ->
                users
                    .<UserReply.ToGetUserKeys>ask(member, UserCommand.GetUserKeys::new)
                    .toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenCompose(all -> mls.standing(conversation))
        .thenApply(standing -> {
          var views = new ArrayList<MemberKeysView.One>();
          for (int i = 0; i < members.size(); i++) {
            switch (asked.get(i).join()) {
              case UserReply.UserKeys keys ->
                  views.add(MemberKeysView.One.of(members.get(i), keys));
              case UserReply.Refused(Refusal refusal) -> {
                return Problems.answer(refusal);
              }
            }
          }
          return Answers.json(StatusCodes.OK, MemberKeysView.of(standing.epoch(), views));
        });
  }
}
