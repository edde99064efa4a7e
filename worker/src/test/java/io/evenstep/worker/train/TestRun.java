package io.evenstep.worker.train;

import io.evenstep.model.augment.AugmentPlan;
import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.model.engine.Learner;
import io.evenstep.worker.evaluation.Evaluator;
import io.evenstep.worker.evaluation.MeanLoss;
import io.evenstep.worker.feed.RowOrder;
import io.evenstep.worker.feed.TestPack;
import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.mesh.Rendezvous;
import io.evenstep.worker.net.TestSecret;
import io.evenstep.worker.plan.Limits;
import io.evenstep.worker.plan.Stopping;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.TestLimits;
import io.evenstep.worker.progress.ProgressListener;
import io.evenstep.worker.progress.StopSign;
import io.evenstep.worker.progress.WorkerMeter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** A run of a small network over a small pack, with workers as threads and real sockets. */
public final class TestRun {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Limits LIMITS = TestLimits.all(LIMIT);
  private static final int ROWS = 203;

  public static final Supplier<Learner> MOMENTUM =
      () -> new LinearNetwork(0.05, LinearNetwork.Kind.MOMENTUM);

  int shards = 8;
  boolean reproducible = true;
  int batch = 40;
  public int epochs = 3;
  public SyncPlan sync = new SyncPlan.AllReduce();
  Stopping stopping = Stopping.NEVER;
  long checkpointSteps;
  public TrainingPlan.Resume resume = TrainingPlan.Resume.NEVER;
  public Path output;
  public ProgressListener listener = ProgressListener.SILENT;
  public Supplier<Learner> networks = MOMENTUM;
  public Supplier<Evaluator> evaluators = MeanLoss::new;
  public Approach approach = (rank, rendezvous) -> rendezvous;
  Supplier<RecordDecoder> decoders = TestPack::decoder;
  Supplier<Augmenter> augmenters = () -> Augmenter.NONE;

  /** Which process a rank is in; by default each has its own. */
  IntFunction<WorkerProcess> processes = rank -> new WorkerProcess();

  public IntFunction<StopSign> stops = rank -> new StopSign();
  private final Path pack;

  /** How a rank gets its rendezvous. */
  public interface Approach {
    Rendezvous of(int rank, Rendezvous real) throws Exception;
  }

  private TrainingPlan.Data data;

  public TestRun(Path folder) throws Exception {
    pack = Files.createDirectories(folder.resolve("pack"));
    output = folder.resolve("run");
    PackSplit train = TestPack.write(pack, "train", ROWS);
    PackSplit validation = TestPack.write(pack, "validation", 61);
    data =
        new TrainingPlan.Data(pack.toUri().toString(), train, validation, train, AugmentPlan.NONE);
  }

  /** Cuts each batch into segments along time, with rows in stored order. */
  void segments(int count) {
    data =
        new TrainingPlan.Data(
            data.packFolder(),
            data.train(),
            data.validation(),
            data.test(),
            data.augmentations(),
            RowOrder.STORED,
            count,
            1);
  }

  /** Computes each shard in pieces, with shuffled rows. */
  void accumulate(int pieces) {
    data =
        new TrainingPlan.Data(
            data.packFolder(),
            data.train(),
            data.validation(),
            data.test(),
            data.augmentations(),
            RowOrder.SHUFFLED,
            1,
            pieces);
  }

  TrainingPlan plan() {
    TrainingPlan.Output out =
        new TrainingPlan.Output(output.toUri().toString(), checkpointSteps, 2, resume);
    return new TrainingPlan(
        new TrainingPlan.Identity("test-run", TestSecret.SECRET, "config", 7),
        new TrainingPlan.Batches(batch, shards, reproducible),
        epochs,
        sync,
        stopping,
        out,
        data,
        LIMITS);
  }

  public List<WorkerReport> run(int workers) throws Exception {
    return Ranks.run(workers, rank(workers));
  }

  /** Runs all ranks of a run. */
  public Ranks.Task<WorkerReport> rank(int workers) {
    TrainingPlan plan = plan();
    return (rank, rendezvous) ->
        work(plan, rank, workers, approach.of(rank, rendezvous), processes.apply(rank), listener);
  }

  /** Runs one rank, in a process that holds these survivors. */
  WorkerReport work(
      TrainingPlan plan,
      int rank,
      int workers,
      Rendezvous rendezvous,
      WorkerProcess survivors,
      ProgressListener hears)
      throws IOException {
    WorkerContext seat =
        new WorkerContext(
            rank,
            workers,
            rendezvous,
            new WorkerContext.Files(TestPack.files(), TestPack.files()),
            survivors,
            stops.apply(rank),
            new WorkerMeter(),
            hears);
    return Worker.run(plan, new WorkerParts(networks, decoders, augmenters, evaluators), seat);
  }

  public String sha(int workers) throws Exception {
    List<String> shas =
        run(workers).stream().map(report -> report.model().parametersSha256()).toList();
    if (shas.stream().distinct().count() != 1) {
      throw new AssertionError("The replicas differ: " + shas);
    }
    return shas.get(0);
  }
}
