package parley.wire;

import java.time.Instant;

/**
 * A signed link to a medium.
 *
 * @param url a path of this server; {@code ?size=} may be added
 */
public record MediaLinkView(String url, Instant expiresAt) {}
