package parley.media;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;
import java.io.EOFException;

/** Lets so many bytes through, and ends; fails when there are fewer. */
final class Exactly extends GraphStage<FlowShape<ByteString, ByteString>> {

  private final Inlet<ByteString> in = Inlet.create("Exactly.in");
  private final Outlet<ByteString> out = Outlet.create("Exactly.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
  private final long bytes;

  Exactly(long bytes) {
    this.bytes = bytes;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new GraphStageLogic(shape) {
      private long left = bytes;

      {
        setHandler(
            in,
            new AbstractInHandler() {
              @Override
              public void onPush() {
                onBytes(grab(in));
              }

              @Override
              public void onUpstreamFinish() {
                if (left > 0) {
                  failStage(new EOFException(left + " bytes are missing"));
                } else {
                  completeStage();
                }
              }
            });
        setHandler(
            out,
            new AbstractOutHandler() {
              @Override
              public void onPull() {
                pull(in);
              }
            });
      }

      @Override
      public void preStart() {
        if (left == 0) {
          completeStage();
        }
      }

      private void onBytes(ByteString some) {
        var next = some.size() > left ? some.take((int) left) : some;
        left -= next.size();
        push(out, next);
        if (left == 0) {
          completeStage();
        }
      }
    };
  }
}
