package io.evenstep.model.bench;

import io.evenstep.model.NativeRuntime;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Precision;
import io.evenstep.model.engine.step.ShardShape;
import io.evenstep.model.engine.step.StepCompiler;
import io.evenstep.model.engine.step.StepProgram;
import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.OneDnn;
import io.evenstep.model.engine.step.update.FusedUpdate;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Milliseconds of one shard's gradient and of one update, alternating with DL4J. Reports the
 * computing thread's processor time, the minimum of several rounds, because other work on the
 * machine can only add to it.
 */
public final class KernelBench {
  private static final int SHARDS_A_STEP = 4;
  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

  private final int rows;
  private final int rounds;

  private KernelBench(int rows, int rounds) {
    this.rows = rows;
    this.rounds = rounds;
  }

  public static void main(String[] args) {
    int rows = args.length > 0 ? Integer.parseInt(args[0]) : 32;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 7;
    NativeRuntime.oneThread();
    System.out.printf(
        "%s, %d rows a shard; bfloat16: %s%n%-22s %9s %9s %9s %9s %7s %9s %9s %9s %7s%n",
        OneDnn.description(),
        rows,
        OneDnn.bfloat16Description().orElse("not on this processor"),
        "ms",
        "program",
        "bfloat16",
        "kernels",
        "DL4J",
        "faster",
        "load",
        "update",
        "DL4J",
        "faster");
    KernelBench bench = new KernelBench(rows, rounds);
    bench.run("mlp 64-128-64-10", BenchNetworks.mlp(64, 128, 64), 64);
    bench.run("mlp 784-512-256-10", BenchNetworks.mlp(784, 512, 256), 784);
    bench.run("lenet 20/50/500", BenchNetworks.lenet(), 1, 28, 28);
    bench.run("residual 16/32/64", BenchNetworks.residual(), 1, 28, 28);
    bench.run("lstm 28x28x128", BenchNetworks.lstm(), 28, 28);
  }

  private void run(String name, ComputationGraphConfiguration network, long... shape) {
    MiniBatch batch = batch(shape);
    ComputationGraph theirs = new ComputationGraph(network);
    theirs.init();
    theirs.setInputs(batch.features().get(0));
    theirs.setLabels(batch.labels().get(0));
    theirs.computeGradientAndScore();
    INDArray gradient = Nd4j.create(theirs.numParams());
    long parameters = theirs.params().data().address();
    long to = gradient.data().address();
    try (StepProgram program = StepCompiler.forTraining(network, ShardShape.of(batch))) {
      program.load(parameters);
      program.shard().of(batch);
      double[] best = new double[5];
      Arrays.fill(best, Double.MAX_VALUE);
      for (int round = 0; round < rounds; round++) {
        least(best, 0, () -> program.accumulate(1, to), 20);
        least(best, 1, theirs::computeGradientAndScore, 4);
        least(best, 2, () -> program.load(parameters), 20);
      }
      updates(theirs, best);
      double load = kernels(program, () -> program.load(parameters)) / SHARDS_A_STEP;
      double alone = load + kernels(program, () -> program.accumulate(1, to));
      print(name, best, alone, narrow(network, batch, parameters, to));
    }
  }

  /**
   * The program with products of bfloat16 in milliseconds, without load; NaN where there are none.
   */
  private double narrow(
      ComputationGraphConfiguration network, MiniBatch batch, long parameters, long to) {
    if (OneDnn.bfloat16Description().isEmpty()) {
      return Double.NaN;
    }
    double[] best = {Double.MAX_VALUE};
    try (StepProgram program =
        StepCompiler.forTraining(network, ShardShape.of(batch), Precision.BFLOAT16)) {
      program.load(parameters);
      program.shard().of(batch);
      for (int round = 0; round < rounds; round++) {
        least(best, 0, () -> program.accumulate(1, to), 20);
      }
    }
    return best[0];
  }

  private void print(String name, double[] best, double kernels, double narrow) {
    System.out.printf(
        Locale.ROOT,
        "%-22s %9.3f %9.3f %9.3f %9.3f %6.1fx %9.3f %9.3f %9.3f %6.1fx%n",
        name,
        best[0] + best[2] / SHARDS_A_STEP,
        narrow,
        kernels,
        best[1],
        best[1] / (best[0] + best[2] / SHARDS_A_STEP),
        best[2],
        best[3],
        best[4],
        best[4] / best[3]);
  }

  private void updates(ComputationGraph theirs, double[] best) {
    BaseMultiLayerUpdater<?> updater = theirs.getUpdater();
    INDArray state = updater.getStateViewArray();
    FusedUpdate ours =
        new FusedUpdate(
            updater,
            theirs.params().data().address(),
            theirs.getFlattenedGradients().data().address(),
            state.data().address(),
            state.length(),
            0);
    for (int round = 0; round < 5 * rounds; round++) {
      int step = round;
      least(
          best,
          3,
          () -> {
            ours.begin(step, 0, rows);
            ours.apply(0, theirs.numParams());
          },
          10);
      least(
          best,
          4,
          () -> {
            updater.update(theirs.gradient(), step, 0, rows, LayerWorkspaceMgr.noWorkspaces());
            theirs.params().subi(theirs.getFlattenedGradients().reshape(theirs.params().shape()));
          },
          2);
    }
  }

  /** Each kernel separately, with warm memory: less time than they take one after the other. */
  private double kernels(StepProgram program, Runnable work) {
    return KernelTimes.sum(program, work, this::milliseconds);
  }

  private double milliseconds(Kernel kernel) {
    double[] best = {Double.MAX_VALUE};
    for (int round = 0; round < 3 * rounds; round++) {
      least(best, 0, kernel::run, 5);
    }
    return best[0];
  }

  private static void least(double[] best, int which, Runnable work, int times) {
    long begin = THREAD.getCurrentThreadCpuTime();
    for (int i = 0; i < times; i++) {
      work.run();
    }
    best[which] = Math.min(best[which], (THREAD.getCurrentThreadCpuTime() - begin) / 1e6 / times);
  }

  private MiniBatch batch(long... shape) {
    long[] all = new long[shape.length + 1];
    all[0] = rows;
    System.arraycopy(shape, 0, all, 1, shape.length);
    INDArray labels = Nd4j.create(rows, 10);
    for (int row = 0; row < rows; row++) {
      labels.putScalar(row, row % 10, 1);
    }
    return MiniBatch.of(Nd4j.rand(all), labels);
  }
}
