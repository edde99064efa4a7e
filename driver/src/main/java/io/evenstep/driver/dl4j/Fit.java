package io.evenstep.driver.dl4j;

import io.evenstep.driver.Attempts;
import io.evenstep.driver.Progress;
import io.evenstep.driver.Resume;
import io.evenstep.driver.RunSecret;
import io.evenstep.driver.TrainOptions;
import io.evenstep.driver.config.Encryption;
import io.evenstep.driver.metrics.TrainingMetrics;
import io.evenstep.driver.stage.Slots;
import io.evenstep.driver.stage.TrainingStage;
import io.evenstep.model.network.AllowedTypes;
import io.evenstep.worker.WorkerReport;
import io.evenstep.worker.comm.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The story of one {@code fit}: the examples are packed, trained on for one epoch, and the network
 * in the driver becomes what the workers have made of it.
 */
final class Fit {
  private final MasterSettings settings;
  private final Trainee trainee;
  private final FitListeners listeners;
  private final JavaSparkContext spark;
  private final Progress progress = new LogProgress();

  Fit(MasterSettings settings, Trainee trainee, FitListeners listeners) {
    this.settings = settings;
    this.trainee = trainee;
    this.listeners = listeners;
    this.spark = trainee.spark();
  }

  /**
   * Trains for one epoch.
   *
   * @param keep where to keep the examples while they are packed
   * @throws io.evenstep.model.ConfigException when network or Spark session cannot be used here
   * @throws io.evenstep.model.DataException when the examples cannot be used
   * @throws io.evenstep.driver.TemporaryException when workers were lost once too often
   */
  void run(JavaRDD<MultiDataSet> examples, StorageLevel keep) {
    SessionCheck.require(spark.getConf());
    AllowedTypes allowed = TraineeCheck.require(trainee);
    int slots = slots();
    FitFolder folder = FitFolder.create(settings.exportDirectory(), spark.hadoopConfiguration());
    try {
      ExamplePack pack = ExamplePack.write(examples, keep, folder.path());
      TraineeCheck.requireSegments(trainee, pack.layout(), settings);
      FitParts parts = new FitParts(allowed, pack.layout(), trainee.segmentSteps());
      listeners.epochBegins(trainee);
      WorkerReport report = train(pack, parts, slots, folder.path());
      trainee.become(parts.learner(read(new Path(report.model()))));
      listeners.epochEnds(trainee, report);
    } finally {
      folder.remove();
    }
  }

  /** All-reduce gives the same with fewer workers; averaging does not. */
  private int slots() {
    int most = settings.shards() == 0 ? Integer.MAX_VALUE / 2 : settings.shards();
    int needed = settings.averages() ? settings.workers() : 0;
    int wanted = settings.workers() == 0 ? most : settings.workers();
    return Slots.await(spark.sc(), needed, wanted);
  }

  private WorkerReport train(ExamplePack pack, FitParts parts, int slots, Path folder) {
    int workers = settings.workers() == 0 ? slots : settings.workers();
    FitPlans plans =
        new FitPlans(
            settings,
            settings.shardsFor(workers),
            Math.multiplyExact(settings.batchSizePerWorker(), workers),
            parts.segments(),
            trainee.iterations(),
            pack.rows(),
            folder.toString(),
            secret());
    TrainOptions options = new TrainOptions("dl4j-" + folder.getName(), Resume.AUTO);
    try (TrainingStage stage = new TrainingStage(spark, trainee.zip(), parts);
        TrainingMetrics metrics = TrainingMetrics.publish()) {
      return new Attempts(settings.attempts(), spark.sc(), options, progress, metrics)
          .run(stage, plans::attempt, slots)
          .reports()
          .get(0);
    }
  }

  private Secret secret() {
    return RunSecret.of(Encryption.AUTO, spark.getConf(), spark.sc().isLocal(), progress);
  }

  private byte[] read(Path file) {
    try {
      FileSystem files = file.getFileSystem(spark.hadoopConfiguration());
      try (InputStream in = files.open(file)) {
        return in.readAllBytes();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the trained network from " + file, e);
    }
  }
}
