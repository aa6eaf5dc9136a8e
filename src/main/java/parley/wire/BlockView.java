package parley.wire;

import parley.message.UserId;

/** Somebody whom a user has blocked. */
public record BlockView(UserId userId) {}
