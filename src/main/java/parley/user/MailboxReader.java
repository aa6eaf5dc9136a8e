package parley.user;

import java.util.List;
import java.util.concurrent.CompletionStage;
import parley.message.Positioned;

/** Reads a mailbox back from the journal. */
public interface MailboxReader {

  /** All entries of the excerpt, ascending. Fails when the journal does. */
  CompletionStage<List<Positioned>> entries(Excerpt excerpt);
}
