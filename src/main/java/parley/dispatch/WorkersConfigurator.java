package parley.dispatch;

import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import akka.dispatch.MonitorableThreadFactory;
import akka.dispatch.ThreadPoolConfig;
import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;

/**
 * Makes {@link Workers} for a dispatcher, as its {@code workers} says: as many as there are
 * processors times {@code size-factor}, between {@code size-min} and {@code size-max}.
 */
public final class WorkersConfigurator extends ExecutorServiceConfigurator {

  private final Workers.Limits limits;

  /** Akka makes it by its name. */
  public WorkersConfigurator(Config dispatcher, DispatcherPrerequisites prerequisites) {
    super(dispatcher, prerequisites);
    var config = dispatcher.getConfig("workers");
    this.limits =
        new Workers.Limits(
            ThreadPoolConfig.scaledPoolSize(
                config.getInt("size-min"),
                config.getDouble("size-factor"),
                config.getInt("size-max")),
            config.getInt("backlog"),
            config.getDuration("patience"));
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
    var named =
        threads instanceof MonitorableThreadFactory factory
            ? factory.withName(factory.name() + "-" + id)
            : threads;
    return () -> new Workers(limits, named);
  }
}
