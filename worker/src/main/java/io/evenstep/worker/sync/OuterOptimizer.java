package io.evenstep.worker.sync;

import io.evenstep.model.engine.Region;
import io.evenstep.model.engine.StateSection;
import io.evenstep.worker.plan.SyncPlan;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Nesterov's momentum over the mean change of all islands between two averagings: {@code v =
 * momentum v + change}, then {@code parameters = parameters - rate (change + momentum v)}. A change
 * is the parameters at the last averaging minus those now, like a gradient.
 */
public final class OuterOptimizer {
  private final SyncPlan.Outer plan;
  private final Region velocity; // [n]; [0] without momentum
  private final Region start; // [n], the parameters at the last averaging

  /**
   * An optimizer that has taken no step.
   *
   * @param length parameters
   */
  public OuterOptimizer(SyncPlan.Outer plan, long length) {
    this.plan = plan;
    this.velocity = Region.allocate(plan.momentum() == 0 ? 0 : length);
    this.start = Region.allocate(length);
  }

  /** The state kept from averaging to averaging besides the parameters. */
  public List<StateSection> state() {
    return velocity.length() == 0
        ? List.of()
        : List.of(new StateSection("outer-velocity", velocity));
  }

  /** The next changes are from here. */
  void startAt(Region parameters) {
    start.copyFrom(parameters);
  }

  /** Writes an island's change, times its rows. */
  void change(Region parameters, long rows, Region target) {
    parameters.refresh();
    FloatBuffer from = start.bytes().asFloatBuffer();
    FloatBuffer now = parameters.bytes().asFloatBuffer();
    FloatBuffer to = target.bytes().asFloatBuffer();
    for (int i = 0; i < from.limit(); i++) {
      to.put(i, (from.get(i) - now.get(i)) * rows);
    }
    target.written();
  }

  /**
   * Takes a step.
   *
   * @param change the mean over all islands, [n]
   * @return the new parameters, [n]
   */
  Region step(Region change) {
    change.refresh();
    velocity.refresh();
    float rate = (float) plan.learningRate();
    float momentum = (float) plan.momentum();
    FloatBuffer mean = change.bytes().asFloatBuffer();
    FloatBuffer parameters = start.bytes().asFloatBuffer();
    FloatBuffer past = velocity.bytes().asFloatBuffer();
    for (int i = 0; i < parameters.limit(); i++) {
      float ahead = mean.get(i);
      if (momentum > 0) {
        float v = momentum * past.get(i) + mean.get(i);
        past.put(i, v);
        ahead += momentum * v;
      }
      parameters.put(i, parameters.get(i) - rate * ahead);
    }
    start.written();
    velocity.written();
    return start;
  }
}
