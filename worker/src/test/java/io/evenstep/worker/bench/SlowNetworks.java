package io.evenstep.worker.bench;

import io.evenstep.model.augment.AugmentPlan;
import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.catalog.layer.LayerDefaults;
import io.evenstep.model.data.pack.BlockEntry;
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
import io.evenstep.worker.evaluation.Judging;
import io.evenstep.worker.evaluation.OutputEvaluator;
import io.evenstep.worker.feed.TestPack;
import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.mesh.Rendezvous;
import io.evenstep.worker.net.Secret;
import io.evenstep.worker.plan.Limits;
import io.evenstep.worker.plan.Stopping;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.SyncPlan.Method;
import io.evenstep.worker.plan.Wire;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;

/**
 * Accuracy on MNIST's test digits, and bytes that a host sends for a step, for each way to keep the
 * replicas of two hosts in agreement. Neither depends on how fast the machine is. Arguments: the
 * folder of MNIST, number of seeds (3), epochs (8), units of the hidden layers (512,256), and a
 * regular expression that the names of the ways to measure match (all).
 */
public final class SlowNetworks {
  private static final int PIXELS = 784;
  private static final int CLASSES = 10;
  private static final int BLOCK_ROWS = 2_000;
  private static final int BATCH = 128;
  private static final int HOSTS = 2;
  private static final int SHARDS = 2;
  private static final double SPARSITY = 0.99;
  private static final int EVERY = 100; // steps between two averagings
  private static final Duration LIMIT = Duration.ofHours(1);

  private final Path folder = Files.createTempDirectory("evenstep-slow");
  private final PackSplit train;
  private final PackSplit test;
  private final int seeds;
  private final int epochs;
  private final List<Integer> hidden;

  /**
   * A way to train.
   *
   * @param optimizer of each replica
   */
  private record Way(String name, SyncPlan sync, OptimizerSpec optimizer) {}

  private SlowNetworks(Path mnist, int seeds, int epochs, List<Integer> hidden) throws IOException {
    this.seeds = seeds;
    this.epochs = epochs;
    this.hidden = hidden;
    this.train = pack(mnist, "train", "train");
    this.test = pack(mnist, "t10k", "test");
  }

  /** Prints a line of a table for each way. */
  public static void main(String[] args) throws Exception {
    SlowNetworks bench =
        new SlowNetworks(
            Path.of(args[0]),
            args.length > 1 ? Integer.parseInt(args[1]) : 3,
            args.length > 2 ? Integer.parseInt(args[2]) : 8,
            Arrays.stream((args.length > 3 ? args[3] : "512,256").split(","))
                .map(Integer::valueOf)
                .toList());
    String names = args.length > 4 ? args[4] : ".*";
    System.out.println("| Way | Accuracy, seeds 1, 2, ... | Mean | Bytes a step | Fewer |");
    System.out.println("|---|---|---|---|---|");
    for (Way way : ways()) {
      if (way.name.matches(names)) {
        bench.print(way);
      }
    }
    System.exit(0);
  }

  private static List<Way> ways() {
    OptimizerSpec momentum = new OptimizerSpec("momentum", 0.05, Map.of("momentum", 0.9));
    OptimizerSpec sgd = new OptimizerSpec("sgd", 0.05, Map.of());
    OptimizerSpec adam = new OptimizerSpec("adam", 0.001, Map.of());
    List<Way> ways = new ArrayList<>();
    for (Wire wire : Wire.values()) {
      String name = wire.name().toLowerCase(Locale.ROOT);
      ways.add(new Way(name + ", momentum", new SyncPlan.AllReduce(wire), momentum));
    }
    ways.add(new Way("float32, adam", new SyncPlan.AllReduce(), adam));
    ways.add(new Way("threshold, momentum", sharing(Method.THRESHOLD), momentum));
    ways.add(new Way("top-k, momentum", sharing(Method.TOP_K), momentum));
    ways.add(new Way("dgc, sgd", sharing(Method.DGC), sgd));
    ways.add(new Way("threshold, adam", sharing(Method.THRESHOLD), adam));
    ways.add(new Way("top-k, adam", sharing(Method.TOP_K), adam));
    ways.add(local("local steps, mean, adam", SyncPlan.Outer.MEAN, adam));
    SyncPlan.Outer outer = new SyncPlan.Outer(0.7, 0.6, Wire.FLOAT32);
    ways.add(local("local steps, outer, adam", outer, adam));
    SyncPlan.Outer coded = new SyncPlan.Outer(0.7, 0.6, Wire.INT8);
    ways.add(local("local steps, outer, int8, adam", coded, adam));
    ways.add(local("local steps, outer, int8, momentum", coded, momentum));
    return ways;
  }

  private static SyncPlan sharing(Method method) {
    return new SyncPlan.Sharing(method, SPARSITY, 1e-3, 0.9, 0, 0);
  }

  private static Way local(String name, SyncPlan.Outer outer, OptimizerSpec optimizer) {
    return new Way(name, new SyncPlan.Averaging(EVERY, false, HOSTS, outer), optimizer);
  }

  private void print(Way way) throws Exception {
    List<String> each = new ArrayList<>();
    double sum = 0;
    double bytes = 0;
    for (int seed = 1; seed <= seeds; seed++) {
      WorkerReport report = run(way, seed);
      double accuracy = 100 * report.scores().test().get("test.accuracy");
      each.add(String.format(Locale.ROOT, "%.2f", accuracy));
      sum += accuracy;
      bytes += report.bytesPerStep().sent();
    }
    double whole = 4.0 * learner(way, 1).parameters().length(); // 2(H-1)/H is 1
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.2f | %,.0f | %.0f |%n",
        way.name,
        String.join(", ", each),
        sum / seeds,
        bytes / seeds,
        whole * seeds / bytes);
  }

  private WorkerReport run(Way way, int seed) throws Exception {
    TrainingPlan plan =
        new TrainingPlan(
            new TrainingPlan.Identity("slow", Secret.random(), "config", seed),
            new TrainingPlan.Batches(BATCH, SHARDS, true),
            epochs,
            way.sync,
            Stopping.NEVER,
            new TrainingPlan.Output(
                Files.createTempDirectory(folder, "run").toUri().toString(),
                0,
                1,
                TrainingPlan.Resume.NEVER),
            new TrainingPlan.Data(
                folder.toUri().toString(),
                train,
                new PackSplit(0, List.of()),
                test,
                AugmentPlan.NONE),
            Limits.DEFAULT);
    return Ranks.run(HOSTS, LIMIT, (rank, rendezvous) -> run(plan, way, seed, rank, rendezvous))
        .get(0);
  }

  private WorkerReport run(TrainingPlan plan, Way way, int seed, int rank, Rendezvous rendezvous)
      throws IOException {
    WorkerContext seat =
        new WorkerContext(
            rank,
            HOSTS,
            rendezvous,
            new WorkerContext.Files(TestPack.files(), TestPack.files()),
            new WorkerProcess(),
            new StopSign(),
            new WorkerMeter(),
            ProgressListener.SILENT);
    WorkerParts parts =
        new WorkerParts(
            () -> learner(way, seed),
            () -> BenchPack.decoder(Shape.of(PIXELS)),
            () -> Augmenter.NONE,
            OutputEvaluator.of(
                Map.of("label", () -> Evaluation.classification(CLASSES)),
                Judging.of(OutputEvaluator.Loss.OF_TASK)));
    return Worker.run(plan, parts, seat);
  }

  /** With 512 and 256 units it is the MLP of conf/mnist-mlp.yaml. */
  private Learner learner(Way way, int seed) {
    NetworkSpec spec =
        new NetworkSpec(
            new NetworkSpec.Named("mlp", Map.of("hidden", hidden)),
            Optional.empty(),
            Optional.empty(),
            "xavier",
            new LayerDefaults("relu", 0.2),
            NetworkSpec.Penalties.NONE,
            new NetworkSpec.Updates(
                Optional.of(way.optimizer),
                new ScheduleSpec("constant", 0, 1000, Map.of()),
                Clipping.NONE),
            seed);
    return Learners.of(
        Networks.build(
            spec, DataShape.of(Shape.of(PIXELS), Shape.of(CLASSES), Task.CLASSIFICATION)),
        Clipping.NONE,
        EngineChoice.STEP);
  }

  /** Writes rows of pixels and the class, as {@link BenchPack} does. */
  private PackSplit pack(Path mnist, String from, String name) throws IOException {
    byte[] images = read(mnist.resolve(from + "-images-idx3-ubyte.gz"), 16);
    byte[] labels = read(mnist.resolve(from + "-labels-idx1-ubyte.gz"), 8);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List<BlockEntry> blocks = new ArrayList<>();
    for (int first = 0; first < labels.length; first += BLOCK_ROWS) {
      int offset = all.size();
      int count = Math.min(BLOCK_ROWS, labels.length - first);
      CRC32C sum = new CRC32C();
      for (int row = first; row < first + count; row++) {
        sum.update(images, row * PIXELS, PIXELS);
        sum.update(labels[row]);
        all.write(images, row * PIXELS, PIXELS);
        all.write(labels[row]);
      }
      blocks.add(new BlockEntry(name, offset, count, (int) sum.getValue()));
    }
    Files.write(folder.resolve(name), all.toByteArray());
    return new PackSplit(labels.length, blocks);
  }

  private static byte[] read(Path file, int headerBytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      byte[] all = in.readAllBytes();
      return Arrays.copyOfRange(all, headerBytes, all.length);
    }
  }
}
