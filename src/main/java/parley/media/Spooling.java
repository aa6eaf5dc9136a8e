package parley.media;

import akka.stream.ActorAttributes;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import parley.media.Spooling.Piece;

/**
 * Writes bytes to files of the spool, a piece after the other. Where the bytes break off it ends in
 * order: with what has come until then, and {@link Piece#isCut} in the last piece.
 *
 * @param pieceBytesMax where one piece ends, and the next one begins
 */
final class Spooling extends GraphStage<FlowShape<ByteString, Piece>> {

  /**
   * A file with some of the bytes, which belongs to who gets it.
   *
   * @param digest of all bytes until its end, where one was asked for
   * @param isCut whether more was to come
   */
  record Piece(Path file, long sizeBytes, Optional<byte[]> digest, boolean isCut) {}

  private final Inlet<ByteString> in = Inlet.create("Spooling.in");
  private final Outlet<Piece> out = Outlet.create("Spooling.out");
  private final FlowShape<ByteString, Piece> shape = FlowShape.of(in, out);
  private final Spool spool;
  private final long pieceBytesMax;
  private final Optional<Checksum> checksum;

  Spooling(Spool spool, long pieceBytesMax, Optional<Checksum> checksum) {
    this.spool = spool;
    this.pieceBytesMax = pieceBytesMax;
    this.checksum = checksum;
  }

  @Override
  public FlowShape<ByteString, Piece> shape() {
    return shape;
  }

  /** It waits for the disk. */
  @Override
  public Attributes initialAttributes() {
    return super.initialAttributes()
        .and(ActorAttributes.dispatcher("akka.actor.default-blocking-io-dispatcher"));
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Writing();
  }

  private final class Writing extends GraphStageLogic {

    private final Optional<MessageDigest> digest = checksum.map(Checksum::newDigest);
    private ByteString rest = ByteString.emptyByteString();
    private Optional<Path> file = Optional.empty();
    private FileChannel channel;
    private long written;
    private boolean isCut;

    Writing() {
      super(shape);
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              rest = rest.concat(grab(in));
              goOn();
            }

            @Override
            public void onUpstreamFinish() {
              end();
            }

            @Override
            public void onUpstreamFailure(Throwable cut) {
              isCut = true;
              end();
            }
          });
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              goOn();
            }
          });
    }

    /** Writes what there is; hands a piece on when it is full, else asks for more. */
    private void goOn() {
      write();
      if (written == pieceBytesMax && isAvailable(out)) {
        push(out, piece());
      } else if (written < pieceBytesMax && !hasBeenPulled(in) && !isClosed(in)) {
        pull(in);
      }
    }

    /** More than one piece may have been left when the bytes ended. */
    private void end() {
      write();
      if (file.isEmpty()) {
        completeStage();
      } else {
        emit(out, piece(), this::end);
      }
    }

    private void write() {
      try {
        while (rest.nonEmpty() && written < pieceBytesMax) {
          if (file.isEmpty()) {
            file = Optional.of(spool.newFile());
            channel = FileChannel.open(file.get(), StandardOpenOption.WRITE);
          }
          var some = rest.take((int) Math.min(rest.size(), pieceBytesMax - written));
          rest = rest.drop(some.size());
          written += some.size();
          write(some.toByteBuffer());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void write(ByteBuffer bytes) throws IOException {
      digest.ifPresent(it -> it.update(bytes.duplicate()));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    private Piece piece() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      var piece =
          new Piece(
              file.orElseThrow(), written, digest.map(MessageDigest::digest), isCut);
      file = Optional.empty();
      written = 0;
      return piece;
    }

    @Override
    public void postStop() {
      if (file.isPresent()) {
        Spool.remove(piece().file());
      }
    }
  }
}
