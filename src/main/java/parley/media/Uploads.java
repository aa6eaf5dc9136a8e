package parley.media;

import static java.util.concurrent.CompletableFuture.completedStage;

import akka.stream.Attributes;
import akka.stream.KillSwitches;
import akka.stream.Materializer;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import parley.media.MediumReply.Known;
import parley.media.MediumReply.Refused;
import parley.media.MediumReply.ToAsk;
import parley.message.Failure;
import parley.message.MediaId;
import parley.message.Refusal;
import parley.message.UserId;
import parley.ops.Metrics;

/**
 * Takes uploads in. Bytes go from the socket to a file of this node's spool, and from there to the
 * store, a part after the other: so little is in memory, what a connection that breaks off has
 * brought is kept, a crash costs the last part at the most, and any node can go on. Where it goes
 * on the medium's actor decides: of two that bring the same bytes it takes one. On one node the
 * later one takes over, so that nobody fills the spool with many connections for one upload.
 */
public final class Uploads {

  private static final ToAsk NOT_FOUND =
      refused(Failure.NOT_FOUND, "There is no such upload, or it is not yours");

  private static final ToAsk MISMATCH =
      refused(
          Failure.CHECKSUM_MISMATCH, "The bytes do not have that checksum; none of them was kept");

  private static final ToAsk TAKEN_OVER =
      refused(Failure.UPLOAD_OFFSET, "Another connection brings the bytes of this upload now");

  private final MediumAsker actors;
  private final MediaStore store;
  private final Spool spool;
  private final Workshop workshop;
  private final Scene scene;
  private final Map<MediaId, SharedKillSwitch> turns = new ConcurrentHashMap<>();

  /** What there is around it. */
  public record Scene(
      MediaSettings settings, InstantSource clock, Metrics metrics, Materializer materializer) {}

  /** Bytes that are to be added to an upload, from the offset on. */
  public record Chunk(long offset, Source<ByteString, ?> bytes, Optional<Checksum> checksum) {}

  public Uploads(
      MediumAsker actors, MediaStore store, Spool spool, Workshop workshop, Scene scene) {
    this.actors = actors;
    this.store = store;
    this.spool = spool;
    this.workshop = workshop;
    this.scene = scene;
  }

  private static ToAsk refused(Failure failure, String detail) {
    return new Refused(new Refusal(failure, detail));
  }

  public MediaSettings.Limits limits() {
    return scene.settings().limits();
  }

  /**
   * Begins an upload. Refused with TOO_LARGE, MEDIA_REFUSED when it is empty, MEDIA_QUOTA.
   *
   * @param opaque whether it is encrypted, and never looked into
   */
  public CompletionStage<ToAsk> open(
      UserId owner, Optional<String> name, long sizeBytes, boolean opaque) {
    if (sizeBytes > limits().fileBytesMax()) {
      return completedStage(
          refused(
              Failure.TOO_LARGE,
              "The file has %d bytes, %d at most are allowed"
                  .formatted(sizeBytes, limits().fileBytesMax())));
    }
    if (sizeBytes == 0) {
      return completedStage(refused(Failure.MEDIA_REFUSED, "The file is empty"));
    }
    var id = MediaId.random(scene.clock().instant());
    return actors
        .askQuota(owner, replyTo -> new QuotaCommand.Reserve(id, sizeBytes, replyTo))
        .thenCompose(reply ->
            switch (reply) {
              case QuotaReply.Refused(Refusal why) -> completedStage((ToAsk) new Refused(why));
              case QuotaReply.Reserved reserved ->
                  completedStage(List.of(id))
                      .thenCompose(workshop::mark)
                      .thenCompose(marked ->
                          actors.<ToAsk>ask(
                              id,
                              replyTo ->
                                  new MediumCommand.Open(owner, name, sizeBytes, opaque, replyTo)))
                      .whenComplete((opened, failure) -> {
                        if (failure != null) {
                          actors.tellQuota(owner, new QuotaCommand.Release(id, sizeBytes));
                        }
                      });
            });
  }

  /** The upload, or the medium that it became, of its owner. */
  public CompletionStage<ToAsk> find(UserId owner, MediaId id) {
    return actors
        .<ToAsk>ask(id, MediumCommand.Describe::new)
        .thenApply(reply ->
            switch (reply) {
              case Known(Facts facts) when facts.owner().equals(owner) -> reply;
              case Known(Facts facts) -> NOT_FOUND;
              case Refused refused -> NOT_FOUND;
            });
  }

  /**
   * Adds bytes to the upload; what has come until they break off is kept, unless they have a
   * checksum. Refused with UPLOAD_OFFSET, TOO_LARGE, CHECKSUM_MISMATCH.
   */
  public CompletionStage<ToAsk> append(UserId owner, MediaId id, Chunk chunk) {
    return find(owner, id)
        .thenCompose(reply ->
            switch (reply) {
              case Known(Facts facts) -> append(facts, chunk);
              case Refused refused -> completedStage((ToAsk) refused);
            });
  }

  private CompletionStage<ToAsk> append(Facts facts, Chunk chunk) {
    if (scene.clock().instant().isAfter(facts.expiresAt())
        && facts.state() == Facts.State.UPLOADING) {
      return completedStage(NOT_FOUND);
    }
    if (facts.offset() != chunk.offset() || facts.state() != Facts.State.UPLOADING) {
      return completedStage(Medium.elsewhere(facts));
    }
    // With a checksum nothing counts before all of it is there.
    long pieceBytesMax = chunk.checksum().isPresent() ? Long.MAX_VALUE : limits().partBytesMax();
    var turn = takeTurn(facts.id());
    var nothingAdded = new Known(facts);
    return chunk
        .bytes()
        .via(turn.<ByteString>flow())
        .via(new Spooling(spool, pieceBytesMax, chunk.checksum()))
        .runWith(
            Sink.<ToAsk, Spooling.Piece>foldAsync(
                    nothingAdded,
                    (before, piece) ->
                        turns.get(facts.id()) == turn
                            ? add(before, piece, chunk)
                            : drop(piece, TAKEN_OVER))
                // One piece ahead, not sixteen: they are files.
                .addAttributes(Attributes.inputBuffer(1, 1)),
            scene.materializer())
        .thenApply(reply ->
            reply.equals(nothingAdded) && turns.get(facts.id()) != turn ? TAKEN_OVER : reply)
        .whenComplete((done, failure) -> turns.remove(facts.id(), turn))
        .thenApply(this::added);
  }

  /** Who came later is there for certain: the one before may be dead, and nobody has noticed. */
  private SharedKillSwitch takeTurn(MediaId id) {
    var turn = KillSwitches.shared("upload");
    var before = Optional.ofNullable(turns.put(id, turn));
    before.ifPresent(it -> it.abort(new IllegalStateException("Another one took over")));
    return turn;
  }

  private static CompletionStage<ToAsk> drop(Spooling.Piece piece, ToAsk answer) {
    Spool.remove(piece.file());
    return completedStage(answer);
  }

  private CompletionStage<ToAsk> add(ToAsk before, Spooling.Piece piece, Chunk chunk) {
    return switch (before) {
      case Refused refused -> drop(piece, refused);
      case Known(Facts facts) -> {
        var checksum = chunk.checksum();
        if (checksum.isPresent()
            && (piece.isCut() || !checksum.get().matches(piece.digest().orElseThrow()))) {
          yield drop(piece, MISMATCH);
        }
        yield keep(facts, piece);
      }
    };
  }

  private CompletionStage<ToAsk> keep(Facts facts, Spooling.Piece piece) {
    var key = Keys.next(facts.id(), "at-" + facts.offset());
    var part = new Part(key, piece.sizeBytes());
    return store
        .put(key, piece.file())
        .whenComplete((done, failure) -> Spool.remove(piece.file()))
        .thenCompose(done ->
            actors.<ToAsk>ask(
                facts.id(), replyTo -> new MediumCommand.AddPart(facts.offset(), part, replyTo)))
        .thenCompose(reply ->
            switch (reply) {
              case Known known -> {
                scene.metrics().mediaReceived(piece.sizeBytes());
                yield completedStage(reply);
              }
              case Refused refused -> store.delete(List.of(key)).thenApply(done -> reply);
            });
  }

  private ToAsk added(ToAsk reply) {
    if (reply instanceof Known(Facts facts) && facts.state() != Facts.State.UPLOADING) {
      actors.tellQuota(facts.owner(), new QuotaCommand.Keep(facts.id()));
      scene.metrics().mediaUploaded();
      workshop.attend(facts.id());
    }
    return reply;
  }

  /** Ends the upload, or removes the medium while it was never sent. Refused with NOT_ALLOWED. */
  public CompletionStage<ToAsk> remove(UserId owner, MediaId id) {
    return find(owner, id)
        .thenCompose(reply ->
            switch (reply) {
              case Refused refused -> completedStage(reply);
              case Known(Facts facts) ->
                  actors
                      .<ToAsk>ask(id, MediumCommand.Remove::new)
                      .thenApply(removed -> {
                        workshop.attend(id);
                        return removed;
                      });
            });
  }
}
