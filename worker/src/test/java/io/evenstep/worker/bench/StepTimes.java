package io.evenstep.worker.bench;

import io.evenstep.worker.bench.StepRun.RankTimes;
import io.evenstep.worker.collective.StepClock.Phase;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Rank 0's milliseconds in each phase of each step. WAIT lasts until the last rank has its
 * gradient; COMMUNICATE is the time after that. The ranks share a clock here, so this is known
 * exactly.
 *
 * @param bytesPerStep bytes that rank 0 wrote to its socket
 */
record StepTimes(
    Map<Phase, BenchSamples> phases,
    BenchSamples steps,
    long bytesPerStep,
    long lowerBoundBytes,
    double examplesPerSecond) {

  /** The first third of the steps is not counted: the JVM is warm after it. */
  static StepTimes of(List<RankTimes> ranks, int batch) {
    RankTimes first = ranks.get(0);
    int count = first.computedAt.length;
    Map<Phase, BenchSamples> phases = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      phases.put(phase, new BenchSamples(count));
    }
    BenchSamples whole = new BenchSamples(count);
    double seconds = 0;
    for (int step = count / 3; step < count; step++) {
      Map<Phase, Double> spent = split(ranks, step);
      spent.forEach((phase, millis) -> phases.get(phase).add(millis));
      double sum = spent.values().stream().mapToDouble(Double::doubleValue).sum();
      whole.add(sum);
      seconds += sum / 1e3;
    }
    long bytes = (first.bytesAfter - first.bytesBefore) / count;
    double rate = (count - count / 3) * (double) batch / seconds;
    return new StepTimes(phases, whole, bytes, first.lowerBoundBytes, rate);
  }

  private static Map<Phase, Double> split(List<RankTimes> ranks, int step) {
    RankTimes own = ranks.get(0);
    Map<Phase, Double> spent = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      spent.put(phase, own.millis(step, phase));
    }
    long last = ranks.stream().mapToLong(rank -> rank.computedAt[step]).max().orElseThrow();
    double wait = (last - own.computedAt[step]) / 1e6;
    double both = spent.get(Phase.COMMUNICATE) + spent.get(Phase.WAIT);
    spent.put(Phase.WAIT, wait);
    spent.put(Phase.COMMUNICATE, both - wait);
    return spent;
  }
}
