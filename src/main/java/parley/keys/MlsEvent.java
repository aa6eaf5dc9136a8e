package parley.keys;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import parley.message.ClientId;
import parley.message.DeviceId;
import parley.message.Sealed;
import parley.message.UserId;

/**
 * What happened to an encrypted conversation, as its journal has it. The names below are stored:
 * they are added, never changed.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes(@JsonSubTypes.Type(value = MlsEvent.Committed.class, name = "committed"))
public sealed interface MlsEvent {

  /**
   * A commit was accepted. There is one event for each epoch and no other kind: the commit of an
   * epoch is the event whose sequence number is greater by one ({@link Commits}).
   */
  record Committed(
      UserId by, DeviceId device, ClientId clientId, Sealed commit, NextEpoch next, Instant at)
      implements MlsEvent {}
}
