package io.evenstep.model.bench;

import io.evenstep.model.engine.step.StepProgram;
import io.evenstep.model.engine.step.kernel.Kernel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The time that the kernels of a program take alone, without what the program does between them.
 */
final class KernelTimes {
  private static final int SAMPLES = 7;
  private static final int MOST_RUNS = 50;
  private static final double LEAST_MILLISECONDS = 0.2; // of a sample

  private KernelTimes() {}

  /**
   * Milliseconds of all kernels that some work runs, each as often as the work runs it.
   *
   * @param work a part of a step, such as {@code load} or {@code accumulate}
   * @param milliseconds of one run of a kernel alone
   */
  static double sum(StepProgram program, Runnable work, ToDoubleFunction<Kernel> milliseconds) {
    List<Kernel> kernels = program.kernels();
    long[] runs = kernels.stream().mapToLong(Kernel::runs).toArray();
    work.run();
    for (int i = 0; i < runs.length; i++) {
      runs[i] = kernels.get(i).runs() - runs[i];
    }
    double sum = 0;
    for (int i = 0; i < runs.length; i++) {
      sum += runs[i] == 0 ? 0 : runs[i] * milliseconds.applyAsDouble(kernels.get(i));
    }
    return sum;
  }

  /** Milliseconds of one run by the clock: the median of several samples over warm memory. */
  static double median(Kernel kernel) {
    double first = milliseconds(kernel, 1);
    int times = (int) Math.max(1, Math.min(MOST_RUNS, LEAST_MILLISECONDS / first));
    List<Double> samples = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      samples.add(milliseconds(kernel, times));
    }
    Collections.sort(samples);
    return samples.get(SAMPLES / 2);
  }

  private static double milliseconds(Kernel kernel, int times) {
    long began = System.nanoTime();
    for (int i = 0; i < times; i++) {
      kernel.run();
    }
    return (System.nanoTime() - began) / 1e6 / times;
  }
}
