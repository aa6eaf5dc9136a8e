package parley;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.SocketFixture.pos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import parley.ResumeStore.Entry;
import parley.ResumeStore.Said;

/** What must hold when all devices are at rest: the delivery contract of DESIGN.md, section 5. */
final class ResumeCheck {

  private static final int ACK_EVERY = 100;

  private final List<ResumeDevice> devices;
  private final Map<String, List<ResumeDevice>> byUser;

  ResumeCheck(List<ResumeDevice> devices) {
    this.devices = devices;
    this.byUser = devices.stream().collect(Collectors.groupingBy(it -> it.user().id()));
  }

  void assertAll() {
    byUser.values().forEach(ResumeCheck::assertSameMailbox);
    byUser.forEach((id, ofUser) -> assertMailbox(id, ofUser.getFirst().store().inOrder()));
  }

  /** Both devices have stored the same, without a gap, and so has a new one that reads it all. */
  private static void assertSameMailbox(List<ResumeDevice> ofUser) {
    var expected = ofUser.getFirst().store().inOrder();
    for (var device : ofUser) {
      assertThat(device.store().isDense()).as(device.name()).isTrue();
      assertThat(device.store().inOrder()).as(device.name()).isEqualTo(expected);
    }
    assertThat(readAnew(ofUser.getFirst().user())).as("a new device").isEqualTo(expected);
  }

  private static List<Entry> readAnew(ChatUser user) {
    var entries = new ArrayList<Entry>();
    var device = ChatUser.signIn(user.node(), user.id());
    try (var socket = SocketClient.open(SocketLibrary.JDK, device)) {
      assertThat(socket.attach().get("from").longValue()).isZero();
      var frame = nextOfStream(socket);
      while (!frame.get("t").textValue().equals("caught-up")) {
        entries.add(Entry.of(frame));
        assertThat(pos(frame)).as("position").isEqualTo(entries.size());
        if (pos(frame) % ACK_EVERY == 0) {
          socket.ack(pos(frame));
        }
        frame = nextOfStream(socket);
      }
    }
    return entries;
  }

  private static JsonNode nextOfStream(SocketClient socket) {
    while (true) {
      var frame = socket.next();
      if (frame.has("pos")) {
        return frame;
      }
    }
  }

  /** All that was acknowledged, each once, each device's in order; and receipts only forward. */
  private void assertMailbox(String owner, List<Entry> inOrder) {
    ResumeReceipts.assertForward(inOrder);
    var said = inOrder.stream().filter(Said.class::isInstance).map(Said.class::cast).toList();
    assertThat(said).extracting(Said::id).as("ids of " + owner).doesNotHaveDuplicates();
    assertThat(said).extracting(Said::text).as("texts of " + owner).doesNotHaveDuplicates();
    var texts = said.stream().collect(Collectors.toMap(Said::id, Said::text));
    var expected = new HashSet<String>();
    for (var sender : devices) {
      for (var sent : sender.sends().answered()) {
        if (sent.send().to().equals(owner) || sender.user().id().equals(owner)) {
          expected.add(sent.send().text());
          assertThat(texts.get(sent.id())).as(owner).isEqualTo(sent.send().text());
        }
      }
    }
    assertThat(texts).as("nothing else in the mailbox of " + owner).hasSameSizeAs(expected);
    assertInOrder(owner, said);
  }

  private void assertInOrder(String owner, List<Said> said) {
    var sends = new HashMap<String, ResumeSends.Send>();
    var senders = new HashMap<String, ResumeDevice>();
    for (var device : devices) {
      for (var sent : device.sends().answered()) {
        sends.put(sent.send().text(), sent.send());
        senders.put(sent.send().text(), device);
      }
    }
    var last = new HashMap<String, Integer>();
    for (var message : said) {
      var send = sends.get(message.text());
      if (send != null) {
        var sender = senders.get(message.text());
        var before = last.put(sender.name() + " " + message.conversation(), send.number());
        if (before != null) {
          assertThat(send.number())
              .as(
                  "order of %s in the mailbox of %s, where its sender saw:\n%s\n",
                  message.text(), owner, sender.sends().diary())
              .isGreaterThan(before);
        }
      }
    }
  }
}
