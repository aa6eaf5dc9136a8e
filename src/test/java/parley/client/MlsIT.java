package parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Devices that encrypt end to end, through a whole node: of one library, and of two. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MlsIT {

  private static final int EPOCHS_AWAY = 200;
  private static final int ROUNDS = 5;
  private static final int WAIT_SECONDS_MAX = 20;

  @TempDir static Path folder;

  private final List<MlsDevice> devices = new ArrayList<>();
  private Node node;
  private int chats;

  /** Which library the first device has, and which the others have. */
  enum Cast {
    BOUNCY_CASTLE(false, false),
    TS_MLS_BEGINS(true, false),
    TS_MLS_JOINS(false, true);

    private final boolean first;
    private final boolean others;

    Cast(boolean first, boolean others) {
      this.first = first;
      this.others = others;
    }
  }

  @BeforeAll
  void start() {
    node = new Node(folder.resolve("data"));
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @AfterEach
  void end() {
    devices.forEach(MlsDevice::close);
    devices.clear();
  }

  /** A user of this test alone. */
  private String user(String name) {
    var user = name + chats;
    RestUser.register(node.uri(), user);
    return user;
  }

  private MlsDevice device(String user, String name, boolean ts) {
    var identity = user + "/" + name;
    var mls = ts ? new TsMls(identity, NodeModules.folder()) : new BouncyMls(identity);
    var device = new MlsDevice(RestUser.signIn(node.uri(), user, name), mls);
    devices.add(device);
    return device;
  }

  private static String direct(String one, String other) {
    return one.compareTo(other) <= 0
        ? "direct:%s:%s".formatted(one, other)
        : "direct:%s:%s".formatted(other, one);
  }

  @ParameterizedTest
  @EnumSource
  void two_talk_on_all_their_devices(Cast cast) {
    chats++;
    var ann = user("ann");
    var ben = user("ben");
    var annsPhone = device(ann, "phone", cast.first).offer(1);
    var bensPhone = device(ben, "phone", cast.others).offer(2);
    var bensLaptop = device(ben, "laptop", cast.others).offer(2);
    var talk = direct(ann, ben);

    annsPhone.encrypt(talk, List.of(ben));
    annsPhone.say("hello, you two");
    bensPhone.join(talk);
    bensLaptop.join(talk);
    assertThat(bensPhone.read()).containsExactly(ann + ": hello, you two");
    assertThat(bensLaptop.read()).containsExactly(ann + ": hello, you two");

    bensLaptop.say("hello from a laptop");
    bensLaptop.update();
    bensLaptop.say("with new keys");
    bensPhone.say("from the phone, which has not heard of them");
    var said =
        List.of(
            ben + ": hello from a laptop",
            ben + ": with new keys",
            ben + ": from the phone, which has not heard of them");
    assertThat(annsPhone.read())
        .containsExactly(ann + ": hello, you two", said.get(0), said.get(1), said.get(2));
    assertThat(bensPhone.read()).containsExactlyElementsOf(said);
    assertThat(bensLaptop.read()).containsExactlyElementsOf(said);
    assertThat(annsPhone.mls().members())
        .containsExactlyInAnyOrder(ann + "/phone", ben + "/phone", ben + "/laptop");
  }

  @ParameterizedTest
  @EnumSource
  void a_group_takes_in_and_puts_out_members(Cast cast) {
    chats++;
    var ann = user("ann");
    var ben = user("ben");
    var cid = user("cid");
    var anns = device(ann, "phone", cast.first);
    var bens = device(ben, "phone", cast.others).offer(1);
    var cids = device(cid, "phone", cast.others).offer(1);
    var body = RestUser.object().put("title", "Tea");
    body.putArray("members").add(ben).add(cid);
    var group = anns.rest().call("POST", "/groups", body).good().get("conversation").textValue();

    anns.encrypt(group, List.of(ben));
    anns.say("before cid");
    bens.join(group);
    bens.add(cid);
    bens.say("with cid");
    cids.join(group);
    anns.catchUp();

    assertThat(cids.read()).containsExactly(ann + ": " + MlsDevice.UNREADABLE, ben + ": with cid");
    assertThat(anns.read()).containsExactly(ann + ": before cid", ben + ": with cid");
    assertThat(bens.read()).containsExactly(ann + ": before cid", ben + ": with cid");

    anns.remove(bens.identity());
    anns.say("without ben");

    assertThat(cids.read()).containsExactly(ann + ": without ben");
    assertThat(bens.read()).containsExactly(ann + ": " + MlsDevice.UNREADABLE);
    assertThat(cids.mls().members()).containsExactlyInAnyOrder(anns.identity(), cids.identity());
  }

  @ParameterizedTest
  @EnumSource
  void a_device_joins_by_itself_and_cannot_read_what_was_before(Cast cast) {
    chats++;
    var ann = user("ann");
    var ben = user("ben");
    var anns = device(ann, "phone", cast.first);
    var bens = device(ben, "phone", cast.others).offer(1);
    var talk = direct(ann, ben);
    anns.encrypt(talk, List.of(ben));
    bens.join(talk);
    anns.say("before the tablet");
    anns.update();

    var tablet = device(ben, "tablet", cast.others);
    tablet.joinExternally(talk);
    tablet.say("here I am");
    anns.catchUp();
    anns.say("welcome");

    assertThat(anns.read())
        .containsExactly(ann + ": before the tablet", ben + ": here I am", ann + ": welcome");
    assertThat(bens.read())
        .containsExactly(ann + ": before the tablet", ben + ": here I am", ann + ": welcome");
    assertThat(tablet.read())
        .containsExactly(ann + ": " + MlsDevice.UNREADABLE, ben + ": here I am", ann + ": welcome");
  }

  @Test
  void of_commits_at_the_same_time_one_wins_and_the_others_catch_up() throws Exception {
    chats++;
    var ann = user("ann");
    var ben = user("ben");
    var all =
        List.of(
            device(ann, "phone", false),
            device(ann, "laptop", false).offer(1),
            device(ben, "phone", false).offer(1));
    var talk = direct(ann, ben);
    all.getFirst().encrypt(talk, List.of(ann, ben));
    all.get(1).join(talk);
    all.get(2).join(talk);
    var together = new CyclicBarrier(all.size());

    int won = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var wins = all.stream().map(it -> threads.submit(() -> commits(it, together))).toList();
      for (var each : wins) {
        won += each.get();
      }
    }

    assertThat(won).isEqualTo(ROUNDS);
    all.forEach(device -> assertThat(device.mls().epoch()).isEqualTo(ROUNDS + 1));
    all.forEach(MlsDevice::update);
    all.getFirst().say("in step");
    all.forEach(device -> assertThat(device.read()).containsExactly(ann + ": in step"));
  }

  /** How many of its commits were the first of their epochs; each time all commit at once. */
  private static int commits(MlsDevice device, CyclicBarrier together) throws Exception {
    int wins = 0;
    for (int i = 0; i < ROUNDS; i++) {
      together.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
      wins += device.commit(List.of(), List.of()) ? 1 : 0;
      together.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
      device.catchUp();
    }
    return wins;
  }

  @ParameterizedTest
  @EnumSource(names = {"BOUNCY_CASTLE", "TS_MLS_JOINS"})
  void a_device_that_was_away_for_many_epochs_catches_up(Cast cast) {
    chats++;
    var ann = user("ann");
    var ben = user("ben");
    var anns = device(ann, "phone", cast.first);
    var bens = device(ben, "phone", cast.others).offer(1);
    var talk = direct(ann, ben);
    anns.encrypt(talk, List.of(ben));
    bens.join(talk);

    var said = new ArrayList<String>();
    for (int i = 0; i < EPOCHS_AWAY; i++) {
      anns.update();
      if (i % 50 == 25) {
        anns.say("in epoch " + anns.mls().epoch());
        said.add(ann + ": in epoch " + anns.mls().epoch());
      }
    }

    assertThat(bens.read()).containsExactlyElementsOf(said);
    bens.catchUp();
    assertThat(bens.mls().epoch()).isEqualTo(EPOCHS_AWAY + 1);
    bens.say("back again");
    assertThat(anns.read()).contains(ben + ": back again");
  }

  @Test
  void a_key_that_is_handed_out_is_proved_to_be_in_its_log() {
    chats++;
    var ann = user("ann");
    var anns = device(ann, "phone", false).offer(1);
    var log = "/keys/log/" + ann;
    var first = anns.rest().get(log).good();
    IntStream.range(0, 6).forEach(i -> device(ann, "laptop" + i, false).offer(1));
    var last = anns.rest().get(log).good();
    long size = last.get("size").longValue();

    assertThat(size).isEqualTo(7);
    for (var entry : last.get("entries")) {
      long index = entry.get("index").longValue();
      var proof = anns.rest().get(log + "/inclusion?index=%d&size=%d".formatted(index, size));
      assertThat(
              MerkleProofs.includes(
                  MerkleProofs.leaf(entry.get("leaf").textValue()),
                  index,
                  size,
                  hashes(proof),
                  hash(last.get("root").textValue())))
          .isTrue();
    }
    assertThat(last.at("/entries/0/leaf").textValue())
        .contains(Base64.getEncoder().encodeToString(anns.mls().signatureKey()));
    var extended = anns.rest().get(log + "/consistency?from=1&to=" + size);
    assertThat(
            MerkleProofs.extend(
                1,
                hash(first.get("root").textValue()),
                size,
                hash(last.get("root").textValue()),
                hashes(extended)))
        .isTrue();
  }

  private static List<byte[]> hashes(RestUser.Answer proof) {
    var hashes = new ArrayList<byte[]>();
    proof.good().get("proof").forEach(it -> hashes.add(hash(it.textValue())));
    return hashes;
  }

  private static byte[] hash(String base64) {
    return Base64.getDecoder().decode(base64);
  }
}
