package parley.user;

import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;

/** A message before its sender's actor has accepted it. */
public record Draft(ClientId clientId, ConversationId conversation, Content content) {}
