package parley.services;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals that Java has no call for. */
public final class Signals {

  private Signals() {}

  /** SIGSTOP: the process keeps its connections and answers nothing. */
  public static void pause(long pid) {
    send("STOP", pid);
  }

  /** SIGCONT: it goes on as if nothing had been. */
  public static void resume(long pid) {
    send("CONT", pid);
  }

  private static void send(String name, long pid) {
    try {
      var kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("No process " + pid + " to send SIG" + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
