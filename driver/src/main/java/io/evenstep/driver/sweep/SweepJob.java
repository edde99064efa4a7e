package io.evenstep.driver.sweep;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.StoppingConfig;
import io.evenstep.driver.config.key.Metrics;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.data.pack.Packer;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.driver.stage.JobLabel;
import io.evenstep.driver.stage.Slots;
import io.evenstep.driver.sweep.Halving.Round;
import io.evenstep.driver.sweep.SweepResult.Ranked;
import io.evenstep.driver.sweep.Trial.Standing;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Runs a sweep. Trials are drawn and train concurrently in one Spark application. After each round
 * the better ones continue. The same seed gives the same trials and the same result, however many
 * train at the same time.
 */
public final class SweepJob {
  private final SweepRequest request;
  private final SparkSession spark;
  private final Progress progress;
  private final JobConfig base;
  private final String metric;
  private final RunFolder sweep;

  private SweepJob(SweepRequest request, SparkSession spark, Progress progress) {
    this.request = request;
    this.spark = spark;
    this.progress = progress;
    this.base = request.jobs().apply(Map.of());
    this.metric = metric();
    this.sweep =
        RunFolder.of(base.output(), request.id(), spark.sparkContext().hadoopConfiguration());
  }

  /**
   * Runs the trials and finds the best one. Writes {@code sweep.csv} and {@code best.yaml}.
   *
   * @throws ConfigException when a trial's job is wrong, or there are no validation rows
   * @throws DataException when the data cannot be used, or all trials fail
   * @throws io.evenstep.driver.control.TemporaryException when a stop was requested; running the
   *     same sweep again resumes it
   */
  public static SweepResult run(SweepRequest request, SparkSession spark, Progress progress) {
    return new SweepJob(request, spark, progress).run();
  }

  /** The requested metric, else that of the job's early stopping, else the loss. */
  private String metric() {
    String own = base.training().stopping().map(StoppingConfig::metric).orElse("loss");
    return request.metric().orElse(own).replaceFirst("^validation\\.", "");
  }

  private SweepResult run() {
    int workers = Math.max(1, base.training().workers());
    int slots = Slots.await(spark.sparkContext(), workers, workers, request.stop());
    int free = Math.max(slots, Slots.available(spark.sparkContext()));
    int sideBySide = Math.min(free / workers, request.sideBySide().orElse(Integer.MAX_VALUE));
    List<Trial> trials = drawn(workers);
    requireRows(trials);
    requireSameSweep();
    pack(trials);
    Map<Trial, Standing> standings = new HashMap<>();
    List<Trial> left = trials;
    List<Round> rounds =
        Halving.rounds(trials.size(), base.training().epochs(), request.keepOneOf());
    for (int i = 0; i < rounds.size(); i++) {
      left = left.subList(0, Math.min(left.size(), rounds.get(i).trials()));
      sayRound(i, rounds, left.size(), sideBySide);
      boolean last = i == rounds.size() - 1;
      TrialRunner runner = new TrialRunner(spark, sweep, metric);
      RoundOfTrials round =
          new RoundOfTrials(runner, rounds.get(i).epochs(), last, progress, request.stop());
      standings.putAll(round.run(left, sideBySide));
      left = ranked(left, standings).stream().filter(t -> works(standings, t)).toList();
    }
    return result(ranked(trials, standings), standings);
  }

  private void sayRound(int i, List<Round> rounds, int trials, int sideBySide) {
    progress.say(
        String.format(
            Locale.ROOT,
            "Round %d of %d: %d trials to epoch %d, %d side by side",
            i + 1,
            rounds.size(),
            trials,
            rounds.get(i).epochs(),
            Math.min(trials, sideBySide)));
  }

  private static Standing standing(Map<Trial, Standing> standings, Trial trial) {
    return Objects.requireNonNull(standings.get(trial));
  }

  private static boolean works(Map<Trial, Standing> standings, Trial trial) {
    return standing(standings, trial).value().isPresent();
  }

  /** Reads all jobs before training starts, so that an invalid value is reported at once. */
  private List<Trial> drawn(int workers) {
    List<Trial> trials = new ArrayList<>();
    Set<Map<String, String>> known = new LinkedHashSet<>();
    for (int number = 1; number <= request.trials(); number++) {
      Map<String, String> values = request.space().drawn(base.seed(), number);
      if (known.add(values)) {
        Map<String, String> settings = new LinkedHashMap<>(values);
        settings.put("output", base.output() + "/" + request.id());
        settings.put("data.packs", base.packs());
        settings.put("training.workers", Integer.toString(workers));
        if (base.mlflow(System.getenv()).filter(to -> to.parent().isEmpty()).isPresent()) {
          settings.put("tracking.mlflow.parent", request.id());
        }
        trials.add(new Trial(number, values, request.jobs().apply(settings)));
      }
    }
    if (trials.size() < request.trials()) {
      progress.say(
          String.format(
              Locale.ROOT,
              "Left out %d trials that had the values of others",
              request.trials() - trials.size()));
    }
    return trials;
  }

  private void requireRows(List<Trial> trials) {
    for (Trial trial : trials) {
      if (trial.job().folds() > 1) {
        throw new ConfigException(
            "training.folds", "must be 1: a sweep judges by validation rows", trial.job().folds());
      }
      DataSpec data = trial.job().data();
      if (data.sources().validation().isEmpty() && data.fractions().validation() == 0) {
        throw new ConfigException(
            "data.validation.fraction", "must be above 0: trials are judged by those rows", "0");
      }
    }
    if (!Metrics.isName(metric)) {
      throw new ConfigException("--metric", Metrics.rule(), metric);
    }
  }

  /** Otherwise trials of another sweep in the same folder would count as this sweep's. */
  private void requireSameSweep() {
    String asked =
        String.format(
            Locale.ROOT,
            "job %s%ntried %s%ntrials %d, keep one of %d, by %s%n",
            base.sha256(),
            request.space(),
            request.trials(),
            request.keepOneOf(),
            metric);
    if (!sweep.read("sweep.txt").orElse(asked).equals(asked)) {
      throw new ConfigException(
          "--run-id", "must be new, or that of the same sweep of the same job", request.id());
    }
    sweep.write("sweep.txt", asked);
  }

  /** Runs once for all trials that use the same data. */
  private void pack(List<Trial> trials) {
    Set<DataSpec> data = new LinkedHashSet<>();
    trials.forEach(trial -> data.add(trial.job().data()));
    try (JobLabel label = JobLabel.of(spark.sparkContext(), request.id(), "pack")) {
      for (DataSpec each : data) {
        request.stop().requireNone("before it trained");
        Packer.pack(spark, each, new Path(base.packs()));
      }
    }
  }

  private List<Trial> ranked(List<Trial> trials, Map<Trial, Standing> standings) {
    Comparator<Double> better = Comparator.naturalOrder();
    Comparator<Double> order = Metrics.higherIsBetter(metric) ? better.reversed() : better;
    double worst = Metrics.higherIsBetter(metric) ? Double.NEGATIVE_INFINITY : Double.MAX_VALUE;
    List<Trial> sorted = new ArrayList<>(trials);
    sorted.sort(
        Comparator.comparing((Trial trial) -> works(standings, trial) ? 0 : 1)
            .thenComparing(trial -> -standing(standings, trial).epochs())
            .thenComparing(trial -> standing(standings, trial).value().orElse(worst), order)
            .thenComparing(Trial::number));
    return Collections.unmodifiableList(sorted);
  }

  private SweepResult result(List<Trial> ranked, Map<Trial, Standing> standings) {
    Trial best = ranked.get(0);
    if (!works(standings, best)) {
      throw new DataException(
          "Cannot choose a trial: all have failed, the first with: "
              + standing(standings, best).failure());
    }
    SweepResult result =
        new SweepResult(
            metric,
            request.space().keys(),
            ranked.stream().map(trial -> Ranked.of(trial, standing(standings, trial))).toList(),
            request.jobs().apply(best.values()).describe());
    sweep.write("sweep.csv", SweepTable.csv(result));
    sweep.write("best.yaml", result.bestJob());
    return result;
  }
}
