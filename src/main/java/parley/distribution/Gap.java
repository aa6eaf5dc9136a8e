package parley.distribution;

import parley.message.ConversationId;

/** What a recipient lacks: the delivery of that sequence in that conversation. */
record Gap(ConversationId conversation, long expected) {}
