package io.evenstep.worker.bench;

import io.evenstep.model.data.PackSplit;
import io.evenstep.worker.StepClock.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the time of a step goes, for the MLP 784-512-256-10 with a global batch of 128 on workers
 * in one JVM, beside the same bytes over a plain socket in the same run. Arguments: number of
 * workers (2), epochs of 20,000 rows (6), of which the first third is not counted.
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
    Path folder = Files.createTempDirectory("evenstep-bench");
    PackSplit rows = BenchPack.write(folder, ROWS);
    new StepRun(folder, rows, workers, 8).times(epochs); // [warms up]
    System.out.println(
        "Milliseconds a step of rank 0. overhead = communicate + feed + other - wire. compute is\n"
            + "forward, backward and adding up the own shards; wait is until the last rank has its\n"
            + "gradient; communicate is from then until all have the sum, additions included; wire\n"
            + "is the same bytes over a plain socket; update is DL4J's optimizer.");
    System.out.printf("%-24s", "workers shards");
    for (Phase phase : SHOWN) {
      System.out.printf("%12s", phase.name().toLowerCase(java.util.Locale.ROOT));
    }
    System.out.printf("%12s%12s%12s%n", "step", "wire", "overhead");
    for (int shards : new int[] {workers, 8}) {
      StepRun run = new StepRun(folder, rows, workers, shards);
      Map<Phase, Samples> times = run.times(epochs);
      int bytes = Math.toIntExact(run.lowerBoundBytes() / 2); // a turn
      Samples wire = workers == 2 ? RawExchange.run(bytes, 1000) : new Samples(0);
      print(workers + " " + shards + " median", 50, times, run.steps(), wire);
      print(workers + " " + shards + " 10th percentile", 10, times, run.steps(), wire);
      System.out.printf(
          "%,d bytes a step and worker at the socket, least possible %,d; %,.0f examples/s%n",
          run.bytesPerStep(), run.lowerBoundBytes(), run.examplesPerSecond());
    }
  }

  private static void print(
      String what, int percent, Map<Phase, Samples> times, Samples steps, Samples wire) {
    System.out.printf("%-24s", what);
    for (Phase phase : SHOWN) {
      System.out.printf("%12.3f", times.get(phase).percentile(percent));
    }
    double overhead = -wire.percentile(percent);
    for (Phase phase : new Phase[] {Phase.COMMUNICATE, Phase.FEED, Phase.OTHER}) {
      overhead += times.get(phase).percentile(percent);
    }
    System.out.printf(
        "%12.3f%12.3f%12.3f%n", steps.percentile(percent), wire.percentile(percent), overhead);
  }
}
