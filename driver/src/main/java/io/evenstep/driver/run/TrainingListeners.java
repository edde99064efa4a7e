package io.evenstep.driver.run;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.event.BackgroundListener;
import io.evenstep.driver.event.RunListener;
import io.evenstep.driver.event.RunListeners;
import io.evenstep.driver.metrics.TrainingMetrics;
import io.evenstep.driver.report.HistoryFiles;
import io.evenstep.driver.report.PageSource;
import io.evenstep.driver.report.ReportPage;
import io.evenstep.driver.report.RunRecord;
import io.evenstep.driver.report.live.LivePage;
import io.evenstep.driver.track.Mlflow;
import io.evenstep.driver.track.TensorBoard;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** The listeners of a job's training. */
final class TrainingListeners {
  /** A tracker that takes longer than this to finish is abandoned. */
  private static final Duration TRACKERS = Duration.ofSeconds(30);

  private TrainingListeners() {}

  /** All listeners of the job and of its caller. The caller closes the result. */
  static RunListeners of(
      JobConfig job,
      RunListener more,
      Progress progress,
      Configuration hadoop,
      Map<String, String> environment) {
    Clock clock = Clock.systemUTC();
    RunRecord record = new RunRecord(clock);
    List<RunListener> listeners = new ArrayList<>();
    listeners.add(new ProgressLines(progress));
    listeners.add(more);
    listeners.add(TrainingMetrics.publish());
    listeners.add(record);
    listeners.add(new HistoryFiles(record));
    PageSource source = new PageSource(record, hadoop);
    if (job.reportPage()) {
      listeners.add(new ReportPage(source));
    }
    job.ui().map(address -> new LivePage(source, address, progress::say)).ifPresent(listeners::add);
    if (job.reportTensorBoard()) {
      listeners.add(new BackgroundListener(new TensorBoard(clock), TRACKERS));
    }
    job.mlflow(environment)
        .map(config -> new Mlflow(config, environment, clock))
        .map(mlflow -> new BackgroundListener(mlflow, TRACKERS))
        .ifPresent(listeners::add);
    return RunListeners.of(listeners);
  }
}
