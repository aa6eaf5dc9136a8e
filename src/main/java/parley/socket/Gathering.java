package parley.socket;

import akka.Done;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands over together what has arrived together: all frames of one read from the socket, and those
 * that came while the session was busy. One frame alone waits for nothing but the end of its read.
 */
final class Gathering extends GraphStage<FlowShape<ClientFrame, List<ClientFrame>>> {

  /** What frames weigh that are handed over together, in bytes; a small one weighs a little too. */
  private static final long BYTES_MAX = 256 * 1024;

  private static final int FRAME_BYTES_MIN = 1024;

  private final Inlet<ClientFrame> in = Inlet.create("Gathering.in");
  private final Outlet<List<ClientFrame>> out = Outlet.create("Gathering.out");

  @Override
  public FlowShape<ClientFrame, List<ClientFrame>> shape() {
    return new FlowShape<>(in, out);
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic {

    // Comes when the stages have done all that the last read gave them to do.
    private final AsyncCallback<Done> readEnds = createAsyncCallback(done -> onReadEnds());
    private List<ClientFrame> frames = new ArrayList<>();
    private long bytes;
    private boolean reading;

    Logic() {
      super(shape());
      setHandlers(in, out, new Handler());
    }

    @Override
    public void preStart() {
      pull(in);
    }

    private void add(ClientFrame frame) {
      frames.add(frame);
      bytes += Math.max(FRAME_BYTES_MIN, frame.sizeBytes());
      if (bytes < BYTES_MAX) {
        pull(in);
      }
      if (!reading) {
        reading = true;
        readEnds.invoke(Done.getInstance());
      }
    }

    private void onReadEnds() {
      reading = false;
      handOver();
    }

    private void handOver() {
      if (reading || frames.isEmpty() || !isAvailable(out)) {
        return;
      }
      push(out, frames);
      frames = new ArrayList<>();
      bytes = 0;
      if (isClosed(in)) {
        completeStage();
      } else if (!hasBeenPulled(in)) {
        pull(in);
      }
    }

    private final class Handler extends AbstractInOutHandler {
      @Override
      public void onPush() {
        add(grab(in));
      }

      @Override
      public void onPull() {
        handOver();
      }

      @Override
      public void onUpstreamFinish() {
        if (frames.isEmpty()) {
          completeStage();
        }
      }
    }
  }
}
