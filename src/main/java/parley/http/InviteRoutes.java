package parley.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.completeWithFuture;

import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.util.List;
import parley.group.GroupCommand;
import parley.group.GroupReply;
import parley.group.InviteToken;
import parley.message.Caller;
import parley.message.Failure;
import parley.message.Refusal;
import parley.wire.InviteRequest;
import parley.wire.InviteView;

/** Invites: how others come into a group by themselves. */
final class InviteRoutes {

  private final GroupAsker groups;
  private final GroupRoutes described;
  private final JsonBody body;

  InviteRoutes(GroupAsker groups, GroupRoutes described, JsonBody body) {
    this.groups = groups;
    this.described = described;
    this.body = body;
  }

  /** POST /groups/{id}/invites */
  Route invite(String id, Caller caller) {
    return PathIds.group(
        id,
        group ->
            body.optional(
                InviteRequest::read,
                request -> {
                  var invite = request.orElse(InviteRequest.DEFAULT);
                  return groups
                      .<GroupReply.ToInvite>ask(
                          caller,
                          group,
                          replyTo ->
                              new GroupCommand.Invite(
                                  caller.user(), invite.lifetime(), invite.usesMax(), replyTo))
                      .thenApply(reply ->
                          switch (reply) {
                            case GroupReply.Invited invited ->
                                Answers.json(StatusCodes.CREATED, InviteView.of(invited));
                            case GroupReply.Refused(Refusal refusal) -> Problems.answer(refusal);
                          });
                }));
  }

  /** GET /groups/{id}/invites */
  Route all(String id, Caller caller) {
    return PathIds.group(
        id,
        group ->
            completeWithFuture(
                groups
                    .<GroupReply.ToGetInvites>ask(
                        caller,
                        group,
                        replyTo -> new GroupCommand.GetInvites(caller.user(), replyTo))
                    .thenApply(reply ->
                        switch (reply) {
                          case GroupReply.InviteList(List<GroupReply.InviteInfo> invites) ->
                              Answers.json(
                                  StatusCodes.OK, invites.stream().map(InviteView::of).toList());
                          case GroupReply.Refused(Refusal refusal) -> Problems.answer(refusal);
                        })));
  }

  /** DELETE /groups/{id}/invites/{inviteId} */
  Route revoke(String id, String invite, Caller caller) {
    return PathIds.group(
        id,
        group ->
            completeWithFuture(
                groups
                    .<GroupReply.ToRevoke>ask(
                        caller,
                        group,
                        replyTo -> new GroupCommand.Revoke(caller.user(), invite, replyTo))
                    .thenApply(reply ->
                        switch (reply) {
                          case GroupReply.Revoked() -> Answers.done();
                          case GroupReply.Refused(Refusal refusal) -> Problems.answer(refusal);
                        })));
  }

  /** POST /invites/{token} */
  Route join(String text, Caller caller) {
    InviteToken token;
    try {
      token = InviteToken.parse(text);
    } catch (IllegalArgumentException e) {
      return complete(Problems.answer(Failure.NOT_FOUND, "There is no such invite"));
    }
    return completeWithFuture(
        groups
            .<GroupReply.ToDescribe>ask(
                caller,
                token.group(),
                replyTo -> new GroupCommand.Join(caller.user(), token, replyTo))
            .thenCompose(reply -> described.answer(reply, StatusCodes.OK, caller)));
  }
}
