package parley.distribution;

/** Kafka cannot be used. The message is one sentence for whoever operates it: what to do. */
public final class KafkaProblem extends RuntimeException {

  private static final long serialVersionUID = 1;

  KafkaProblem(String message, Throwable cause) {
    super(message, cause);
  }
}
