package io.evenstep.worker.bench;

import io.evenstep.model.data.PackSplit;
import io.evenstep.model.metric.Evaluation;
import io.evenstep.model.network.Clipping;
import io.evenstep.model.network.Network;
import io.evenstep.model.network.NetworkSpec;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.OptimizerSpec;
import io.evenstep.model.network.ScheduleSpec;
import io.evenstep.model.network.Shape;
import io.evenstep.model.network.Task;
import io.evenstep.worker.Limits;
import io.evenstep.worker.OutputEvaluator;
import io.evenstep.worker.ProgressListener;
import io.evenstep.worker.Seat;
import io.evenstep.worker.StepClock.Phase;
import io.evenstep.worker.Stopping;
import io.evenstep.worker.SyncPlan;
import io.evenstep.worker.TrainingPlan;
import io.evenstep.worker.Worker;
import io.evenstep.worker.WorkerReport;
import io.evenstep.worker.comm.Ranks;
import io.evenstep.worker.comm.Secret;
import io.evenstep.worker.feed.TestPack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the time of a step goes, for the MLP 784-512-256-10 with a global batch of 128 on two
 * workers in one JVM, beside the same bytes over plain sockets in the same run. Arguments: number
 * of workers (2), epochs of 20,000 rows (3).
 */
public final class StepBench {
  private static final int ROWS = 20_000;
  private static final int BATCH = 128;

  private StepBench() {}

  /** Runs the benchmark and prints milliseconds a step. */
  public static void main(String[] args) throws Exception {
    int workers = args.length > 0 ? Integer.parseInt(args[0]) : 2;
    int epochs = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    Path folder = Files.createTempDirectory("evenstep-bench");
    PackSplit rows = BenchPack.write(folder, ROWS);
    run(folder, rows, workers, workers, 1); // [warms up]
    System.out.printf(
        "%-8s %-8s %9s %11s %9s %9s %9s %9s %9s%n",
        "workers",
        "shards",
        "compute",
        "communicate",
        "wait",
        "update",
        "feed",
        "wire",
        "overhead");
    for (int shards : new int[] {workers, 8}) {
      print(run(folder, rows, workers, shards, epochs), workers, shards);
    }
  }

  private static void print(WorkerReport report, int workers, int shards) throws Exception {
    Map<Phase, Double> millis = report.clockMillis();
    long steps = report.steps();
    double wire = 0;
    if (workers == 2) {
      wire = RawExchange.millisPerStep((int) (report.bytesLowerBoundPerStep() / 2), 200);
    }
    double communicate = millis.get(Phase.COMMUNICATE) / steps;
    double feed = millis.get(Phase.FEED) / steps;
    System.out.printf(
        "%-8d %-8d %9.3f %11.3f %9.3f %9.3f %9.3f %9.3f %9.3f%n",
        workers,
        shards,
        millis.get(Phase.COMPUTE) / steps,
        communicate,
        millis.get(Phase.WAIT) / steps,
        millis.get(Phase.UPDATE) / steps,
        feed,
        wire,
        communicate + feed - wire);
    System.out.printf(
        "%,.0f bytes a step and worker at the socket, least possible %,.0f; %,.0f examples/s%n",
        report.bytesSentPerStep(), report.bytesLowerBoundPerStep(), report.examplesPerSecond());
  }

  private static WorkerReport run(Path folder, PackSplit rows, int workers, int shards, int epochs)
      throws Exception {
    PackSplit none = new PackSplit(0, List.of());
    TrainingPlan plan =
        new TrainingPlan(
            "bench",
            Secret.random(),
            "",
            1,
            shards,
            true,
            BATCH,
            epochs,
            new SyncPlan.AllReduce(),
            Stopping.NEVER,
            new TrainingPlan.Output(
                folder.resolve("run").toUri().toString(), 0, 1, TrainingPlan.Resume.NEVER),
            new TrainingPlan.Data(folder.toUri().toString(), rows, none, none),
            Limits.DEFAULT);
    return Ranks.run(
            workers,
            (rank, rendezvous) ->
                Worker.run(
                    plan,
                    network(),
                    BenchPack::decoder,
                    OutputEvaluator.of(
                        () -> Evaluation.classification(BenchPack.CLASSES),
                        OutputEvaluator.Loss.OF_TASK),
                    new Seat(
                        rank,
                        workers,
                        rendezvous,
                        TestPack.files(),
                        TestPack.files(),
                        ProgressListener.SILENT)))
        .get(0);
  }

  private static Network network() {
    NetworkSpec spec =
        new NetworkSpec(
            new NetworkSpec.Named("mlp", Map.of("hidden", List.of(512, 256))),
            Optional.empty(),
            "xavier",
            "relu",
            0,
            0,
            0,
            0,
            Optional.of(new OptimizerSpec("adam", 0.001, Map.of())),
            new ScheduleSpec("constant", 0, 1000, Map.of()),
            Clipping.NONE,
            1);
    return Networks.build(
        spec,
        List.of(Shape.of(BenchPack.PIXELS)),
        List.of(Shape.of(BenchPack.CLASSES)),
        Task.CLASSIFICATION);
  }
}
