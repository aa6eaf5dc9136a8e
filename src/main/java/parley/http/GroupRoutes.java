package parley.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static java.util.concurrent.CompletableFuture.completedStage;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCode;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.Location;
import akka.http.javadsl.server.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.group.GroupCommand;
import parley.group.GroupLimits;
import parley.group.GroupReply;
import parley.media.Place;
import parley.message.Caller;
import parley.message.GroupId;
import parley.message.Refusal;
import parley.message.Role;
import parley.message.UserId;
import parley.wire.ChangeGroupRequest;
import parley.wire.CreateGroupRequest;
import parley.wire.GroupView;
import parley.wire.MemberChangeView;
import parley.wire.MemberRequest;

/** Groups: who is in them, and as what. */
final class GroupRoutes {

  private final GroupAsker groups;
  private final PictureChange pictures;
  private final JsonBody body;
  private final int membersMax;
  private final InstantSource clock;

  GroupRoutes(
      GroupAsker groups,
      PictureChange pictures,
      JsonBody body,
      int membersMax,
      InstantSource clock) {
    this.groups = groups;
    this.pictures = pictures;
    this.body = body;
    this.membersMax = membersMax;
    this.clock = clock;
  }

  /** POST /groups */
  Route create(Caller caller) {
    return body.required(
        fields -> CreateGroupRequest.read(fields, caller.user(), membersMax),
        request -> groups.ifExist(request.members(), () -> create(request, caller)));
  }

  private CompletionStage<HttpResponse> create(CreateGroupRequest request, Caller caller) {
    var id = GroupId.random(clock.instant());
    return groups
        .<GroupReply.ToDescribe>ask(
            caller,
            id,
            replyTo ->
                new GroupCommand.Create(
                    caller.user(),
                    request.title(),
                    request.description(),
                    request.members(),
                    request.rules(),
                    replyTo))
        .thenCompose(reply -> answer(reply, StatusCodes.CREATED, caller))
        .thenApply(response ->
            response.status().isSuccess()
                ? response.addHeader(Location.create("/groups/" + id))
                : response);
  }

  /** GET /groups/{id} */
  Route one(String id, Caller caller) {
    return PathIds.group(
        id,
        group ->
            completeWithFuture(
                groups
                    .<GroupReply.ToDescribe>ask(
                        caller, group, replyTo -> new GroupCommand.Describe(caller.user(), replyTo))
                    .thenCompose(reply -> answer(reply, StatusCodes.OK, caller))));
  }

  /** PATCH /groups/{id} */
  Route change(String id, Caller caller) {
    return PathIds.group(
        id,
        group ->
            body.required(
                ChangeGroupRequest::read,
                request ->
                    pictures.before(
                        caller,
                        new Place.OfGroup(group),
                        request.picture(),
                        () -> change(group, caller, request))));
  }

  private CompletionStage<HttpResponse> change(
      GroupId group, Caller caller, ChangeGroupRequest request) {
    return groups
        .<GroupReply.ToDescribe>ask(
            caller,
            group,
            replyTo ->
                new GroupCommand.Change(
                    caller.user(),
                    request.title(),
                    request.description(),
                    request.picture(),
                    request.rules(),
                    replyTo))
        .thenCompose(reply -> answer(reply, StatusCodes.OK, caller));
  }

  /** The group with its first members, and where the others are. */
  CompletionStage<HttpResponse> answer(
      GroupReply.ToDescribe reply, StatusCode status, Caller caller) {
    return switch (reply) {
      case GroupReply.Description group -> {
        var first = new MemberRange(group.id(), Optional.empty(), GroupLimits.PAGE_MAX);
        yield members(first, caller)
            .thenApply(answer ->
                switch (answer) {
                  case GroupReply.MemberPage page ->
                      first.linked(Answers.json(status, GroupView.of(group, page.members())), page);
                  case GroupReply.Refused(Refusal refusal) -> Problems.answer(refusal);
                });
      }
      case GroupReply.Refused(Refusal refusal) -> completedStage(Problems.answer(refusal));
    };
  }

  /** GET /groups/{id}/members */
  Route members(String id, Caller caller) {
    return PathIds.group(
        id,
        group ->
            extractRequest(request -> {
              var range = MemberRange.of(request, group);
              return completeWithFuture(
                  members(range, caller)
                      .thenApply(reply ->
                          switch (reply) {
                            case GroupReply.MemberPage page -> range.linked(answer(page), page);
                            case GroupReply.Refused(Refusal refusal) -> Problems.answer(refusal);
                          }));
            }));
  }

  private static HttpResponse answer(GroupReply.MemberPage page) {
    return Answers.json(
        StatusCodes.OK, page.members().stream().map(GroupView.MemberView::of).toList());
  }

  private CompletionStage<GroupReply.ToGetMembers> members(MemberRange range, Caller caller) {
    return groups.ask(
        caller,
        range.group(),
        replyTo ->
            new GroupCommand.GetMembers(caller.user(), range.after(), range.limit(), replyTo));
  }

  /** Which members a client asks for. */
  private record MemberRange(GroupId group, Optional<UserId> after, int limit) {

    private static final int LIMIT_DEFAULT = 100;

    static MemberRange of(HttpRequest request, GroupId group) {
      return new MemberRange(
          group,
          Parameters.value(request, "after", UserId::new),
          (int) Parameters.number(request, "limit", LIMIT_DEFAULT, 1, GroupLimits.PAGE_MAX));
    }

    /** The answer, with where the members after these are. */
    HttpResponse linked(HttpResponse answer, GroupReply.MemberPage page) {
      return page.more()
          ? answer.addHeader(
              Answers.next(
                  "/groups/%s/members?after=%s&limit=%d"
                      .formatted(group, page.members().getLast().user(), limit)))
          : answer;
    }
  }

  /** PUT /groups/{id}/members/{userId} */
  Route putMember(String id, String member, Caller caller) {
    return PathIds.group(
        id,
        group ->
            PathIds.user(
                member,
                user ->
                    body.optional(
                        MemberRequest::read,
                        request ->
                            groups.ifExist(
                                List.of(user),
                                () ->
                                    putMember(
                                        group,
                                        user,
                                        request.flatMap(MemberRequest::role),
                                        caller)))));
  }

  private CompletionStage<HttpResponse> putMember(
      GroupId group, UserId member, Optional<Role> role, Caller caller) {
    return groups
        .<GroupReply.ToChangeMember>ask(
            caller,
            group,
            replyTo -> new GroupCommand.PutMember(caller.user(), member, role, replyTo))
        .thenApply(GroupRoutes::answer);
  }

  private static HttpResponse answer(GroupReply.ToChangeMember reply) {
    return switch (reply) {
      case GroupReply.MemberChanged(UserId member, boolean added, Optional<Role> role) ->
          role.map(now ->
                  Answers.json(
                      added ? StatusCodes.CREATED : StatusCodes.OK,
                      new MemberChangeView(member, now)))
              .orElseGet(Answers::done);
      case GroupReply.Refused(Refusal refusal) -> Problems.answer(refusal);
    };
  }

  /** DELETE /groups/{id}/members/{userId} */
  Route removeMember(String id, String member, Caller caller) {
    return PathIds.group(
        id,
        group ->
            PathIds.user(
                member,
                user ->
                    completeWithFuture(
                        groups
                            .<GroupReply.ToChangeMember>ask(
                                caller,
                                group,
                                replyTo ->
                                    new GroupCommand.RemoveMember(caller.user(), user, replyTo))
                            .thenApply(GroupRoutes::answer))));
  }

  /** DELETE /groups/{id} */
  Route delete(String id, Caller caller) {
    return PathIds.group(
        id,
        group ->
            completeWithFuture(
                groups
                    .<GroupReply.ToDelete>ask(
                        caller, group, replyTo -> new GroupCommand.Delete(caller.user(), replyTo))
                    .thenApply(reply ->
                        switch (reply) {
                          case GroupReply.Deleted() -> Answers.done();
                          case GroupReply.Refused(Refusal refusal) -> Problems.answer(refusal);
                        })));
  }
}
