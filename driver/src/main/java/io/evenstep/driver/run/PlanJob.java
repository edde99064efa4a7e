package io.evenstep.driver.run;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.TrainingConfig;
import io.evenstep.driver.config.key.Sync;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.data.pack.Packer;
import io.evenstep.driver.data.pack.Preview;
import io.evenstep.driver.data.source.SmallSources;
import io.evenstep.driver.lease.Lease;
import io.evenstep.driver.plan.Amounts;
import io.evenstep.driver.plan.ClusterPlan;
import io.evenstep.driver.plan.JobPlan;
import io.evenstep.driver.plan.JobSite;
import io.evenstep.driver.plan.StepTraffic;
import io.evenstep.driver.plan.WorkerMemory;
import io.evenstep.model.network.NetworkSize;
import io.evenstep.worker.cost.SyncChoice;
import io.evenstep.worker.plan.ShardPlan;
import io.evenstep.worker.plan.Wire;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Reports what a job will need and what would make it fail. Trains nothing and writes nothing. */
public final class PlanJob {
  private final JobConfig job;
  private final TrainOptions options;
  private final JobSite site;
  private final JobPlan plan = new JobPlan();

  private PlanJob(JobConfig job, TrainOptions options, JobSite site) {
    this.job = job;
    this.options = options;
    this.site = site;
  }

  /** Plans a job as {@link TrainJob#run} would run it in this session. */
  public static JobPlan run(JobConfig job, TrainOptions options, SparkSession spark) {
    return new PlanJob(job, options, JobSite.of(spark)).run();
  }

  /**
   * The same without a session, in the calling thread, if the rows are few and lie on this machine,
   * and there is no such run yet.
   *
   * @param settings of the session that the job would run in, whose master is local
   * @return empty if Spark is needed
   */
  public static Optional<JobPlan> here(
      JobConfig job, TrainOptions options, SparkConf settings, Configuration hadoop) {
    boolean small =
        job.data().sources().all().stream()
            .allMatch(source -> SmallSources.include(hadoop, source));
    return small && isNew(job, options, hadoop)
        ? Optional.of(new PlanJob(job, options, JobSite.here(settings, hadoop)).run())
        : Optional.empty();
  }

  /** Only a run that exists can need the fingerprint of its rows, which Spark's tasks compute. */
  private static boolean isNew(JobConfig job, TrainOptions options, Configuration hadoop) {
    JobPlan unheard = new JobPlan();
    return unheard
        .tried(
            () -> RunFolder.of(job.output(), options.runId(), hadoop).read("config.json").isEmpty())
        .orElse(false);
  }

  private JobPlan run() {
    Optional<RunFolder> run =
        plan.tried(() -> RunFolder.of(job.output(), options.runId(), site.hadoop()));
    run.ifPresent(this::plan);
    return plan;
  }

  private void plan(RunFolder run) {
    Readiness readiness = new Readiness(job, options, site, Progress.SILENT, plan::tried);
    if (isOf(run) && readiness.done(run).isPresent()) {
      addRun(run, "yes: train ends at once");
      plan.tried(asked(() -> readiness.requireDoneOnSameData(run)));
      new JobPlan().tried(this::preview).ifPresent(this::addData);
    } else {
      addRun(run, "no");
      boolean builds = readiness.beforeData(run);
      plan.tried(asked(() -> requireFree(run)));
      addFound(readiness.withData(run, builds, () -> rows(run)));
    }
  }

  /** Checks that the run belongs to this job. A refusal is reported with all others. */
  private boolean isOf(RunFolder run) {
    return new JobPlan().tried(asked(() -> run.requireOf(job))).isPresent();
  }

  private void requireFree(RunFolder run) {
    Lease.requireFree(run.files(), run.lease(), run.work(), options.stop(), Progress.SILENT);
  }

  private Preview preview() {
    return Packer.preview(site.reading(), job.data(), new Path(job.packs()));
  }

  /** Packs lie in the output folder, so they are not looked for when it cannot be written. */
  private Preview rows(RunFolder run) {
    Preview rows = preview();
    boolean output = new JobPlan().tried(asked(run::requireWritable)).isPresent();
    if (rows.pack().isEmpty() && output) {
      plan.tried(asked(() -> Packer.requireWritable(site.hadoop(), new Path(job.packs()))));
    }
    return rows;
  }

  private static Supplier<Boolean> asked(Runnable question) {
    return () -> {
      question.run();
      return true;
    };
  }

  private void addRun(RunFolder run, String done) {
    plan.fact("output", run.toString());
    List<String> kept = new JobPlan().tried(run::checkpoints).orElse(List.of());
    String newest = kept.isEmpty() ? "none" : "the newest of " + kept.size() + " is ";
    plan.fact("checkpoints", kept.isEmpty() ? newest : newest + kept.get(kept.size() - 1));
    plan.fact("done already", done);
  }

  private void addFound(Readiness.Found found) {
    found.rows().ifPresent(this::addData);
    found.start().ifPresent(this::addNetwork);
    addWorkers();
    if (found.shards().isPresent()) {
      addNeeds(found.rows().get(), found.start().get(), found.shards().get());
    }
  }

  private void addData(Preview data) {
    plan.fact(
        "rows",
        String.format(
            Locale.ROOT,
            "%,d training, %,d validation, %,d test, counted by %s",
            data.trainRows(),
            data.validationRows(),
            data.testRows(),
            data.pack().isPresent() ? "an earlier pack" : "reading all of them now"));
    String place =
        data.pack()
            .map(pack -> RunFolder.shown(pack.folder()))
            .orElse("not written yet: train writes it");
    plan.fact(
        "pack",
        String.format(
            Locale.ROOT, "%,d blocks, %s, %s", data.blocks(), Amounts.bytes(data.bytes()), place));
    if (!data.notices().isEmpty()) {
      plan.fact("warnings", String.join("\n", data.notices()));
    }
    long steps = job.training().steps(data.trainRows());
    int epochs = job.training().epochs();
    plan.fact(
        "steps",
        String.format(
            Locale.ROOT, "%,d: %,d in each of %,d epochs", steps, steps / epochs, epochs));
  }

  private void addNetwork(StartingNetwork start) {
    NetworkSize size = start.size();
    plan.fact(
        "network",
        String.format(
            Locale.ROOT,
            "%,d parameters, %,d floats of optimizer state, %,d activations per row",
            size.parameters(),
            size.optimizerState(),
            size.activations()));
    plan.fact("engine", start.engineWords());
  }

  private void addWorkers() {
    int asked = job.training().workers();
    plan.fact(
        "workers",
        String.format(
            Locale.ROOT,
            "%s requested, %d task slots at %s",
            asked == 0 ? "auto" : String.valueOf(asked),
            site.slots(),
            site.master()));
  }

  /** What the job needs with one way to keep replicas in agreement. */
  private record Needs(int hosts, StepTraffic traffic, WorkerMemory worker) {}

  private Needs needs(Preview data, StartingNetwork start, int workers, Sync way) {
    TrainingConfig training = job.training().with(way);
    ShardPlan shards = training.shardPlan(data.trainRows(), workers);
    int hosts = ClusterPlan.hosts(site, start.isShared(way), workers);
    StepTraffic traffic = StepTraffic.of(training, start.size(), shards, hosts);
    int recordBytes = data.encoding().recordBytes();
    WorkerMemory worker =
        WorkerMemory.of(training, start.size(), shards, hosts, traffic, data.bytes(), recordBytes);
    return new Needs(hosts, traffic, worker);
  }

  /** Where the run chooses, those of the way that sends most, and of the one that holds most. */
  private void addNeeds(Preview data, StartingNetwork start, ShardPlan shards) {
    NetworkSize size = start.size();
    int workers = shards.ranks();
    List<Needs> ways =
        job.training().sync().ways().stream().map(way -> needs(data, start, workers, way)).toList();
    Needs busiest = Collections.max(ways, Comparator.comparing(way -> way.traffic.bytesPerStep()));
    Needs largest = Collections.max(ways, Comparator.comparing(way -> way.worker.outsideHeap()));
    int hosts = busiest.hosts;
    StepTraffic traffic = busiest.traffic;
    WorkerMemory worker = largest.worker;
    if (shards.pieces() > 1) {
      plan.fact(
          "accumulates",
          String.format(
              Locale.ROOT,
              "each part of a batch in %,d pieces of up to %,d rows, one after the other",
              shards.pieces(),
              shards.mostRowsOfAPiece()));
    }
    plan.fact("a step sends", sent(traffic, hosts, workers) + wire(job.training().sync()));
    if (hosts > 1) {
      String every = traffic.everySteps() == 1 ? "" : ", every " + traffic.everySteps() + " steps";
      plan.fact("which takes", traffic.times() + every);
    }
    plan.fact("memory", "of each worker: " + worker.words());
    new ClusterPlan(site, plan).add(worker, size, workers);
  }

  private static String wire(Sync sync) {
    if (sync.ways().size() > 1) {
      String ways =
          String.join(", ", sync.ways().stream().map(way -> SyncChoice.name(way.plan())).toList());
      return "; at most, because the run chooses one of " + ways + " when it starts";
    }
    return sync.wire() == Wire.FLOAT32
        ? ""
        : "; sums are rounded to " + ScalarType.spelling(sync.wire());
  }

  private static String sent(StepTraffic traffic, int hosts, int workers) {
    String bytes = Amounts.bytes(traffic.bytesPerStep());
    if (hosts == workers) {
      return bytes + " per worker";
    }
    return hosts == 1
        ? "nothing: all workers share one replica in this process"
        : bytes + " from each of " + hosts + " processes";
  }
}
