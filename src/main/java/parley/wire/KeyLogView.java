package parley.wire;

import java.util.List;
import parley.message.Opaque;
import parley.user.UserReply;

/**
 * A part of the log of a user's keys.
 *
 * @param size of the whole log
 * @param root of the whole log
 */
public record KeyLogView(long size, Opaque root, List<Entry> entries) {

  /**
   * One change.
   *
   * @param leaf the very text that was hashed
   */
  public record Entry(long index, String leaf) {}

  public static KeyLogView of(UserReply.KeyLogPage page) {
    return new KeyLogView(
        page.size(),
        page.root(),
        page.entries().stream().map(it -> new Entry(it.index(), it.leaf())).toList());
  }
}
