package parley.message;

/**
 * One entry on its way to one mailbox.
 *
 * @param sequence its place among all that this conversation sends to this recipient: dense, from
 *     1. Below the expected one the recipient has it already; above it something is missing.
 */
public record Delivery(UserId recipient, long sequence, Entry entry) {}
