package parley.services;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the real services: {@code @ExtendWith(Services.class)}, and a parameter of type
 * {@link RunningCassandra} or {@link RunningKafka} in a constructor, a test or what comes before.
 *
 * <p>Each is started when first asked for, shared by all tests of the run, and gone at its end. So
 * a test keeps to keyspaces and topics of its own, and resumes what it has paused. Without Java 17
 * the tests are skipped with a line that says what to install; with CI=true they fail.
 */
public final class Services implements BeforeAllCallback, ParameterResolver {

  /** Before any parameter is asked for: there it is too late to skip. */
  @Override
  public void beforeAll(ExtensionContext context) {
    Java17.require();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == RunningCassandra.class || type == RunningKafka.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RunningCassandra.class
        ? RunningCassandra.shared()
        : RunningKafka.shared();
  }
}
