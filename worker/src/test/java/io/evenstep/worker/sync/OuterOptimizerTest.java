package io.evenstep.worker.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.engine.Region;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.Wire;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OuterOptimizerTest {
  private static final int LENGTH = 50;

  /** The update of PyTorch's SGD with nesterov=True, in doubles. */
  @Test
  void followsNesterovsFormula() {
    double rate = 0.7;
    double momentum = 0.9;
    OuterOptimizer outer =
        new OuterOptimizer(new SyncPlan.Outer(rate, momentum, Wire.FLOAT32), LENGTH);
    Random random = new Random(5);
    Region parameters = random(random);
    double[] expected = doubles(parameters);
    double[] velocity = new double[LENGTH];
    outer.startAt(parameters);
    for (int step = 0; step < 20; step++) {
      Region island = random(random);
      double[] now = doubles(island);
      Region change = Region.allocate(LENGTH);
      outer.change(island, 3, change);
      change.divideBy(3);
      Region next = outer.step(change);
      for (int i = 0; i < LENGTH; i++) {
        double g = expected[i] - now[i];
        velocity[i] = momentum * velocity[i] + g;
        expected[i] -= rate * (g + momentum * velocity[i]);
      }
      assertThat(doubles(next)).containsExactly(expected, within(1e-4));
    }
  }

  @Test
  void goesToTheMeanWithARateOfOneAndNoMomentum() {
    OuterOptimizer outer = new OuterOptimizer(new SyncPlan.Outer(1, 0, Wire.INT8), LENGTH);
    Random random = new Random(6);
    outer.startAt(random(random));
    Region island = random(random);
    Region change = Region.allocate(LENGTH);
    outer.change(island, 1, change);
    assertThat(doubles(outer.step(change))).containsExactly(doubles(island), within(1e-6));
    assertThat(outer.state()).isEmpty();
  }

  private static Region random(Random random) {
    Region region = Region.allocate(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      region.bytes().asFloatBuffer().put(i, (float) random.nextGaussian());
    }
    region.written();
    return region;
  }

  private static double[] doubles(Region region) {
    double[] all = new double[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      all[i] = region.bytes().asFloatBuffer().get(i);
    }
    return all;
  }
}
