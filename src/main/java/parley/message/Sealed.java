package parley.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * What only the devices of a conversation can read: an MLS message (RFC 9420). Parley knows what it
 * needs to keep commits in order, and nothing of what is said.
 *
 * @param epoch the one that it was made in
 * @param data the MLSMessage
 * @param welcome of a commit: the MLSMessage for the devices that it adds
 * @param media what is sent along, encrypted too: so that who gets the message can get those
 */
public record Sealed(
    Protocol protocol,
    long epoch,
    Kind kind,
    Opaque data,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Opaque> welcome,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<MediaId> media)
    implements Content {

  /** The most media that one message brings. */
  public static final int MEDIA_MOST = 10;

  public Sealed {
    media = media == null ? List.of() : List.copyOf(media);
  }

  /** How it is sealed. Stored: added to, never renamed. */
  public enum Protocol {
    @JsonProperty("mls")
    MLS
  }

  /** What is inside. Stored: added to, never renamed. */
  public enum Kind {
    /** What somebody says. */
    @JsonProperty("application")
    APPLICATION,
    /** What somebody wants the next commit to change. */
    @JsonProperty("proposal")
    PROPOSAL,
    /** Begins the next epoch: one for each. */
    @JsonProperty("commit")
    COMMIT,
    /** Begins the next epoch too, in a new group: nobody can go on in the one before. */
    @JsonProperty("restart")
    RESTART,
    /** What somebody thinks of a message: shown there, and nothing to be read by itself. */
    @JsonProperty("reaction")
    REACTION
  }

  /** Whether it begins an epoch, and so has to be the first that does. */
  public boolean beginsEpoch() {
    return kind == Kind.COMMIT || kind == Kind.RESTART;
  }

  @Override
  public List<MediaId> carries() {
    return media;
  }

  @Override
  public int sizeBytes() {
    return data.sizeBytes()
        + welcome.map(Opaque::sizeBytes).orElse(0)
        + media.stream().mapToInt(id -> id.value().length()).sum();
  }
}
