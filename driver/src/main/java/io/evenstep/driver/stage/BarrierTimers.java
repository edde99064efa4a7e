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
 * Lets a process end whose main method has ended. The threads that time Spark's barriers outlive
 * the context in Spark 3.5 and keep the process (SPARK-46895, mended in 4.0): whoever trains in a
 * program of their own would wait for its end for ever.
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

  /** Sees to the timers of a context that is about to run a barrier stage. */
  static synchronized void endWith(SparkContext context) {
    if (!KNOWN.add(context)) {
      return;
    }
    context.addSparkListener(new BarrierTimers(context.taskScheduler()));
    if (context.isLocal()) { // executors of their own end their process themselves
      replaceTaskTimer();
    }
  }

  /** Tasks of a later context use it again: it stays, and no longer keeps the process. */
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
      log.debug("Spark's barrier tasks have no timer that is known: {}", e.toString());
    }
  }

  /** The coordinator is the context's own, and asked for nothing more. */
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
      log.debug("Spark's barrier coordinator has no timer that is known: {}", e.toString());
    }
  }

  /** A timer whose thread does not keep the process. */
  private static final class Yielding extends Timer {
    Yielding() {
      super("Barrier task timer for barrier() calls.", true);
    }
  }
}
