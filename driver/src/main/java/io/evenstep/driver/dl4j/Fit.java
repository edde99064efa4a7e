package io.evenstep.driver.dl4j;

import io.evenstep.driver.config.key.Encryption;
import io.evenstep.driver.control.LogProgress;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.event.RunListeners;
import io.evenstep.driver.metrics.TrainingMetrics;
import io.evenstep.driver.run.Attempts;
import io.evenstep.driver.run.ProgressLines;
import io.evenstep.driver.run.Resume;
import io.evenstep.driver.run.RunSecret;
import io.evenstep.driver.run.TrainOptions;
import io.evenstep.driver.stage.Slots;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Engines;
import io.evenstep.model.network.trust.AllowedTypes;
import io.evenstep.worker.net.Secret;
import io.evenstep.worker.train.TrainingPlan;
import io.evenstep.worker.train.WorkerReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One {@code fit}: packs the examples, trains on them for one epoch, and updates the network in the
 * driver.
 */
final class Fit {
  private static final Logger log = LoggerFactory.getLogger(EvenstepTrainingMaster.class);

  private final MasterSettings settings;
  private final Trainee trainee;
  private final FitListeners listeners;
  private final FitStats stats;
  private final JavaSparkContext spark;
  private final Progress progress = new LogProgress(log, "");

  Fit(MasterSettings settings, Trainee trainee, FitListeners listeners, FitStats stats) {
    this.settings = settings;
    this.trainee = trainee;
    this.listeners = listeners;
    this.stats = stats;
    this.spark = trainee.spark();
  }

  /**
   * Trains for one epoch.
   *
   * @param keep how to persist the examples while they are packed
   * @throws io.evenstep.model.ConfigException when the network or the Spark session is not
   *     supported
   * @throws io.evenstep.model.DataException when the examples cannot be used
   * @throws io.evenstep.driver.control.TemporaryException when too many attempts lost workers
   */
  void run(JavaRDD<MultiDataSet> examples, StorageLevel keep) {
    SessionCheck.require(spark.getConf());
    AllowedTypes allowed = TraineeCheck.require(trainee);
    int slots = slots();
    long millis = System.currentTimeMillis();
    long nanos = System.nanoTime();
    FitFolder folder =
        FitFolder.create(settings.storage().exportDirectory(), spark.hadoopConfiguration());
    try {
      Optional<ExamplePack> pack =
          stats.time(FitStats.PACK, () -> ExamplePack.write(examples, keep, folder.path()));
      if (pack.isEmpty()) {
        log.warn("The RDD has no examples: the network is unchanged");
        return;
      }
      stats.fitDone(millis, nanos, fit(allowed, pack.get(), slots, folder.path()));
    } finally {
      folder.remove();
    }
  }

  private List<WorkerReport> fit(AllowedTypes allowed, ExamplePack pack, int slots, Path folder) {
    ExampleShapes.require(trainee, pack.layout());
    TraineeCheck.requireSegments(trainee, pack.layout(), settings);
    FitParts parts =
        new FitParts(allowed, pack.layout(), trainee.segmentSteps(), settings.sharding().engine());
    listeners.epochBegins(trainee);
    List<WorkerReport> reports =
        stats.time(FitStats.TRAIN, () -> train(pack, parts, slots, folder));
    return stats.time(FitStats.TAKE_OVER, () -> takeOver(parts, reports));
  }

  private List<WorkerReport> takeOver(FitParts parts, List<WorkerReport> reports) {
    WorkerReport report = reports.get(0);
    trainee.become(
        parts.learner(read(new Path(report.model().file()))), settings.averaging().saveUpdater());
    listeners.epochEnds(trainee, report, Math.max(1, settings.averaging().frequency()));
    return reports;
  }

  /** All-reduce gives the same result with fewer workers; averaging does not. */
  private int slots() {
    int most =
        settings.sharding().shards() == 0 ? Integer.MAX_VALUE / 2 : settings.sharding().shards();
    int needed = settings.averaging().isOn() ? settings.workers() : 0;
    int wanted = settings.workers() == 0 ? most : settings.workers();
    return Slots.await(spark.sc(), needed, wanted);
  }

  private List<WorkerReport> train(ExamplePack pack, FitParts parts, int slots, Path folder) {
    int workers = settings.workers() == 0 ? slots : settings.workers();
    TrainingPlan plan =
        FitPlan.of(
            settings,
            workers,
            parts.segments(),
            trainee.iterations(),
            pack.rows(),
            folder,
            secret());
    TrainOptions options = new TrainOptions("dl4j-" + folder.getName(), Resume.AUTO);
    byte[] zip = trainee.zip(!settings.averaging().saveUpdater());
    logEngine(parts.engine(zip));
    try (RunListeners listeners =
        RunListeners.of(List.of(new ProgressLines(progress), TrainingMetrics.publish()))) {
      return new Attempts(settings.attempts(), spark.sc(), options, listeners)
          .run(zip, parts, plan, slots)
          .reports();
    }
  }

  private void logEngine(Engines.Chosen chosen) {
    if (settings.sharding().engine() != EngineChoice.DL4J) {
      String because = chosen.objection().map(reason -> ", because of " + reason).orElse("");
      log.info("The network is computed by the engine {}{}", chosen.engine().name(), because);
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
