package parley.message;

/**
 * What a recipient lacks: the deliveries of a conversation from one sequence up to another one.
 *
 * @param expected the sequence that was to come
 * @param found the one that came in its place
 */
public record Gap(ConversationId conversation, long expected, long found) {}
