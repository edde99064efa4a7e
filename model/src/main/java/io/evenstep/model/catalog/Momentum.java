package io.evenstep.model.catalog;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Gradient descent with heavy-ball momentum (Polyak 1964, "Some methods of speeding up the
 * convergence of iteration methods"): {@code v = momentum v + rate g}, subtracted from the
 * parameters. DL4J has only Nesterov's momentum.
 */
public final class Momentum implements IUpdater {
  private static final long serialVersionUID = 1L;

  @JsonProperty("learningRate")
  private double learningRate;

  @JsonProperty("learningRateSchedule")
  private @Nullable ISchedule learningRateSchedule;

  @JsonProperty("momentum")
  private final double momentum;

  /**
   * @param momentum share of the last step that is kept, at least 0 and below 1
   */
  public Momentum(@JsonProperty("momentum") double momentum) {
    this.momentum = momentum;
  }

  @Override
  public long stateSize(long parameters) {
    return parameters;
  }

  @Override
  public GradientUpdater<Momentum> instantiate(@Nullable INDArray state, boolean initialize) {
    return new HeavyBall(this, Objects.requireNonNull(state), initialize);
  }

  @Override
  public GradientUpdater<Momentum> instantiate(Map<String, INDArray> state, boolean initialize) {
    return new HeavyBall(this, Objects.requireNonNull(state.get(HeavyBall.VELOCITY)), initialize);
  }

  @Override
  public double getLearningRate(int iteration, int epoch) {
    return learningRateSchedule == null
        ? learningRate
        : learningRateSchedule.valueAt(iteration, epoch);
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  @Override
  public void setLrAndSchedule(double rate, @Nullable ISchedule schedule) {
    this.learningRate = rate;
    this.learningRateSchedule = schedule;
  }

  /** Share of the last step that is kept. */
  public double momentum() {
    return momentum;
  }

  @Override
  public Momentum clone() {
    Momentum copy = new Momentum(momentum);
    copy.setLrAndSchedule(
        learningRate, learningRateSchedule == null ? null : learningRateSchedule.clone());
    return copy;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Momentum that
        && learningRate == that.learningRate
        && momentum == that.momentum
        && Objects.equals(learningRateSchedule, that.learningRateSchedule);
  }

  @Override
  public int hashCode() {
    return Objects.hash(learningRate, momentum, learningRateSchedule);
  }
}
