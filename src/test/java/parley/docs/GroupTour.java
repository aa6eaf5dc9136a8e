package parley.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** Sees everything of groups that the document promises. */
record GroupTour(Calls calls, String ann, String ben, String cid) {

  /** Calls the node, and holds the answer against the document. */
  @FunctionalInterface
  interface Calls {
    JsonNode call(int status, String token, String method, String path, String body);
  }

  private static final String NOWHERE = "/groups/x";
  private static final String ROLE = "{\"role\":\"%s\"}";

  /** All of it. The three are users named like their tokens here. */
  void visit() {
    calls.call(400, ann, "POST", "/groups", "{}");
    var made =
        calls.call(201, ann, "POST", "/groups", "{\"title\":\"Tea\",\"members\":[\"ben6\"]}");
    var group = "/groups/" + made.get("id").textValue();
    description(group);
    members(group);
    invites(group);
    messages(made.get("conversation").textValue());
    calls.call(403, ben, "DELETE", group, "");
    calls.call(404, ann, "DELETE", NOWHERE, "");
    calls.call(204, ann, "DELETE", group, "");
  }

  private void description(String group) {
    assertThat(calls.call(200, ben, "GET", group, "").get("members")).hasSize(2);
    calls.call(403, cid, "GET", group, "");
    calls.call(404, ann, "GET", NOWHERE, "");
    assertThat(
            calls.call(200, ann, "PATCH", group, "{\"title\":\"Five\"}").get("title").textValue())
        .isEqualTo("Five");
    calls.call(400, ann, "PATCH", group, "{}");
    calls.call(403, ben, "PATCH", group, "{\"title\":\"Mine\"}");
    calls.call(404, ann, "PATCH", NOWHERE, "{\"title\":\"T\"}");
  }

  private void members(String group) {
    var cids = group + "/members/cid6";
    calls.call(201, ann, "PUT", cids, "");
    calls.call(200, ann, "PUT", cids, ROLE.formatted("admin"));
    calls.call(400, ann, "PUT", cids, ROLE.formatted("king"));
    calls.call(403, ben, "PUT", cids, ROLE.formatted("owner"));
    calls.call(404, ann, "PUT", NOWHERE + "/members/cid6", "");
    calls.call(200, ann, "GET", group + "/members?limit=2", "");
    calls.call(400, ann, "GET", group + "/members?limit=0", "");
    calls.call(404, ann, "GET", NOWHERE + "/members", "");
    calls.call(403, ben, "DELETE", cids, "");
    calls.call(404, ann, "DELETE", NOWHERE + "/members/cid6", "");
    calls.call(204, ann, "DELETE", cids, "");
    calls.call(403, cid, "GET", group + "/members", "");
  }

  private void invites(String group) {
    var path = group + "/invites";
    var invite = calls.call(201, ann, "POST", path, "");
    calls.call(400, ann, "POST", path, "{\"maxUses\":0}");
    calls.call(403, ben, "POST", path, "");
    calls.call(404, ann, "POST", NOWHERE + "/invites", "");
    assertThat(calls.call(200, ann, "GET", path, "")).hasSize(1);
    calls.call(403, ben, "GET", path, "");
    calls.call(404, ann, "GET", NOWHERE + "/invites", "");
    var token = "/invites/" + invite.get("token").textValue();
    assertThat(calls.call(200, cid, "POST", token, "").get("role").textValue()).isEqualTo("member");
    var one = path + "/" + invite.get("id").textValue();
    calls.call(403, ben, "DELETE", one, "");
    calls.call(204, ann, "DELETE", one, "");
    calls.call(404, ann, "DELETE", NOWHERE + "/invites/i", "");
    calls.call(404, cid, "POST", token + "x", "");
  }

  private void messages(String conversation) {
    var said = "{\"to\":\"%s\",\"text\":\"hi\",\"mentions\":[\"ben6\"]}".formatted(conversation);
    var id = calls.call(200, ann, "POST", "/messages", said).get("id").textValue();
    var receipts = "/messages/" + id + "/receipts";
    assertThat(calls.call(200, ann, "GET", receipts, "").findValuesAsText("userId"))
        .containsExactly("ben6", "cid6");
    calls.call(400, ann, "GET", receipts + "?limit=0", "");
    calls.call(403, ben, "GET", receipts, "");
    calls.call(404, ann, "GET", "/messages/x/receipts", "");
    assertThat(calls.call(200, ben, "GET", "/conversations", "").at("/0/mentions").asInt())
        .isEqualTo(1);

    var path = "/conversations/" + conversation;
    var arranged = calls.call(200, ben, "PATCH", path, "{\"pinned\":true,\"muted\":true}");
    assertThat(arranged.get("pinned").booleanValue()).isTrue();
    assertThat(arranged.get("mutedUntil").textValue()).startsWith("9999-");
    calls.call(400, ben, "PATCH", path, "{}");
    calls.call(404, ben, "PATCH", "/conversations/x", "{\"pinned\":true}");
  }
}
