package io.evenstep.worker.progress;

import io.evenstep.model.engine.Learner;
import io.evenstep.worker.sync.StepWatch;
import java.util.Optional;

/**
 * Measures a step when asked to: the gradient's norm, and how far the parameters move. Other steps
 * cost nothing. The computed bits do not change.
 */
public final class StepMeasure implements StepWatch {
  private final Learner learner;
  private final UpdateRatio ratio;
  private final WeightSpread spread;
  private boolean wanted;
  private double norm; // of the mean gradient, in the measured step
  private Optional<ProgressEvent.StepMeasured> measured = Optional.empty();

  /** Measures steps of {@code learner}. */
  public StepMeasure(Learner learner) {
    this.learner = learner;
    this.ratio = new UpdateRatio(learner.parameters(), learner.layers());
    this.spread = new WeightSpread(learner.parameters(), learner.layers());
  }

  /** How the weights are spread now. */
  public ProgressEvent.WeightsSeen weights(long step) {
    return new ProgressEvent.WeightsSeen(step, spread.look());
  }

  /** Measures the next step that is taken. */
  public void measureNext() {
    wanted = true;
  }

  /** The measurement since the last call. */
  public Optional<ProgressEvent.StepMeasured> takeMeasured() {
    Optional<ProgressEvent.StepMeasured> taken = measured;
    measured = Optional.empty();
    return taken;
  }

  @Override
  public void before(int rows) {
    if (wanted) {
      norm = learner.gradient().norm() / rows;
      ratio.before();
    }
  }

  @Override
  public void after(long step, int epoch) {
    if (wanted) {
      wanted = false;
      UpdateRatio.Ratios moved = ratio.after();
      double rate = learner.learningRate(step, epoch).orElse(Double.NaN);
      measured =
          Optional.of(
              new ProgressEvent.StepMeasured(step + 1, rate, norm, moved.whole(), moved.layers()));
    }
  }
}
