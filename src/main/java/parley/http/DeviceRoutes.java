package parley.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;

import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.time.Instant;
import java.util.List;
import parley.account.Tokens;
import parley.message.Caller;
import parley.message.Refusal;
import parley.user.UserCommand;
import parley.user.UserReply;
import parley.user.UserReply.DeviceInfo;
import parley.wire.DeviceView;
import parley.wire.TicketView;

/** Devices: which are signed in, and how they open their sockets. */
final class DeviceRoutes {

  private final Asker users;
  private final Tokens tokens;

  DeviceRoutes(Asker users, Tokens tokens) {
    this.users = users;
    this.tokens = tokens;
  }

  /** GET /devices */
  Route all(Caller caller) {
    return completeWithFuture(
        users
            .<UserReply.ToGetDevices>ask(
                caller.user(), replyTo -> new UserCommand.GetDevices(caller, replyTo))
            .thenApply(reply ->
                switch (reply) {
                  case UserReply.DeviceList(List<DeviceInfo> devices) ->
                      Answers.json(
                          StatusCodes.OK,
                          devices.stream().map(it -> DeviceView.of(it, caller.device())).toList());
                  case UserReply.Refused(Refusal refusal) -> Problems.answer(refusal);
                }));
  }

  /** DELETE /devices/{id} */
  Route remove(String id, Caller caller) {
    return PathIds.device(
        id,
        device ->
            completeWithFuture(
                users
                    .<UserReply.ToSignOut>ask(
                        caller.user(),
                        replyTo -> new UserCommand.RemoveDevice(caller, device, replyTo))
                    .thenApply(reply ->
                        switch (reply) {
                          case UserReply.SignedOut() -> Answers.done();
                          case UserReply.Refused(Refusal refusal) -> Problems.answer(refusal);
                        })));
  }

  /** POST /socket-tickets: for a socket that stays open until then. */
  Route ticket(Caller caller, Instant until) {
    return completeWithFuture(
        users
            .<UserReply.ToIssueTicket>ask(
                caller.user(), replyTo -> new UserCommand.IssueTicket(caller, replyTo))
            .thenApply(reply ->
                switch (reply) {
                  case UserReply.Ticket(String ticket, Instant expiresAt) ->
                      Answers.json(
                          StatusCodes.CREATED,
                          new TicketView(tokens.seal(ticket, until), expiresAt));
                  case UserReply.Refused(Refusal refusal) -> Problems.answer(refusal);
                }));
  }
}
