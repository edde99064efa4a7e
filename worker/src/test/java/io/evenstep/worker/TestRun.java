package io.evenstep.worker;

import io.evenstep.model.augment.AugmentPlan;
import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.data.PackSplit;
import io.evenstep.model.engine.Learner;
import io.evenstep.worker.comm.Ranks;
import io.evenstep.worker.comm.Rendezvous;
import io.evenstep.worker.comm.TestLimits;
import io.evenstep.worker.comm.TestSecret;
import io.evenstep.worker.feed.TestPack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** A run of a small network over a small pack, with workers as threads and real sockets. */
final class TestRun {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Limits LIMITS = TestLimits.all(LIMIT);
  private static final int ROWS = 203;

  static final Supplier<Learner> MOMENTUM =
      () -> new LinearNetwork(0.05, LinearNetwork.Kind.MOMENTUM);

  int shards = 8;
  boolean reproducible = true;
  int batch = 40;
  int epochs = 3;
  SyncPlan sync = new SyncPlan.AllReduce();
  Stopping stopping = Stopping.NEVER;
  long checkpointSteps;
  TrainingPlan.Resume resume = TrainingPlan.Resume.NEVER;
  Path output;
  ProgressListener listener = ProgressListener.SILENT;
  Supplier<Learner> networks = MOMENTUM;
  Supplier<Evaluator> evaluators = MeanLoss::new;
  Approach approach = (rank, rendezvous) -> rendezvous;
  Supplier<Augmenter> augmenters = () -> Augmenter.NONE;
  IntFunction<StopSign> stops = rank -> new StopSign();
  private final Path pack;

  /** How a rank comes to the rendezvous. */
  interface Approach {
    Rendezvous of(int rank, Rendezvous real) throws Exception;
  }

  private final TrainingPlan.Data data;

  TestRun(Path folder) throws Exception {
    pack = Files.createDirectories(folder.resolve("pack"));
    output = folder.resolve("run");
    PackSplit train = TestPack.write(pack, "train", ROWS);
    PackSplit validation = TestPack.write(pack, "validation", 61);
    data =
        new TrainingPlan.Data(pack.toUri().toString(), train, validation, train, AugmentPlan.NONE);
  }

  TrainingPlan plan() {
    TrainingPlan.Output out =
        new TrainingPlan.Output(output.toUri().toString(), checkpointSteps, 2, resume);
    return new TrainingPlan(
        "test-run",
        TestSecret.SECRET,
        "config",
        7,
        shards,
        reproducible,
        batch,
        epochs,
        sync,
        stopping,
        out,
        data,
        LIMITS);
  }

  List<WorkerReport> run(int workers) throws Exception {
    return Ranks.run(workers, rank(workers));
  }

  /** What each rank of a run does. */
  Ranks.Task<WorkerReport> rank(int workers) {
    TrainingPlan plan = plan();
    return (rank, rendezvous) ->
        work(plan, rank, workers, approach.of(rank, rendezvous), new Survivors(), listener);
  }

  /** What one rank does, in a process that holds these survivors. */
  WorkerReport work(
      TrainingPlan plan,
      int rank,
      int workers,
      Rendezvous rendezvous,
      Survivors survivors,
      ProgressListener hears)
      throws IOException {
    Seat seat =
        new Seat(
            rank,
            workers,
            rendezvous,
            TestPack.files(),
            TestPack.files(),
            survivors,
            stops.apply(rank),
            new WorkerMeter(),
            hears);
    return Worker.run(plan, networks.get(), TestPack::decoder, augmenters, evaluators, seat);
  }

  String sha(int workers) throws Exception {
    List<String> shas = run(workers).stream().map(WorkerReport::parametersSha256).toList();
    if (shas.stream().distinct().count() != 1) {
      throw new AssertionError("The replicas differ: " + shas);
    }
    return shas.get(0);
  }
}
