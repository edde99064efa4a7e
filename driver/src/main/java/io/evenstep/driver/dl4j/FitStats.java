package io.evenstep.driver.dl4j;

import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.train.WorkerReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.stats.BaseEventStats;
import org.deeplearning4j.spark.stats.EventStats;
import org.deeplearning4j.spark.stats.ExampleCountEventStats;
import org.deeplearning4j.spark.util.SparkUtils;
import org.jspecify.annotations.Nullable;

/**
 * Times of fits. The driver records one event for each part of a fit. Each worker records one event
 * per phase and fit, with the total time spent in that phase.
 */
final class FitStats implements SparkTrainingStats {
  private static final long serialVersionUID = 1L;

  private static final String DELIMITER = ",";

  static final String FIT = "EvenstepFitTimesMs";
  static final String PACK = "EvenstepPackTimesMs";
  static final String TRAIN = "EvenstepTrainTimesMs";
  static final String TAKE_OVER = "EvenstepTakeOverTimesMs";

  private final Map<String, List<EventStats>> events = new LinkedHashMap<>();

  FitStats() {
    for (String part : List.of(FIT, PACK, TRAIN, TAKE_OVER)) {
      events.put(part, new ArrayList<>());
    }
    for (Phase phase : Phase.values()) {
      events.put(key(phase), new ArrayList<>());
    }
  }

  private static String key(Phase phase) {
    String name = phase.name().charAt(0) + phase.name().substring(1).toLowerCase(Locale.ROOT);
    return "EvenstepWorker" + name + "TimesMs";
  }

  /** Runs and times a part of a fit in the driver. */
  <T> T time(String part, Supplier<T> work) {
    long start = System.currentTimeMillis();
    long nanos = System.nanoTime();
    T result = work.get();
    add(part, new BaseEventStats(start, millisSince(nanos)));
    return result;
  }

  private static long millisSince(long nanos) {
    return Math.round((System.nanoTime() - nanos) / 1e6);
  }

  /** Adds the times of a fit that has just ended, and those of its workers. */
  void fitDone(long startMillis, long startNanos, List<WorkerReport> reports) {
    long examples = reports.get(0).course().examples();
    add(FIT, new ExampleCountEventStats(startMillis, millisSince(startNanos), examples));
    for (WorkerReport report : reports) {
      report
          .timing()
          .clockMillis()
          .forEach((phase, millis) -> add(key(phase), event(report, startMillis, millis)));
    }
  }

  private static EventStats event(WorkerReport report, long startMillis, double millis) {
    String worker = "worker " + report.rank();
    return new BaseEventStats(worker, worker, report.rank(), startMillis, Math.round(millis));
  }

  private void add(String key, EventStats event) {
    values(key).add(event);
  }

  private List<EventStats> values(String key) {
    List<EventStats> values = events.get(key);
    if (values == null) {
      throw new IllegalArgumentException(
          "Cannot find training stats "
              + key
              + ": it is the time of a DL4J Spark job, which Evenstep does not run; available keys"
              + " are "
              + events.keySet());
    }
    return values;
  }

  @Override
  public Set<String> getKeySet() {
    return events.keySet();
  }

  @Override
  public List<EventStats> getValue(String key) {
    return List.copyOf(values(key));
  }

  @Override
  public String getShortNameForKey(String key) {
    var unused = values(key);
    return key.substring("Evenstep".length(), key.length() - "TimesMs".length());
  }

  @Override
  public boolean defaultIncludeInPlots(String key) {
    return !key.equals(FIT);
  }

  @Override
  public void addOtherTrainingStats(SparkTrainingStats other) {
    for (String key : other.getKeySet()) {
      values(key).addAll(other.getValue(key));
    }
  }

  /** There are none: null, as in DL4J. */
  @Override
  public @Nullable SparkTrainingStats getNestedTrainingStats() {
    return null;
  }

  @Override
  public String statsAsString() {
    StringBuilder text = new StringBuilder();
    events.forEach(
        (key, values) ->
            text.append(String.format(Locale.ROOT, DEFAULT_PRINT_FORMAT, key))
                .append(joined(values, event -> Long.toString(event.getDurationMs()), DELIMITER))
                .append('\n'));
    return text.toString();
  }

  private static String joined(
      List<EventStats> values, Function<EventStats, String> text, String delimiter) {
    return values.stream().map(text).collect(Collectors.joining(delimiter));
  }

  /** One file per key, as in DL4J: a header, then one line per event. */
  @Override
  public void exportStatFiles(String outputPath, SparkContext sc) throws IOException {
    for (Map.Entry<String, List<EventStats>> each : events.entrySet()) {
      List<EventStats> values = each.getValue();
      String header = values.isEmpty() ? "" : values.get(0).getStringHeader(DELIMITER) + "\n";
      String lines = joined(values, event -> event.asString(DELIMITER), "\n");
      String file = new Path(outputPath, each.getKey() + ".txt").toString();
      SparkUtils.writeStringToFile(file, header + lines, sc);
    }
  }
}
