package parley;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way from one device to the node, which can be cut: what a browser calls being offline leaves
 * its open sockets as they are.
 */
final class Cable implements AutoCloseable {

  private final InetSocketAddress node;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean isCut;

  Cable(URI node) {
    this.node = new InetSocketAddress(node.getHost(), node.getPort());
    try {
      listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Where the node is, seen from the device. */
  URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var device = listener.accept();
        if (isCut) {
          device.close();
        } else {
          connect(device);
        }
      } catch (IOException e) {
        // Closed, or the device has gone already.
      }
    }
  }

  private void connect(Socket device) throws IOException {
    var server = new Socket(node.getAddress(), node.getPort());
    sockets.add(device);
    sockets.add(server);
    Thread.ofVirtual().start(() -> pass(device, server));
    Thread.ofVirtual().start(() -> pass(server, device));
  }

  private void pass(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // One of them has ended, or it was cut: the other one ends too.
    } finally {
      end(from);
      end(to);
    }
  }

  private void end(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing passes any more, and nothing new begins. */
  void cut() {
    isCut = true;
    sockets.forEach(this::end);
  }

  void mend() {
    isCut = false;
  }

  @Override
  public void close() {
    cut();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
