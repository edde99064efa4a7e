package io.evenstep.driver.run;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.data.pack.Packer;
import io.evenstep.driver.data.pack.Preview;
import io.evenstep.driver.data.part.Reading;
import io.evenstep.driver.plan.ClusterPlan;
import io.evenstep.driver.plan.JobSite;
import io.evenstep.driver.plan.JobWeights;
import io.evenstep.driver.plan.LeastMemory;
import io.evenstep.driver.plan.StepTraffic;
import io.evenstep.driver.stage.Cuda;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.engine.ClassWeights;
import io.evenstep.model.network.NetworkSize;
import io.evenstep.model.network.Networks;
import io.evenstep.worker.plan.ShardPlan;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Every check of a job before it trains, in one order. {@code train} stops at the first refusal;
 * {@code plan} collects all of them. Both use this class, so they agree.
 */
final class Readiness {
  private final JobConfig job;
  private final TrainOptions options;
  private final JobSite site;
  private final Progress progress;
  private final Asking asking;

  Readiness(JobConfig job, TrainOptions options, JobSite site, Progress progress, Asking asking) {
    this.job = job;
    this.options = options;
    this.site = site;
    this.progress = progress;
    this.asking = asking;
  }

  /** Runs one check. */
  @FunctionalInterface
  interface Asking {
    /**
     * The result; empty when the job was refused and the refusal was recorded.
     *
     * @throws RuntimeException the refusal, when the first one ends the check
     */
    <T> Optional<T> tried(Supplier<T> question);

    /** Stops at the first refusal. */
    static <T> Optional<T> orThrow(Supplier<T> question) {
      return Optional.of(question.get());
    }
  }

  /**
   * What the checks found; complete when nothing was refused.
   *
   * @param workers that will train
   * @param rows of the job
   * @param start the network to start from
   * @param shards how a batch is cut
   */
  record Found(
      Optional<Integer> workers,
      Optional<Preview> rows,
      Optional<StartingNetwork> start,
      Optional<ShardPlan> shards) {}

  /** The report of a finished run. A damaged report is written again from the last checkpoint. */
  Optional<RunReport> done(RunFolder run) {
    if (options.resume() == Resume.NEVER) {
      return Optional.empty();
    }
    try {
      return run.report();
    } catch (DataException e) {
      progress.say("Writing the results of the run again: " + e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Reads rows only if files have changed. Data deleted since the run are not needed.
   *
   * @throws ConfigException when the run finished on different data
   */
  void requireDoneOnSameData(RunFolder run) {
    Optional<RunData> begun = RunData.of(run);
    try {
      Reading reading = site.reading();
      if (begun.isPresent() && !begun.get().packKey().equals(Packer.key(reading, job.data()))) {
        begun.get().requireSame(Packer.contentSha256(reading, job.data()), run);
      }
    } catch (DataException e) {
      progress.say("Cannot tell whether the data have changed since the run: " + e.getMessage());
    }
  }

  /**
   * Runs the checks that need neither rows nor workers.
   *
   * @return whether a network can be built here
   */
  boolean beforeData(RunFolder run) {
    requires(() -> run.requireOf(job));
    requires(() -> requireCheckpoint(run));
    requires(() -> Cuda.requireFit(job.device(), site.settings()));
    boolean card = requires(() -> context().ifPresent(Cuda::requireDriversCard));
    boolean network = card && requires(() -> Networks.check(job.network()));
    requires(() -> RunSecret.requireAllowed(job.training().peers().encryption(), site.settings()));
    requires(run::requireWritable);
    return network;
  }

  /**
   * Runs the remaining checks.
   *
   * @param builds whether a network can be built here
   * @param look packs the rows, or only counts them
   */
  Found withData(RunFolder run, boolean builds, Supplier<Preview> look) {
    Optional<Integer> workers = asking.tried(this::workers);
    workers.ifPresent(
        n -> requires(() -> context().ifPresent(spark -> Cuda.requireUsableCards(spark, n))));
    Optional<Preview> rows = asking.tried(look);
    rows.ifPresent(found -> requireUsable(run, found));
    Optional<StartingNetwork> start =
        rows.filter(found -> builds).flatMap(found -> asking.tried(() -> network(found)));
    Optional<ShardPlan> shards = Optional.empty();
    if (start.isPresent() && workers.isPresent()) {
      shards = Optional.of(job.training().shardPlan(rows.get().trainRows(), workers.get()));
      ShardPlan cut = shards.get();
      boolean shared = start.get().isShared(job.training().sync());
      NetworkSize size = start.get().size();
      requires(() -> LeastMemory.require(site, size, cut, shared));
      int hosts = ClusterPlan.hosts(site, shared, workers.get());
      requires(() -> StepTraffic.requireSendable(job.training(), size, cut, hosts));
    }
    return new Found(workers, rows, start, shards);
  }

  private boolean requires(Runnable question) {
    return asking
        .tried(
            () -> {
              question.run();
              return true;
            })
        .isPresent();
  }

  /** Only reading a checkpoint shows whether it is intact. */
  private void requireCheckpoint(RunFolder run) {
    if (options.resume() == Resume.MUST && !run.hasCheckpoints()) {
      throw new ConfigException(
          "Cannot resume: there is no checkpoint in " + run + "; use --resume auto to start");
    }
  }

  private int workers() {
    int asked = job.training().workers();
    if (!site.isLocal() && site.slots() < Math.max(1, asked)) {
      progress.say("Waiting for " + (asked > 1 ? asked + " task slots" : "a task slot"));
    }
    return site.await(asked, job.training().mostWorkers(), options.stop());
  }

  private void requireUsable(RunFolder run, Preview rows) {
    requires(() -> requireSameData(run, rows));
    MetricCheck metrics = new MetricCheck(job, rows);
    if (requires(metrics::requireRows)) {
      requires(() -> metrics.requireDefined(site.reading()));
    }
  }

  /** A run without checkpoints may start on different data. */
  private void requireSameData(RunFolder run, Preview rows) {
    if (options.resume() != Resume.NEVER && run.hasCheckpoints()) {
      RunData.of(run).ifPresent(begun -> begun.requireSame(sha256(rows), run));
    }
  }

  private String sha256(Preview rows) {
    return rows.dataSha256().orElseGet(() -> Packer.contentSha256(site.reading(), job.data()));
  }

  private StartingNetwork network(Preview rows) {
    job.augmentations().requireFits(rows.encoding());
    ClassWeights weights = JobWeights.of(job, rows);
    return StartingNetwork.of(job, rows, weights, site.hadoop());
  }

  /** A build for GPUs always has a session. */
  private Optional<JavaSparkContext> context() {
    return site.session().map(spark -> JavaSparkContext.fromSparkContext(spark.sparkContext()));
  }
}
