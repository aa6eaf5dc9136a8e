package parley.wire;

/** The public key that browsers subscribe to notifications for, in base64url. */
public record PushKeyView(String key) {}
