package parley.message;

/** Who calls, as their access token says: it was signed by us and has not expired. */
public record Caller(UserId user, DeviceId device, SessionId session) {}
