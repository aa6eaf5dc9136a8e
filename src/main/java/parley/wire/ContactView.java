package parley.wire;

import parley.message.UserId;

/**
 * Somebody whom a user knows.
 *
 * @param name the user's own for them
 */
public record ContactView(UserId userId, String name) {}
