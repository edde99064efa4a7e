package io.evenstep.worker.bench;

import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.worker.collective.StepClock.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where the time of a step goes, for a global batch of 128 on workers in one JVM, beside the same
 * bytes over a plain socket in the same run. Arguments: number of workers (2), epochs of 20,000
 * rows (6), of which the first third is not counted, and model (mlp; or lenet).
 */
public final class StepBench {
  private static final int ROWS = 20_000;
  private static final Phase[] SHOWN = {
    Phase.COMPUTE, Phase.COMMUNICATE, Phase.WAIT, Phase.UPDATE, Phase.FEED, Phase.OTHER
  };

  private StepBench() {}

  /** Runs the benchmark and prints milliseconds a step. */
  public static void main(String[] args) throws Exception {
    int workers = args.length > 0 ? Integer.parseInt(args[0]) : 2;
    int epochs = args.length > 1 ? Integer.parseInt(args[1]) : 6;
    BenchModel model =
        BenchModel.valueOf((args.length > 2 ? args[2] : "mlp").toUpperCase(Locale.ROOT));
    Path folder = Files.createTempDirectory("evenstep-bench");
    PackSplit rows = BenchPack.write(folder, ROWS);
    new StepRun(model, folder, rows, workers, 8).times(epochs); // warms up
    printHead();
    StepTimes plain = print(model, folder, rows, workers, workers, epochs);
    StepTimes sharded = print(model, folder, rows, workers, 8, epochs);
    System.out.printf(
        "8 shards take %.2f times the step of %d (which is what reproducible: false does)%n",
        sharded.steps().median() / plain.steps().median(), workers);
  }

  private static void printHead() {
    System.out.println(
        """
        Milliseconds a step of rank 0. overhead = communicate + feed + other - wire.
        compute: forward, backward, adding up own shards;
        wait: until the last rank has its gradient; communicate: from then until rank 0
        has the sum, additions included; update: DL4J's optimizer; wire: the same bytes
        over a plain socket.""");
    System.out.printf("%-24s", "workers shards");
    for (Phase phase : SHOWN) {
      System.out.printf("%12s", phase.name().toLowerCase(Locale.ROOT));
    }
    System.out.printf("%12s%12s%12s%n", "step", "wire", "overhead");
  }

  private static StepTimes print(
      BenchModel model, Path folder, PackSplit rows, int workers, int shards, int epochs)
      throws Exception {
    StepTimes times = new StepRun(model, folder, rows, workers, shards).times(epochs);
    int turn = Math.toIntExact(times.lowerBoundBytes() / 2); // bytes
    BenchSamples wire = workers == 2 ? RawExchange.run(turn, 1000) : new BenchSamples(0);
    print(workers + " " + shards + " median", 50, times, wire);
    print(workers + " " + shards + " 10th percentile", 10, times, wire);
    System.out.printf(
        "%,d bytes a step and worker at the socket, least possible %,d; %,.0f examples/s%n",
        times.bytesPerStep(), times.lowerBoundBytes(), times.examplesPerSecond());
    return times;
  }

  private static void print(String what, int percent, StepTimes times, BenchSamples wire) {
    System.out.printf("%-24s", what);
    for (Phase phase : SHOWN) {
      System.out.printf("%12.3f", times.phases().get(phase).percentile(percent));
    }
    double overhead = -wire.percentile(percent);
    for (Phase phase : new Phase[] {Phase.COMMUNICATE, Phase.FEED, Phase.OTHER}) {
      overhead += times.phases().get(phase).percentile(percent);
    }
    System.out.printf(
        "%12.3f%12.3f%12.3f%n",
        times.steps().percentile(percent), wire.percentile(percent), overhead);
  }
}
