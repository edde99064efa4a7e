package io.evenstep.worker.fault;

import io.evenstep.worker.fault.FrameFault.Kind;
import io.evenstep.worker.fault.FrameFault.Way;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.Wire;
import io.evenstep.worker.train.TrainingPlan.Resume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A small training and its faults, drawn from a seed. */
final class FrameFaultPlan {
  private static final int[] LENGTHS = {5, 5, 3_000, 3_000, 200_000}; // the last: many chunks
  private static final Wire[] WIRES = {Wire.FLOAT32, Wire.FLOAT32, Wire.BFLOAT16, Wire.INT8};
  private static final int MOST_RANKS = 4;
  private static final int MOST_FAULTS = 3;
  private static final double HANDSHAKES = 0.15; // share of faults in the first messages

  private final SplittableRandom random;
  private final SmallTraining.Setup setup;

  FrameFaultPlan(long seed) {
    random = new SplittableRandom(seed);
    setup =
        new SmallTraining.Setup(
            2 + random.nextInt(MOST_RANKS - 1),
            random.nextBoolean() ? 4 : 8,
            LENGTHS[random.nextInt(LENGTHS.length)],
            random.nextInt(4) == 0
                ? new SyncPlan.Averaging(2, true)
                : new SyncPlan.AllReduce(WIRES[(int) Math.floorMod(seed, WIRES.length)]),
            random.nextInt(1 << MOST_RANKS),
            random.nextInt(4) == 0,
            random.nextInt(3),
            random.nextInt(4) == 0 ? Resume.NEVER : Resume.AUTO);
  }

  SmallTraining.Setup setup() {
    return setup;
  }

  /**
   * Draws the faults; call it once.
   *
   * @param messages number of messages in each direction without faults
   */
  List<FrameFault> faults(Map<Way, Integer> messages) {
    List<Way> ways = List.copyOf(messages.keySet());
    List<FrameFault> faults = new ArrayList<>();
    int count = Math.max(1, random.nextInt(1 + MOST_FAULTS)); // 1 is as likely as 2 and 3 together
    while (faults.size() < count) {
      Way way = ways.get(random.nextInt(ways.size()));
      int attempt = faults.isEmpty() ? 0 : random.nextInt(2);
      int range = random.nextDouble() < HANDSHAKES ? 2 : messages.get(way);
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      FrameFault fault =
          new FrameFault(kind, attempt, way, random.nextInt(range), random.nextDouble());
      if (faults.stream().noneMatch(other -> other.hitsWhat(fault))) {
        faults.add(fault);
      }
    }
    return faults;
  }
}
