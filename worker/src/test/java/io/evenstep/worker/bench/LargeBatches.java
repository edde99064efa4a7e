package io.evenstep.worker.bench;

import io.evenstep.model.augment.AugmentPlan;
import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.catalog.layer.LayerDefaults;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.metric.Evaluation;
import io.evenstep.model.network.DataShape;
import io.evenstep.model.network.NetworkSpec;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.OptimizerSpec;
import io.evenstep.model.network.ScheduleSpec;
import io.evenstep.model.network.Shape;
import io.evenstep.model.network.Task;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.worker.evaluation.OutputEvaluator;
import io.evenstep.worker.feed.TestPack;
import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.mesh.Rendezvous;
import io.evenstep.worker.net.Secret;
import io.evenstep.worker.plan.Limits;
import io.evenstep.worker.plan.Stopping;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.progress.ProgressListener;
import io.evenstep.worker.progress.StopSign;
import io.evenstep.worker.progress.WorkerMeter;
import io.evenstep.worker.train.Learners;
import io.evenstep.worker.train.TrainingPlan;
import io.evenstep.worker.train.Worker;
import io.evenstep.worker.train.WorkerContext;
import io.evenstep.worker.train.WorkerParts;
import io.evenstep.worker.train.WorkerProcess;
import io.evenstep.worker.train.WorkerReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Accuracy on MNIST's test digits after each epoch, for several batch sizes, optimizers and rates.
 * It does not depend on how fast the machine is. Arguments: the folder of MNIST, epochs (8), and
 * units of the hidden layers (128,64). Prints lines of optimizer, batch, rate, epoch and accuracy.
 */
public final class LargeBatches {
  private static final int CLASSES = 10;
  private static final int SHARDS = 1; // the fewest are the fastest
  private static final int WARM_UP_PART = 10; // of all steps
  private static final Duration LIMIT = Duration.ofHours(1);

  private final Path folder = Files.createTempDirectory("evenstep-large");
  private final int epochs;
  private final List<Integer> hidden;
  private final PackSplit train;
  private final PackSplit test;

  private LargeBatches(Path mnist, int epochs, List<Integer> hidden) throws IOException {
    this.epochs = epochs;
    this.hidden = hidden;
    MnistPack.write(mnist, folder);
    this.train = MnistPack.index(folder, "train", Integer.MAX_VALUE);
    this.test = MnistPack.index(folder, "test", Integer.MAX_VALUE);
  }

  /** Trains with each batch and optimizer at each of some rates. */
  public static void main(String[] args) throws Exception {
    int epochs = args.length > 1 ? Integer.parseInt(args[1]) : 8;
    String units = args.length > 2 ? args[2] : "128,64";
    List<Integer> hidden = List.of(units.split(",")).stream().map(Integer::valueOf).toList();
    LargeBatches bench = new LargeBatches(Path.of(args[0]), epochs, hidden);
    for (int batch : new int[] {256, 2048, 8192}) {
      double factor = batch / 256.0;
      double root = Math.sqrt(factor);
      bench.train("sgd", batch, 0.1 * factor, 0.1 * root, 0.4 * root);
      bench.train("lars", batch, 8, 32);
      bench.train("lamb", batch, 0.002 * root, 0.005 * root);
    }
    System.exit(0);
  }

  private void train(String optimizer, int batch, double... rates) throws Exception {
    for (double rate : Arrays.stream(rates).distinct().toArray()) {
      OptimizerSpec spec = new OptimizerSpec(optimizer, rate, Map.of());
      List<Map<String, Double>> accuracies = run(spec, batch).history().epochValidations();
      for (int epoch = 0; epoch < accuracies.size(); epoch++) {
        System.out.printf(
            Locale.ROOT,
            "%s,%d,%.4g,%d,%.4f%n",
            optimizer,
            batch,
            rate,
            epoch + 1,
            accuracies.get(epoch).get("validation.accuracy"));
      }
    }
  }

  private WorkerReport run(OptimizerSpec optimizer, int batch) throws Exception {
    TrainingPlan plan =
        new TrainingPlan(
            new TrainingPlan.Identity("large", Secret.random(), "config", 1),
            new TrainingPlan.Batches(batch, SHARDS, true),
            epochs,
            new SyncPlan.AllReduce(),
            Stopping.NEVER,
            new TrainingPlan.Output(
                Files.createTempDirectory(folder, "run").toUri().toString(),
                0,
                1,
                TrainingPlan.Resume.NEVER),
            new TrainingPlan.Data(
                folder.toUri().toString(),
                train,
                test,
                new PackSplit(0, List.of()),
                AugmentPlan.NONE),
            Limits.DEFAULT);
    long steps = plan.shardPlan(1).stepsPerEpoch() * epochs;
    ScheduleSpec schedule = new ScheduleSpec("cosine", steps / WARM_UP_PART, steps, Map.of());
    return Ranks.run(1, LIMIT, (rank, rendezvous) -> run(plan, optimizer, schedule, rendezvous))
        .get(0);
  }

  private WorkerReport run(
      TrainingPlan plan, OptimizerSpec optimizer, ScheduleSpec schedule, Rendezvous rendezvous)
      throws IOException {
    WorkerContext seat =
        new WorkerContext(
            0,
            1,
            rendezvous,
            new WorkerContext.Files(TestPack.files(), TestPack.files()),
            new WorkerProcess(),
            new StopSign(),
            new WorkerMeter(),
            ProgressListener.SILENT);
    WorkerParts parts =
        new WorkerParts(
            () -> learner(optimizer, schedule),
            () -> BenchPack.decoder(Shape.of(BenchPack.PIXELS)),
            () -> Augmenter.NONE,
            OutputEvaluator.of(
                Map.of("label", () -> Evaluation.classification(CLASSES)),
                OutputEvaluator.Loss.OF_TASK));
    return Worker.run(plan, parts, seat);
  }

  private Learner learner(OptimizerSpec optimizer, ScheduleSpec schedule) {
    NetworkSpec spec =
        new NetworkSpec(
            new NetworkSpec.Named("mlp", Map.of("hidden", hidden)),
            Optional.empty(),
            Optional.empty(),
            "xavier",
            new LayerDefaults("relu", 0),
            NetworkSpec.Penalties.NONE,
            new NetworkSpec.Updates(Optional.of(optimizer), schedule, Clipping.NONE),
            1);
    DataShape data =
        DataShape.of(Shape.of(BenchPack.PIXELS), Shape.of(CLASSES), Task.CLASSIFICATION);
    return Learners.of(Networks.build(spec, data), Clipping.NONE, EngineChoice.STEP);
  }
}
