package parley.media;

/**
 * A piece of a medium as one object of the store.
 *
 * @param key where it is
 */
public record Part(String key, long sizeBytes) {}
