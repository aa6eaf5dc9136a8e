package parley.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import parley.client.MerkleProofs;

class MerkleTreeTest {

  private static final HexFormat HEX = HexFormat.of();

  /** The leaves that implementations of Certificate Transparency are tested with. */
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  /** The roots of the trees of 0, 1, 2 … of them. */
  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private static MerkleTree tree(int size) {
    var tree = new MerkleTree();
    for (int i = 0; i < size; i++) {
      tree.append(leaf(i));
    }
    return tree;
  }

  private static byte[] leaf(int index) {
    return ("leaf " + index).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void it_has_the_roots_that_certificate_transparency_has() {
    var tree = new MerkleTree();
    LEAVES.forEach(leaf -> tree.append(HEX.parseHex(leaf)));

    for (int size = 0; size < ROOTS.size(); size++) {
      assertThat(HEX.formatHex(tree.root(size))).isEqualTo(ROOTS.get(size));
    }
  }

  @Test
  void every_leaf_is_proved_to_be_in_every_tree_that_has_it() {
    var tree = tree(40);
    for (int size = 1; size <= 40; size++) {
      for (int index = 0; index < size; index++) {
        assertThat(
                MerkleProofs.includes(
                    MerkleProofs.leaf("leaf " + index),
                    index,
                    size,
                    tree.inclusion(index, size),
                    tree.root(size)))
            .as("%d of %d", index, size)
            .isTrue();
      }
    }
  }

  @Test
  void every_tree_is_proved_to_begin_with_every_smaller_one() {
    var tree = tree(40);
    for (int second = 1; second <= 40; second++) {
      for (int first = 1; first <= second; first++) {
        assertThat(
                MerkleProofs.extend(
                    first,
                    tree.root(first),
                    second,
                    tree.root(second),
                    tree.consistency(first, second)))
            .as("%d of %d", first, second)
            .isTrue();
      }
    }
  }

  @Test
  void another_leaf_index_or_root_is_not_proved() {
    var tree = tree(13);
    var proof = tree.inclusion(5, 13);

    var leaf = MerkleProofs.leaf("leaf 5");
    assertThat(MerkleProofs.includes(leaf, 5, 13, proof, tree.root(13))).isTrue();
    assertThat(MerkleProofs.includes(MerkleProofs.leaf("x"), 5, 13, proof, tree.root(13)))
        .isFalse();
    assertThat(MerkleProofs.includes(leaf, 6, 13, proof, tree.root(13))).isFalse();
    assertThat(MerkleProofs.includes(leaf, 5, 13, proof, tree.root(12))).isFalse();
  }

  @Test
  void a_log_that_was_changed_cannot_be_proved_to_extend_the_one_before() {
    var random = new Random(5);
    for (int round = 0; round < 100; round++) {
      int second = 2 + random.nextInt(60);
      int first = 1 + random.nextInt(second - 1);
      int changed = random.nextInt(first);
      var other = new MerkleTree();
      for (int i = 0; i < second; i++) {
        other.append(i == changed ? new byte[] {9} : leaf(i));
      }

      assertThat(
              MerkleProofs.extend(
                  first,
                  tree(first).root(first),
                  second,
                  other.root(second),
                  other.consistency(first, second)))
          .as("%d of %d, %d changed", first, second, changed)
          .isFalse();
    }
  }
}
