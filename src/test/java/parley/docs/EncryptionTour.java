package parley.docs;

import static org.assertj.core.api.Assertions.assertThat;

/** Sees everything of end-to-end encryption that the document promises. */
record EncryptionTour(GroupTour.Calls calls, String ann, String ben) {

  private static final String KEYS = "/devices/me/keys";
  private static final String PACKAGES = "/users/ben7/key-packages";
  private static final String LOG = "/keys/log/ben7";
  private static final String MLS = "/conversations/direct:ann7:ben7/mls";
  private static final String COMMIT =
      "{\"to\":\"ben7\",\"content\":{\"type\":\"sealed\",\"protocol\":\"mls\",\"epoch\":0,"
          + "\"kind\":\"commit\",\"data\":\"AQID\",\"welcome\":\"AQID\"},\"groupInfo\":\"AQID\","
          + "\"suite\":1,\"clientId\":\"%s\"}";

  /** All of it. The two are users named like their tokens here. */
  void visit() {
    keys();
    log();
    conversation();
  }

  private void keys() {
    calls.call(400, ben, "PUT", KEYS, "{}");
    var large = "{\"signatureKeys\":{\"1\":\"%s\"}}".formatted("A".repeat(16 * 1024));
    calls.call(413, ben, "PUT", KEYS, large);
    var offer =
        "{\"signatureKeys\":{\"1\":\"AQID\"},\"keyPackages\":[{\"suite\":1,\"data\":\"AQID\"}]}";
    calls.call(200, ben, "PUT", KEYS, offer);
    assertThat(calls.call(200, ben, "GET", KEYS, "").at("/remaining/1").intValue()).isEqualTo(1);
    assertThat(calls.call(200, ann, "GET", PACKAGES, "").get("devices")).hasSize(1);
    calls.call(400, ann, "GET", PACKAGES + "?suite=0", "");
    calls.call(404, ann, "GET", "/users/nobody/key-packages", "");
  }

  private void log() {
    assertThat(calls.call(200, ann, "GET", LOG, "").get("entries")).hasSize(1);
    calls.call(400, ann, "GET", LOG + "?limit=0", "");
    calls.call(404, ann, "GET", "/keys/log/nobody", "");
    calls.call(200, ann, "GET", LOG + "/inclusion?index=0&size=1", "");
    calls.call(400, ann, "GET", LOG + "/inclusion", "");
    calls.call(404, ann, "GET", LOG + "/inclusion?index=0&size=2", "");
    calls.call(200, ann, "GET", LOG + "/consistency?from=1&to=1", "");
    calls.call(400, ann, "GET", LOG + "/consistency", "");
    calls.call(404, ann, "GET", LOG + "/consistency?from=1&to=2", "");
  }

  private void conversation() {
    var keys = MLS.replace("/mls", "/keys");
    assertThat(calls.call(200, ann, "GET", keys, "").at("/members/1/keyless").intValue()).isZero();
    calls.call(404, ann, "GET", "/conversations/x/keys", "");
    calls.call(404, ann, "GET", MLS, "");
    calls.call(200, ann, "POST", "/messages", COMMIT.formatted("c1"));
    var stale = calls.call(409, ann, "POST", "/messages", COMMIT.formatted("c2"));
    assertThat(stale.get("epoch").longValue()).isEqualTo(1);
    assertThat(calls.call(200, ben, "GET", MLS, "").get("groupInfo").textValue()).isEqualTo("AQID");
    assertThat(calls.call(200, ben, "GET", MLS + "/commits", "")).hasSize(1);
    calls.call(400, ben, "GET", MLS + "/commits?limit=0", "");
    calls.call(404, ben, "GET", "/conversations/x/mls/commits", "");
  }
}
