package parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.http.Chat.ANN;
import static parley.http.Chat.BEN;
import static parley.http.Chat.TEN;
import static parley.http.ProblemAssert.assertProblem;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.Refusal;
import parley.message.UserId;
import parley.user.UserCommand;
import parley.user.UserReply;
import parley.user.Watermarks;

/** Contacts, blocks, profiles and devices. */
class PeopleRoutesTest {

  private static final RestServer server = new RestServer();

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void everybody_exists() {
    server.reset();
    whenExists(true);
    var changed = new UserReply.ContactsChanged();
    server.when(UserCommand.PutContact.class, put -> put.replyTo().tell(changed));
    server.when(UserCommand.RemoveContact.class, remove -> remove.replyTo().tell(changed));
    server.when(UserCommand.Block.class, block -> block.replyTo().tell(changed));
    server.when(UserCommand.Unblock.class, unblock -> unblock.replyTo().tell(changed));
    server.when(
        UserCommand.GetContacts.class,
        get ->
            get.replyTo()
                .tell(
                    new UserReply.ContactList(
                        Map.of(new UserId("cid"), "C", BEN, "Benny"),
                        List.of(BEN),
                        Optional.empty())));
    server.when(
        UserCommand.GetVisibility.class,
        get ->
            get.replyTo()
                .tell(
                    new UserReply.Visibility(
                        List.of(),
                        Optional.empty(),
                        new Watermarks(Optional.empty(), Optional.empty()))));
  }

  private static void whenExists(boolean exists) {
    server.when(
        UserCommand.GetExistence.class, get -> get.replyTo().tell(new UserReply.Existence(exists)));
  }

  @Test
  void many_contacts_are_asked_for_in_parts() {
    server.when(
        UserCommand.GetContacts.class,
        get ->
            get.replyTo()
                .tell(
                    get.after().isEmpty()
                        ? new UserReply.ContactList(
                            Map.of(new UserId("abe"), "A"), List.of(), Optional.of(BEN))
                        : new UserReply.ContactList(
                            Map.of(new UserId("cid"), "C"), List.of(BEN), Optional.empty())));

    assertThat(server.asAnn("GET", "/contacts", "").body())
        .hasToString("[{\"userId\":\"abe\",\"name\":\"A\"},{\"userId\":\"cid\",\"name\":\"C\"}]");
  }

  @Test
  void contacts_are_listed_by_user_id() {
    assertThat(server.asAnn("GET", "/contacts", "").body())
        .isEqualTo("[{\"userId\":\"ben\",\"name\":\"Benny\"},{\"userId\":\"cid\",\"name\":\"C\"}]");
    assertThat(server.asAnn("GET", "/contacts/ben", "").body())
        .isEqualTo("{\"userId\":\"ben\",\"name\":\"Benny\"}");
    assertProblem(server.asAnn("GET", "/contacts/dan", ""), Failure.NOT_FOUND, "contact");
  }

  @Test
  void a_contact_is_kept_under_an_own_name() {
    var answer = server.asAnn("PUT", "/contacts/ben", "{\"name\":\"Benny\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"userId\":\"ben\",\"name\":\"Benny\"}");
    assertThat(server.received(UserCommand.PutContact.class).getFirst().name()).isEqualTo("Benny");
  }

  @Test
  void who_does_not_exist_can_be_neither_kept_nor_blocked() {
    whenExists(false);

    assertProblem(
        server.asAnn("PUT", "/contacts/ben", "{\"name\":\"B\"}"), Failure.NOT_FOUND, "user");
    assertProblem(server.asAnn("PUT", "/blocks/ben", ""), Failure.NOT_FOUND, "user");
    assertThat(server.received(UserCommand.Owned.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"DELETE,/contacts/ben", "PUT,/blocks/ben", "DELETE,/blocks/ben"})
  void what_changes_without_more_ado_is_answered_with_nothing(String method, String path) {
    var answer = server.asAnn(method, path, "");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void blocks_are_listed() {
    assertThat(server.asAnn("GET", "/blocks", "").body()).isEqualTo("[{\"userId\":\"ben\"}]");
  }

  @Test
  void nobody_blocks_themselves() {
    assertProblem(server.asAnn("PUT", "/blocks/ann", ""), Failure.MALFORMED_REQUEST, "themselves");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/contacts/Ben", "/blocks/Ben"})
  void what_is_no_user_id_is_not_found(String path) {
    assertProblem(server.asAnn("PUT", path, "{\"name\":\"B\"}"), Failure.NOT_FOUND, "");
    assertProblem(server.asAnn("DELETE", path, ""), Failure.NOT_FOUND, "");
  }

  @ParameterizedTest
  @CsvSource({
    "{},MISSING_FIELD",
    "{\"name\":\" \"},MALFORMED_FIELD",
    "{\"name\":1},MALFORMED_FIELD"
  })
  void a_contact_has_a_name(String body, Failure failure) {
    assertProblem(server.asAnn("PUT", "/contacts/ben", body), failure, "\"name\"");
  }

  @Test
  void others_see_the_public_part_of_a_profile() {
    server.when(
        UserCommand.GetProfile.class,
        get ->
            get.replyTo().tell(new UserReply.Profile(BEN, "Ben", "Busy", false, Optional.empty())));

    assertThat(server.asAnn("GET", "/users/ben", "").body())
        .isEqualTo("{\"userId\":\"ben\",\"displayName\":\"Ben\",\"about\":\"Busy\"}");
  }

  @Test
  void users_see_all_of_their_own_profile() {
    server.when(
        UserCommand.GetProfile.class,
        get -> get.replyTo().tell(new UserReply.Profile(ANN, "Ann", "", true, Optional.empty())));

    assertThat(server.asAnn("GET", "/users/me", "").body())
        .isEqualTo("{\"userId\":\"ann\",\"displayName\":\"Ann\",\"showsPresence\":true}");
  }

  @Test
  void whose_session_has_ended_sees_no_profile() {
    var ended = new UserReply.Refused(new Refusal(Failure.UNAUTHENTICATED, "Ended"));
    server.when(UserCommand.GetVisibility.class, get -> get.replyTo().tell(ended));

    assertProblem(server.asAnn("GET", "/users/ben", ""), Failure.UNAUTHENTICATED, "Ended");
    assertThat(server.received(UserCommand.GetProfile.class)).isEmpty();
  }

  @Test
  void a_profile_is_changed_in_part() {
    server.when(
        UserCommand.ChangeProfile.class,
        change ->
            change.replyTo().tell(new UserReply.Profile(ANN, "Ann", "", false, Optional.empty())));

    var answer = server.asAnn("PATCH", "/users/me", "{\"about\":\"\",\"showsPresence\":false}");

    assertThat(answer.statusCode()).isEqualTo(200);
    var asked = server.received(UserCommand.ChangeProfile.class).getFirst();
    assertThat(asked.displayName()).isEmpty();
    assertThat(asked.about()).contains("");
    assertThat(asked.showsPresence()).contains(false);
  }

  @Test
  void devices_are_listed_and_the_one_that_asks_is_marked() {
    server.when(
        UserCommand.GetDevices.class,
        get ->
            get.replyTo()
                .tell(
                    new UserReply.DeviceList(
                        List.of(
                            new UserReply.DeviceInfo(
                                new DeviceId("phone"), "Phone", TEN, TEN.plusSeconds(60), 7)))));

    assertThat(server.asAnn("GET", "/devices", "").body())
        .isEqualTo(
            "[{\"id\":\"phone\",\"name\":\"Phone\",\"signedInAt\":\"2026-11-23T10:00:00.000Z\","
                + "\"lastSeenAt\":\"2026-11-23T10:01:00.000Z\",\"current\":true,"
                + "\"acknowledged\":7}]");
  }

  @Test
  void a_device_is_signed_out() {
    server.when(UserCommand.RemoveDevice.class, it -> it.replyTo().tell(new UserReply.SignedOut()));

    assertThat(server.asAnn("DELETE", "/devices/pc", "").statusCode()).isEqualTo(204);
    assertProblem(server.asAnn("DELETE", "/devices/%20", ""), Failure.NOT_FOUND, "device");
    assertThat(server.received(UserCommand.RemoveDevice.class).getFirst().device())
        .isEqualTo(new DeviceId("pc"));
  }

  @Test
  void a_ticket_for_a_socket_is_issued() {
    server.when(
        UserCommand.IssueTicket.class,
        issue -> issue.replyTo().tell(new UserReply.Ticket("ann.xyz", TEN)));

    var answer = server.asAnn("POST", "/socket-tickets", "");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body())
        .matches("\\{\"ticket\":\"ann\\.xyz\\..*\",\"expiresAt\":\"2026-11-23T10:00:00\\.000Z\"}");
    var ticket = server.tokens.unseal(answer.body().split("\"")[3]).orElseThrow();
    assertThat(ticket.name()).isEqualTo("ann.xyz");
    assertThat(ticket.until())
        .isBetween(
            Instant.now().plus(Duration.ofMinutes(14)), Instant.now().plus(Duration.ofMinutes(15)));
  }

  @Test
  void a_body_that_nobody_reads_does_not_end_the_connection() throws Exception {
    var address = server.address();
    try (var socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(10_000);
      var answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      for (int call = 0; call < 2; call++) {
        write(socket, head("PUT /blocks/ben HTTP/1.1"));
        // The body comes alone, as from clients that write it apart from its head.
        Thread.sleep(200);
        write(socket, "{}");

        assertThat(answers.readLine()).isEqualTo("HTTP/1.1 204 No Content");
        for (var line = answers.readLine(); !line.isEmpty(); line = answers.readLine()) {
          assertThat(line).isNotEqualToIgnoringCase("Connection: close");
        }
      }
    }
  }

  private static String head(String line) {
    return String.join(
        "\r\n",
        line,
        "Host: localhost",
        "Authorization: Bearer " + server.annsToken(),
        "Content-Type: application/json",
        "Content-Length: 2",
        "\r\n");
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }
}
