package parley.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** DNS by UDP, on loopback: every name has the same addresses, and no others than of IPv4. */
final class NameServer implements AutoCloseable {

  private static final int PACKET_BYTES_MAX = 512;
  private static final int HEADER_BYTES = 12;
  private static final int TYPE_AND_CLASS_BYTES = 4;
  private static final short ANSWER_WITHOUT_ERROR = (short) 0x8180;
  private static final short NAME_OF_THE_QUESTION = (short) (0xC000 | HEADER_BYTES);
  private static final short IPV4 = 1;
  private static final short INTERNET = 1;
  private static final int LIFETIME_SECONDS = 1;

  private final DatagramSocket socket;
  private final List<InetAddress> addresses;

  NameServer(String... addresses) throws IOException {
    this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    this.addresses = Arrays.stream(addresses).map(NameServer::parsed).toList();
    Thread.ofVirtual().start(this::serve);
  }

  private static InetAddress parsed(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens: {@code host:port}. */
  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        var asked = new DatagramPacket(new byte[PACKET_BYTES_MAX], PACKET_BYTES_MAX);
        socket.receive(asked);
        var answer = answer(ByteBuffer.wrap(asked.getData(), 0, asked.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, asked.getSocketAddress()));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private byte[] answer(ByteBuffer query) {
    int end = HEADER_BYTES;
    while (query.get(end) != 0) {
      end += 1 + query.get(end);
    }
    end += 1;
    var found = query.getShort(end) == IPV4 ? addresses : List.<InetAddress>of();
    var answer = ByteBuffer.allocate(PACKET_BYTES_MAX);
    answer.putShort(query.getShort(0)).putShort(ANSWER_WITHOUT_ERROR);
    answer.putShort((short) 1).putShort((short) found.size()).putInt(0);
    answer.put(query.array(), HEADER_BYTES, end + TYPE_AND_CLASS_BYTES - HEADER_BYTES);
    for (var address : found) {
      answer.putShort(NAME_OF_THE_QUESTION).putShort(IPV4).putShort(INTERNET);
      answer.putInt(LIFETIME_SECONDS).putShort((short) address.getAddress().length);
      answer.put(address.getAddress());
    }
    return Arrays.copyOf(answer.array(), answer.position());
  }

  @Override
  public void close() {
    socket.close();
  }
}
