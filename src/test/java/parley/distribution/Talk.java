package parley.distribution;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.UserId;

/** What one user says to another: deliveries with dense sequences, from 1. */
record Talk(UserId from, UserId to) {

  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  /** Those with the sequences, both included. */
  List<Delivery> deliveries(int first, int last) {
    var deliveries = new ArrayList<Delivery>();
    for (int sequence = first; sequence <= last; sequence++) {
      deliveries.add(delivery(sequence));
    }
    return deliveries;
  }

  Delivery delivery(int sequence) {
    return delivery(sequence, "text " + sequence);
  }

  Delivery delivery(int sequence, String text) {
    var conversation = ConversationId.between(from, to);
    var id =
        MessageId.next(
            MessageId.first(conversation), START.plusMillis(sequence), conversation, from);
    return new Delivery(
        to,
        sequence,
        new Message(
            id,
            conversation,
            from,
            new ClientId("c" + sequence),
            new Content.Text(text),
            Optional.empty()));
  }
}
