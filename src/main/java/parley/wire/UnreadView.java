package parley.wire;

/** How many messages of a conversation are still unread. */
public record UnreadView(long unread) {}
