package parley.client;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Every line that is logged until it is closed; Parley's at the finest level. */
final class CaughtLog implements AutoCloseable {

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger parley = (Logger) LoggerFactory.getLogger("parley");

  CaughtLog() {
    lines.start();
    root.addAppender(lines);
    parley.setLevel(Level.TRACE);
  }

  List<byte[]> lines() {
    return lines.list.stream().map(it -> text(it).getBytes(StandardCharsets.UTF_8)).toList();
  }

  private static String text(ILoggingEvent event) {
    var thrown = event.getThrowableProxy();
    return event.getFormattedMessage() + (thrown == null ? "" : thrown.getMessage());
  }

  @Override
  public void close() {
    parley.setLevel(null);
    root.detachAppender(lines);
  }
}
