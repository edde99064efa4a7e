package io.evenstep.driver.stage;

import java.lang.reflect.Field;
import java.util.Collections;
import java.util.Set;
import java.util.Timer;
import java.util.WeakHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.TaskScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a process exit after its main method returns. In Spark 3.5 the timer threads of barriers
 * outlive the context and keep the process running (SPARK-46895, fixed in 4.0), so a user's own
 * program would never exit.
 */
final class BarrierTimers extends SparkListener {
  private static final Logger log = LoggerFactory.getLogger(BarrierTimers.class);
  private static final String TASK = "org.apache.spark.BarrierTaskContext$";
  private static final String TASK_TIMER = "org$apache$spark$BarrierTaskContext$$timer";
  private static final String COORDINATOR_TIMER = "org$apache$spark$BarrierCoordinator$$timer";

  private static final Set<SparkContext> KNOWN = // guarded by the class
      Collections.newSetFromMap(new WeakHashMap<>());

  private final TaskScheduler scheduler;

  private BarrierTimers(TaskScheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Replaces the timers of a context that is about to run a barrier stage. */
  static synchronized void endWith(SparkContext context) {
    if (!KNOWN.add(context)) {
      return;
    }
    context.addSparkListener(new BarrierTimers(context.taskScheduler()));
    if (context.isLocal()) { // separate executors end their own process
      replaceTaskTimer();
    }
  }

  /** Tasks of a later context reuse this timer, so it is kept, but as a daemon. */
  private static void replaceTaskTimer() {
    try {
      Object tasks = Class.forName(TASK).getField("MODULE$").get(null);
      Field field = tasks.getClass().getDeclaredField(TASK_TIMER);
      field.setAccessible(true);
      if (field.get(tasks) instanceof Timer timer && !(timer instanceof Yielding)) {
        field.set(tasks, new Yielding());
        timer.cancel();
      }
    } catch (ReflectiveOperationException e) {
      log.debug("Cannot find the timer of Spark's barrier tasks: {}", e.toString());
    }
  }

  /** The coordinator belongs to the context and is not used again. */
  @Override
  public void onApplicationEnd(SparkListenerApplicationEnd end) {
    try {
      Object coordinator = scheduler.getClass().getMethod("barrierCoordinator").invoke(scheduler);
      if (coordinator != null
          && coordinator.getClass().getMethod(COORDINATOR_TIMER).invoke(coordinator)
              instanceof Timer timer) {
        timer.cancel();
      }
    } catch (ReflectiveOperationException e) {
      log.debug("Cannot find the timer of Spark's barrier coordinator: {}", e.toString());
    }
  }

  /** A timer with a daemon thread. */
  private static final class Yielding extends Timer {
    Yielding() {
      super("Barrier task timer for barrier() calls.", true);
    }
  }
}
