package parley.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
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
public final class Services implements ParameterResolver, ExecutionCondition {

  private static final Namespace SHARED = Namespace.create(Services.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    var java = firstJava17();
    if (java.exitCode() == 0) {
      return ConditionEvaluationResult.enabled("Services run on " + java.told());
    }
    if ("true".equals(System.getenv("CI"))) {
      throw new ExtensionConfigurationException(java.told());
    }
    return ConditionEvaluationResult.disabled(java.told());
  }

  private record Answer(int exitCode, String told) {}

  private static Answer firstJava17() {
    try {
      var search =
          new ProcessBuilder(TetheredProcess.home().resolve("java17").toString())
              .redirectErrorStream(true)
              .start();
      var told = new String(search.getInputStream().readAllBytes()).strip();
      return new Answer(search.waitFor(), told);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == RunningCassandra.class || type == RunningKafka.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var shared = context.getStore(StoreScope.LAUNCHER_SESSION, SHARED);
    return parameter.getParameter().getType() == RunningCassandra.class
        ? shared.computeIfAbsent(
            RunningCassandra.class, key -> RunningCassandra.start(), RunningCassandra.class)
        : shared.computeIfAbsent(
            RunningKafka.class, key -> RunningKafka.start(), RunningKafka.class);
  }
}
