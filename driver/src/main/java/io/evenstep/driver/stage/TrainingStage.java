package io.evenstep.driver.stage;

import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.stage.RankOutcome.Failed;
import io.evenstep.driver.stage.RankOutcome.Finished;
import io.evenstep.model.Reason;
import io.evenstep.worker.progress.ProgressListener;
import io.evenstep.worker.progress.ProgressServer;
import io.evenstep.worker.train.TrainingPlan;
import io.evenstep.worker.train.WorkerReport;
import java.io.NotSerializableException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one attempt of a run: one job with one barrier stage and one task per worker. */
public final class TrainingStage implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TrainingStage.class);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final JavaSparkContext spark;
  private final RankParts parts;
  private final Shipment shipment;

  /**
   * Ships the network to start from to the executors.
   *
   * @param zip as DL4J saves it
   * @param parts what ranks create from it and from their rows
   */
  public TrainingStage(JavaSparkContext spark, byte[] zip, RankParts parts) {
    this.spark = spark;
    this.parts = parts;
    this.shipment = Shipment.of(spark, zip);
  }

  /**
   * Trains once, to the end or to the first failure.
   *
   * @param stop requests all workers to stop at a checkpoint
   * @param listener receives progress on a separate thread
   * @return one report per rank, in order of rank
   * @throws io.evenstep.worker.progress.StoppedException when it stopped on request
   * @throws AttemptLostException when a worker was lost; another attempt may succeed
   * @throws RuntimeException one of Evenstep's own, when another attempt would fail the same way
   */
  public List<WorkerReport> attempt(
      TrainingPlan plan, int workers, StopRequest stop, ProgressListener listener) {
    try (DeadSeats seats = new DeadSeats(listener, this::replace, GRACE);
        ProgressServer server =
            ProgressServer.start(
                Interfaces.ofDriver(spark.getConf()),
                plan.identity().runId(),
                plan.identity().secret(),
                seats);
        StopRequest.Hearing ranks = stop.hear(server::askToStop)) {
      RankTask task = new RankTask(plan, parts, address(server), shipment.zip(), shipment.hadoop());
      return reports(collect(task, workers, server));
    }
  }

  /** On a cluster, Spark replaces the executor; a local executor is this process. */
  private void replace(String executor) {
    SparkContext context = spark.sc();
    if (!context.isLocal()) {
      log.warn(
          "Replacing executor {}: its worker is lost, but the executor is still running", executor);
      context.killAndReplaceExecutor(executor);
    }
  }

  private InetSocketAddress address(ProgressServer server) {
    return InetSocketAddress.createUnresolved(
        Interfaces.driverSeenFrom(spark.getConf()), server.port());
  }

  private List<RankOutcome> collect(RankTask task, int workers, ProgressServer server) {
    try {
      ComputeTasks compute = ComputeTasks.of(spark.sc());
      return BarrierStage.collect(spark, compute, workers, task, RankOutcome.class);
    } catch (Exception e) { // collect() throws SparkException without declaring it
      if (spark.sc().isStopped()) {
        server.askToStop(); // tasks of a local Spark outlive the job
      }
      throw failure(e);
    }
  }

  /**
   * Translates Spark's exception when tasks end without a report: a worker was lost, or tasks never
   * started.
   */
  static RuntimeException failure(Exception thrown) {
    if (Stream.<Throwable>iterate(thrown, Objects::nonNull, Throwable::getCause)
        .anyMatch(NotSerializableException.class::isInstance)) {
      return new IllegalStateException("Cannot send the training task to the workers", thrown);
    } else if (thrown instanceof SparkException) {
      return new AttemptLostException("Spark lost a worker: " + firstLine(thrown), thrown);
    }
    return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown);
  }

  private static List<WorkerReport> reports(List<RankOutcome> outcomes) {
    List<WorkerReport> reports = new ArrayList<>();
    List<Failed> failures = new ArrayList<>();
    for (RankOutcome outcome : outcomes) {
      if (outcome instanceof Finished finished) {
        reports.add(finished.report());
      } else if (outcome instanceof Failed failed) {
        failures.add(failed);
      }
    }
    if (!failures.isEmpty()) {
      throw StageFailures.cause(failures);
    }
    reports.sort(Comparator.comparing(WorkerReport::rank));
    return reports;
  }

  private static String firstLine(Throwable failure) {
    return Reason.of(failure).lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    shipment.close();
  }
}
