package parley.message;

/**
 * An entry at its place in a user's mailbox.
 *
 * @param pos dense, from 1; never re-used, never skipped
 */
public record Positioned(long pos, Entry entry) {}
