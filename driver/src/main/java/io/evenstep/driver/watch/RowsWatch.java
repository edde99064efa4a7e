package io.evenstep.driver.watch;

import io.evenstep.driver.control.Progress;
import io.evenstep.driver.data.part.RowParts;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.util.LongAccumulator;
import scala.collection.JavaConverters;

/**
 * Shows how many rows Spark's tasks have read, until it is closed. Tasks count them by a {@link
 * #counter}, whose value arrives when a task ends and with each heartbeat of its executor. Jobs
 * that are done soon show nothing.
 */
public final class RowsWatch extends SparkListener implements AutoCloseable {
  private static final String PREFIX = "Evenstep: ";
  private static final String GROUP = "spark.jobGroup.id";
  private static final Duration QUIET = Duration.ofSeconds(2);

  private final SparkContext spark;
  private final Progress progress;
  private final String group;
  private final Duration quiet;

  // all guarded by this
  private final Set<Integer> stages = new HashSet<>();
  private final Map<Long, Long> running = new HashMap<>(); // rows by task
  private String phase = "";
  private String shown = "";
  private long began;
  private long tasks;
  private long ended;
  private long rows; // of ended tasks
  private boolean closed;

  private RowsWatch(SparkContext spark, Progress progress, String group, Duration quiet) {
    this.spark = spark;
    this.progress = progress;
    this.group = group;
    this.quiet = quiet;
  }

  /**
   * Watches the jobs of a group.
   *
   * @param group of the jobs; see {@code JobLabel}
   */
  public static RowsWatch of(SparkContext spark, Progress progress, String group) {
    return of(spark, progress, group, QUIET);
  }

  /** The same, with another time before anything is shown. */
  static RowsWatch of(SparkContext spark, Progress progress, String group, Duration quiet) {
    RowsWatch watch = new RowsWatch(spark, progress, group, quiet);
    spark.addSparkListener(watch);
    return watch;
  }

  /**
   * Counts rows in tasks.
   *
   * @param phase what is done with them, such as {@code Packing}
   */
  public static LongAccumulator counter(SparkContext spark, String phase) {
    return spark.longAccumulator(PREFIX + phase);
  }

  /** The same for rows that may be read without Spark; then nothing is shown. */
  public static LongAccumulator counter(RowParts rows, String phase) {
    return rows.context().map(spark -> counter(spark, phase)).orElseGet(LongAccumulator::new);
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart job) {
    Properties properties = job.properties();
    if (properties == null || !group.equals(properties.getProperty(GROUP))) {
      return;
    }
    stages.clear();
    running.clear();
    tasks = 0;
    ended = 0;
    rows = 0;
    phase = "";
    shown = "";
    began = System.nanoTime();
    for (StageInfo stage : JavaConverters.seqAsJavaList(job.stageInfos())) {
      stages.add(stage.stageId());
      tasks += stage.numTasks();
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
    if (stages.contains(task.stageId())) {
      long id = task.taskInfo().taskId();
      running.remove(id);
      ended++;
      rows += counted(JavaConverters.seqAsJavaList(task.taskInfo().accumulables())).orElse(0L);
      show();
    }
  }

  @Override
  public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    JavaConverters.seqAsJavaList(update.accumUpdates())
        .forEach(
            task -> {
              if (stages.contains((Integer) task._2())) {
                counted(JavaConverters.seqAsJavaList(task._4()))
                    .ifPresent(count -> running.put((Long) task._1(), count));
              }
            });
    show();
  }

  /** The rows that a task has counted so far; empty if it counts none. */
  private Optional<Long> counted(List<AccumulableInfo> values) {
    for (AccumulableInfo value : values) {
      boolean ours = value.name().isDefined() && value.name().get().startsWith(PREFIX);
      if (ours && value.update().isDefined() && value.update().get() instanceof Long count) {
        phase = value.name().get().substring(PREFIX.length());
        return Optional.of(count);
      }
    }
    return Optional.empty();
  }

  private void show() {
    boolean early = System.nanoTime() - began < quiet.toNanos();
    if (closed || phase.isEmpty() || early) {
      return;
    }
    if (!phase.equals(shown)) {
      progress.begin(phase, Math.max(1, tasks));
      shown = phase;
    }
    long all = rows + running.values().stream().mapToLong(Long::longValue).sum();
    progress.at(Math.min(ended, tasks), String.format(Locale.ROOT, "tasks, %,d rows", all));
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
    synchronized (this) {
      closed = true;
      if (!shown.isEmpty()) {
        progress.end();
      }
    }
  }
}
