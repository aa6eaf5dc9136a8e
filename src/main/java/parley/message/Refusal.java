package parley.message;

/**
 * One refusal.
 *
 * @param detail what was wrong this time and what to do, in words for people
 */
public record Refusal(Failure failure, String detail) {}
