package io.evenstep.driver.run;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.data.pack.Packer;
import io.evenstep.driver.data.pack.Preview;
import io.evenstep.driver.plan.Amounts;
import io.evenstep.driver.plan.ClusterPlan;
import io.evenstep.driver.plan.JobPlan;
import io.evenstep.driver.plan.StepTraffic;
import io.evenstep.driver.plan.WorkerMemory;
import io.evenstep.driver.stage.Cuda;
import io.evenstep.driver.stage.Slots;
import io.evenstep.model.network.NetworkSize;
import io.evenstep.model.network.Networks;
import io.evenstep.worker.plan.ShardPlan;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Says what a job will need and what would make it fail; trains nothing and writes nothing. */
public final class PlanJob {
  private final JobConfig job;
  private final TrainOptions options;
  private final SparkSession spark;
  private final JobPlan plan = new JobPlan();

  private PlanJob(JobConfig job, TrainOptions options, SparkSession spark) {
    this.job = job;
    this.options = options;
    this.spark = spark;
  }

  /** Plans a job as {@link TrainJob#run} would run it in this session. */
  public static JobPlan run(JobConfig job, TrainOptions options, SparkSession spark) {
    return new PlanJob(job, options, spark).run();
  }

  private JobPlan run() {
    boolean builds = requireDevice() && requireReadable();
    Optional<RunFolder> run =
        plan.tried(
            () ->
                RunFolder.of(
                    job.output(), options.runId(), spark.sparkContext().hadoopConfiguration()));
    run.ifPresent(this::addRun);
    Optional<Preview> data =
        plan.tried(() -> Packer.preview(spark, job.data(), new Path(job.packs())));
    data.ifPresent(this::addData);
    data.flatMap(Preview::dataSha256).ifPresent(now -> run.ifPresent(r -> requireSameData(r, now)));
    Optional<StartingNetwork> start = builds ? data.flatMap(this::network) : Optional.empty();
    Optional<NetworkSize> size = start.map(StartingNetwork::size);
    size.ifPresent(this::addNetwork);
    start.ifPresent(network -> plan.fact("engine", network.engineWords()));
    int workers = workers();
    if (size.isPresent() && workers > 0) {
      addNeeds(data.get(), size.get(), workers);
    }
    return plan;
  }

  /** Returns whether a network can be built here. */
  private boolean requireDevice() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    plan.tried(
        () -> {
          Cuda.requireFit(job.device(), context.getConf());
          return true;
        });
    return plan.tried(
            () -> {
              Cuda.requireDriversCard(context);
              return true;
            })
        .isPresent();
  }

  /** Returns whether the file is whole that the network is in, if it is in one. */
  private boolean requireReadable() {
    return plan.tried(
            () -> {
              Networks.check(job.network());
              return true;
            })
        .isPresent();
  }

  private void addRun(RunFolder run) {
    plan.tried(
        () -> {
          run.requireOf(job);
          run.requireWritable();
          return run;
        });
    plan.fact("output", run.toString());
    List<String> kept = run.checkpoints();
    String newest = kept.isEmpty() ? "none" : "the newest of " + kept.size() + " is ";
    plan.fact("checkpoints", kept.isEmpty() ? newest : newest + kept.get(kept.size() - 1));
    plan.fact("done already", run.report().isPresent() ? "yes: train ends at once" : "no");
  }

  private void requireSameData(RunFolder run, String now) {
    plan.tried(
        () -> {
          if (run.hasCheckpoints() || run.report().isPresent()) {
            RunData.of(run).ifPresent(begun -> begun.requireSame(now, run));
          }
          return run;
        });
  }

  private void addData(Preview data) {
    plan.tried(
        () -> {
          new MetricCheck(job, data.validationRows(), data.testRows()).requireRows();
          return data;
        });
    plan.fact(
        "rows",
        String.format(
            Locale.ROOT,
            "%,d training, %,d validation, %,d test, counted by %s",
            data.trainRows(),
            data.validationRows(),
            data.testRows(),
            data.pack().isPresent() ? "an earlier pack" : "reading them all now"));
    String place =
        data.pack().map(folder -> RunFolder.shown(folder)).orElse("not there yet: train writes it");
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

  private Optional<StartingNetwork> network(Preview data) {
    return plan.tried(
        () -> {
          job.augmentations().requireFits(data.encoding());
          return StartingNetwork.of(job, data.encoding(), data.trainRows());
        });
  }

  private void addNetwork(NetworkSize size) {
    plan.fact(
        "network",
        String.format(
            Locale.ROOT,
            "%,d parameters, %,d floats of optimizer state, %,d activations a row",
            size.parameters(),
            size.optimizerState(),
            size.activations()));
  }

  /** Workers that would train; 0 when there are too few slots. */
  private int workers() {
    SparkContext context = spark.sparkContext();
    int asked = job.training().workers();
    int workers =
        plan.tried(() -> Slots.await(context, asked, job.training().shards(), options.stop()))
            .orElse(0);
    plan.fact(
        "workers",
        String.format(
            Locale.ROOT,
            "%s asked, %d task slots at %s",
            asked == 0 ? "as many as there are" : String.valueOf(asked),
            Slots.available(context),
            context.master()));
    return workers;
  }

  private void addNeeds(Preview data, NetworkSize size, int workers) {
    ShardPlan shards = job.training().shardPlan(data.trainRows(), workers);
    StepTraffic traffic = StepTraffic.of(job.training(), size, shards);
    WorkerMemory worker = WorkerMemory.of(job.training(), size, shards, traffic, data.bytes());
    plan.fact(
        "a step sends",
        String.format(Locale.ROOT, "%s a worker", Amounts.bytes(traffic.bytesPerStep())));
    if (workers > 1) {
      String every = traffic.everySteps() == 1 ? "" : ", every " + traffic.everySteps() + " steps";
      plan.fact("which takes", traffic.times() + every);
    }
    plan.fact("memory", "of each worker: " + worker.words());
    new ClusterPlan(spark.sparkContext(), plan).add(worker, size, workers);
  }
}
