package parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.http.ProblemAssert.assertProblem;
import static parley.http.RestServer.ANN;
import static parley.http.RestServer.json;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.keys.DeviceKeys;
import parley.keys.KeyLog;
import parley.keys.KeyOffer;
import parley.keys.KeyPackage;
import parley.keys.MlsEvent;
import parley.keys.MlsReply;
import parley.keys.NextEpoch;
import parley.message.ClientId;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.Opaque;
import parley.message.Refusal;
import parley.message.Sealed;
import parley.message.UserId;
import parley.user.Membership;
import parley.user.UserCommand;
import parley.user.UserReply;
import parley.user.Watermarks;

/** Keys and encrypted conversations over REST. */
class EncryptionRoutesTest {

  private static final String KEYS = "/devices/me/keys";
  private static final String MLS = "/conversations/direct:ann:ben/mls";
  private static final Opaque DATA = new Opaque("AQID");
  private static final Watermarks NOWHERE = new Watermarks(Optional.empty(), Optional.empty());
  private static final RestServer server = new RestServer();

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void every_user_answers() {
    server.reset();
    var stock = new DeviceKeys.Stock(Map.of(1, DATA), Map.of(1, 2));
    server.when(UserCommand.PutKeys.class, it -> it.replyTo().tell(new UserReply.Keys(stock)));
    server.when(UserCommand.GetKeys.class, it -> it.replyTo().tell(new UserReply.Keys(stock)));
    var refused = new UserReply.Refused(new Refusal(Failure.BUSY, "Only what was sent matters"));
    server.when(UserCommand.Send.class, it -> it.replyTo().tell(refused));
    visible(Optional.empty());
  }

  private static void visible(Optional<Membership> membership) {
    server.when(
        UserCommand.GetVisibility.class,
        it ->
            it.replyTo()
                .tell(new UserReply.Visibility(List.of(), membership, Optional.empty(), NOWHERE)));
  }

  @Test
  void a_device_offers_keys() {
    var answer =
        server.asAnn(
            "PUT",
            KEYS,
            "{\"signatureKeys\":{\"1\":\"AAAA\"},\"keyPackages\":[{\"suite\":1,\"data\":\"AQID\"}],"
                + "\"lastResort\":[{\"suite\":1,\"data\":\"BAUG\"}]}");

    assertThat(json(answer.body()))
        .hasToString("{\"signatureKeys\":{\"1\":\"AQID\"},\"remaining\":{\"1\":2}}");
    var put = server.received(UserCommand.PutKeys.class).getFirst();
    assertThat(put.caller()).isEqualTo(ANN);
    assertThat(put.offer())
        .isEqualTo(
            new KeyOffer(
                Map.of(1, new Opaque("AAAA")),
                List.of(new KeyPackage(1, DATA)),
                List.of(new KeyPackage(1, new Opaque("BAUG")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'signatureKeys':{'0':'AAAA'}}",
        "{'signatureKeys':{'x':'AAAA'}}",
        "{'signatureKeys':{'65536':'AAAA'}}",
        "{'signatureKeys':{'1':'AAA'}}",
        "{'keyPackages':[{'suite':0,'data':'AAAA'}]}",
        "{'keyPackages':[{'suite':1,'data':'A A='}]}",
        "{'keyPackages':['AAAA']}",
        "{'keyPackages':7}"
      })
  void what_is_no_key_is_refused(String body) {
    assertProblem(server.asAnn("PUT", KEYS, body.replace('\'', '"')), Failure.MALFORMED_FIELD, "");
    assertThat(server.received(UserCommand.PutKeys.class)).isEmpty();
  }

  @Test
  void an_offer_of_nothing_and_one_of_too_much_are_refused() {
    assertProblem(server.asAnn("PUT", KEYS, "{}"), Failure.MISSING_FIELD, "");
    var many = "{\"suite\":1,\"data\":\"AAAA\"},".repeat(101).replaceAll(",$", "");
    assertProblem(
        server.asAnn("PUT", KEYS, "{\"keyPackages\":[" + many + "]}"), Failure.TOO_LARGE, "");
  }

  @Test
  void a_device_sees_what_it_has() {
    assertThat(json(server.asAnn("GET", KEYS, "").body()).at("/remaining/1").intValue())
        .isEqualTo(2);
  }

  @Test
  void key_packages_of_another_user_are_handed_out() {
    var handed = new DeviceKeys.Handed(new DeviceId("tablet"), DATA, new Opaque("BAUG"), true);
    server.when(
        UserCommand.TakeKeyPackages.class,
        it -> it.replyTo().tell(new UserReply.KeyPackages(List.of(handed))));

    var answer = server.asAnn("GET", "/users/ben/key-packages?suite=3", "");

    assertThat(json(answer.body()))
        .hasToString(
            "{\"devices\":[{\"deviceId\":\"tablet\",\"signatureKey\":\"AQID\","
                + "\"keyPackage\":\"BAUG\",\"lastResort\":true}]}");
    var take = server.received(UserCommand.TakeKeyPackages.class).getFirst();
    assertThat(take.by()).isEqualTo(ANN.user());
    assertThat(take.device()).isEqualTo(ANN.device());
    assertThat(take.suite()).isEqualTo(3);
  }

  @Test
  void whose_session_has_ended_uses_up_no_key_packages() {
    server.when(
        UserCommand.GetVisibility.class,
        it ->
            it.replyTo().tell(new UserReply.Refused(new Refusal(Failure.UNAUTHENTICATED, "Over"))));

    assertProblem(server.asAnn("GET", "/users/ben/key-packages", ""), Failure.UNAUTHENTICATED, "");
    assertThat(server.received(UserCommand.TakeKeyPackages.class)).isEmpty();
  }

  @Test
  void the_log_of_keys_is_read_in_pages() {
    server.when(
        UserCommand.GetKeyLog.class,
        it ->
            it.replyTo()
                .tell(
                    new UserReply.KeyLogPage(
                        9, DATA, List.of(new KeyLog.Entry(it.from(), "{\"user\":\"ben\"}")))));

    var first = server.asAnn("GET", "/keys/log/ben?limit=1", "");

    assertThat(json(first.body()))
        .hasToString(
            "{\"size\":9,\"root\":\"AQID\","
                + "\"entries\":[{\"index\":0,\"leaf\":\"{\\\"user\\\":\\\"ben\\\"}\"}]}");
    assertThat(first.headers().firstValue("Link"))
        .contains("</keys/log/ben?after=0&limit=1>; rel=\"next\"");
    var last = server.asAnn("GET", "/keys/log/ben?after=7", "");
    assertThat(json(last.body()).at("/entries/0/index").intValue()).isEqualTo(8);
    assertThat(last.headers().firstValue("Link")).isEmpty();
  }

  @Test
  void proofs_are_given() {
    server.when(
        UserCommand.ProveKeyLog.class,
        it -> it.replyTo().tell(new UserReply.Proved(List.of(DATA))));

    var inclusion = server.asAnn("GET", "/keys/log/ben/inclusion?index=1&size=4", "");
    server.asAnn("GET", "/keys/log/ben/consistency?from=2&to=4", "");

    assertThat(json(inclusion.body())).hasToString("{\"proof\":[\"AQID\"]}");
    assertThat(server.received(UserCommand.ProveKeyLog.class))
        .extracting(UserCommand.ProveKeyLog::proof)
        .containsExactly(new UserCommand.Inclusion(1, 4), new UserCommand.Consistency(2, 4));
    assertProblem(
        server.asAnn("GET", "/keys/log/ben/inclusion?index=1", ""), Failure.MISSING_FIELD, "");
  }

  @Test
  void members_see_how_far_a_conversation_is() {
    assertProblem(server.asAnn("GET", MLS, ""), Failure.NOT_FOUND, "");

    server.standing = new MlsReply.Standing(4, 1, Optional.of(DATA));

    assertThat(json(server.asAnn("GET", MLS, "").body()))
        .hasToString("{\"epoch\":4,\"suite\":1,\"groupInfo\":\"AQID\"}");
    server.standing = new MlsReply.Standing(0, 1, Optional.empty());
  }

  @Test
  void who_is_a_member_no_longer_sees_nothing() {
    visible(Optional.of(new Membership(List.of())));

    assertProblem(server.asAnn("GET", MLS, ""), Failure.NOT_FOUND, "");
    assertProblem(server.asAnn("GET", MLS + "/commits", ""), Failure.NOT_FOUND, "");
  }

  @Test
  void a_device_catches_up_by_commits() {
    server.commits =
        (conversation, epoch, limit) ->
            CompletableFuture.completedStage(List.of(committed(epoch), committed(epoch + 1)));

    var answer = server.asAnn("GET", MLS + "/commits?after=3&limit=2", "");

    assertThat(json(answer.body()).get(0))
        .hasToString(
            "{\"epoch\":3,\"by\":\"ben\",\"device\":\"tablet\",\"clientId\":\"c1\","
                + "\"kind\":\"commit\","
                + "\"data\":\"AQID\",\"welcome\":\"AQID\"}");
    assertThat(answer.headers().firstValue("Link"))
        .contains("<" + MLS + "/commits?after=5&limit=2>; rel=\"next\"");
    assertThat(server.asAnn("GET", MLS + "/commits?after=3", "").headers().firstValue("Link"))
        .isEmpty();
    assertProblem(server.asAnn("GET", MLS + "/commits?limit=33", ""), Failure.MALFORMED_FIELD, "");
  }

  private static MlsEvent.Committed committed(long epoch) {
    return new MlsEvent.Committed(
        new UserId("ben"),
        new DeviceId("tablet"),
        new ClientId("c1"),
        new Sealed(
            Sealed.Protocol.MLS, epoch, Sealed.Kind.COMMIT, DATA, Optional.of(DATA), List.of()),
        NextEpoch.UNTOLD,
        Instant.EPOCH);
  }

  @Test
  void a_commit_is_sent_with_what_it_tells_of_the_next_epoch() {
    server.asAnn(
        "POST",
        "/messages",
        "{\"to\":\"ben\",\"content\":{\"type\":\"sealed\",\"protocol\":\"mls\",\"epoch\":0,"
            + "\"kind\":\"commit\",\"data\":\"AQID\",\"welcome\":\"BAUG\"},"
            + "\"groupInfo\":\"SU5G\",\"suite\":3}");

    var draft = server.received(UserCommand.Send.class).getFirst().drafts().getFirst();
    assertThat(draft.content())
        .isEqualTo(
            new Sealed(
                Sealed.Protocol.MLS,
                0,
                Sealed.Kind.COMMIT,
                DATA,
                Optional.of(new Opaque("BAUG")),
                List.of()));
    assertThat(draft.next())
        .contains(new NextEpoch(Optional.of(3), Optional.of(new Opaque("SU5G"))));
  }

  @ParameterizedTest
  @EnumSource(Sealed.Kind.class)
  void each_kind_is_sent_under_its_name(Sealed.Kind kind) {
    var name = kind.name().toLowerCase(Locale.ROOT);
    server.asAnn(
        "POST",
        "/messages",
        "{\"to\":\"ben\",\"content\":{\"type\":\"sealed\",\"protocol\":\"mls\",\"epoch\":1,"
            + "\"kind\":\""
            + name
            + "\",\"data\":\"AQID\"}}");

    var draft = server.received(UserCommand.Send.class).getFirst().drafts().getFirst();
    assertThat(draft.content())
        .isEqualTo(new Sealed(Sealed.Protocol.MLS, 1, kind, DATA, Optional.empty(), List.of()));
  }

  @Test
  void a_restart_is_sent_as_a_commit_is() {
    server.asAnn(
        "POST",
        "/messages",
        "{\"to\":\"ben\",\"content\":{\"type\":\"sealed\",\"protocol\":\"mls\",\"epoch\":4,"
            + "\"kind\":\"restart\",\"data\":\"AQID\",\"welcome\":\"BAUG\"},"
            + "\"groupInfo\":\"SU5G\",\"suite\":3}");

    var draft = server.received(UserCommand.Send.class).getFirst().drafts().getFirst();
    assertThat(((Sealed) draft.content()).kind()).isEqualTo(Sealed.Kind.RESTART);
    assertThat(draft.next())
        .contains(new NextEpoch(Optional.of(3), Optional.of(new Opaque("SU5G"))));
  }

  @Test
  void a_commit_that_was_too_late_is_told_the_epoch() {
    server.when(
        UserCommand.Send.class,
        it ->
            it.replyTo()
                .tell(
                    new UserReply.NotSent(
                        new ClientId("c1"),
                        new Refusal(Failure.STALE_EPOCH, "Too late", Optional.of(7L)))));

    var answer =
        server.asAnn("POST", "/messages", "{\"to\":\"ben\",\"text\":\"any\",\"clientId\":\"c1\"}");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(json(answer.body()).get("code").textValue()).isEqualTo("stale-epoch");
    assertThat(json(answer.body()).get("epoch").longValue()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "protocol, \"signal\"",
    "epoch, -1",
    "epoch, \"1\"",
    "kind, \"welcome\"",
    "data, \"A\"",
    "data, \"AQID=\"",
    "welcome, \"AQID\"",
    "media, [\"no id!\"]",
  })
  void what_is_sealed_has_a_form(String field, String value) {
    var content =
        Map.of("protocol", "\"mls\"", "epoch", "1", "data", "\"AQID\"").entrySet().stream()
            .filter(it -> !it.getKey().equals(field))
            .map(it -> "\"%s\":%s,".formatted(it.getKey(), it.getValue()))
            .reduce("", String::concat);
    var body =
        "{\"to\":\"ben\",\"content\":{%s\"type\":\"sealed\",\"%s\":%s}}"
            .formatted(content, field, value);

    assertProblem(server.asAnn("POST", "/messages", body), Failure.MALFORMED_FIELD, "");
    assertThat(server.received(UserCommand.Send.class)).isEmpty();
  }
}
