package parley.wire;

import parley.message.UserId;

/** An account that was registered. */
public record AccountView(UserId userId, String displayName) {}
