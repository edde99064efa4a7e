package io.evenstep.driver.stage;

import io.evenstep.driver.metrics.Published;
import io.evenstep.driver.metrics.WorkerMetrics;
import io.evenstep.driver.stage.RankOutcome.Finished;
import io.evenstep.worker.progress.ProgressEvent;
import io.evenstep.worker.progress.StopSign;
import io.evenstep.worker.progress.WorkerMeter;
import io.evenstep.worker.train.TrainingPlan;
import io.evenstep.worker.train.Worker;
import io.evenstep.worker.train.WorkerContext;
import io.evenstep.worker.train.WorkerParts;
import io.evenstep.worker.train.WorkerProcess;
import io.evenstep.worker.train.WorkerReport;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

/**
 * The work of one task of the barrier stage. It meets the other ranks through Spark once, and then
 * trains to the end without Spark.
 */
final class RankTask extends AbstractFunction1<Iterator<Integer>, Iterator<RankOutcome>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TrainingPlan plan;
  private final RankParts parts;
  private final InetSocketAddress progress;
  private final Broadcast<byte[]> zip;
  private final Broadcast<SerializableConfiguration> hadoop;

  RankTask(
      TrainingPlan plan,
      RankParts parts,
      InetSocketAddress progress,
      Broadcast<byte[]> zip,
      Broadcast<SerializableConfiguration> hadoop) {
    this.plan = plan;
    this.parts = parts;
    this.progress = progress;
    this.zip = zip;
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<RankOutcome> apply(Iterator<Integer> rank) {
    return JavaConverters.asScalaIterator(List.of(outcome()).iterator());
  }

  private RankOutcome outcome() {
    BarrierTaskContext task = BarrierTaskContext.get();
    try {
      return new Finished(train(task));
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      return StageFailures.of(task.partitionId(), e);
    }
  }

  private WorkerReport train(BarrierTaskContext task) throws IOException {
    TaskDevice.ready();
    Configuration configuration = hadoop.value().value();
    int rank = task.partitionId();
    WorkerContext.Files files =
        new WorkerContext.Files(
            fileSystem(plan.data().packFolder(), configuration),
            fileSystem(plan.output().folder(), configuration));
    StopSign stop = new StopSign();
    WorkerMeter meter = new WorkerMeter();
    try (DriverLink voice = DriverLink.of(progress, plan, stop);
        Published gauges = WorkerMetrics.of(rank, meter)) {
      voice.listener().report(new ProgressEvent.Seated(rank, SparkEnv.get().executorId()));
      WorkerContext seat =
          new WorkerContext(
              rank,
              task.numPartitions(),
              new SparkRendezvous(task),
              files,
              WorkerProcess.THIS,
              stop,
              meter,
              voice.listener());
      WorkerParts made =
          new WorkerParts(
              () -> parts.learner(zip.value()),
              parts::decoder,
              () -> parts.augmenter(plan.data().augmentations()),
              parts::evaluator,
              parts.deciding());
      return Worker.run(plan, made, seat);
    }
  }

  private static FileSystem fileSystem(String folder, Configuration configuration)
      throws IOException {
    return new Path(folder).getFileSystem(configuration);
  }
}
