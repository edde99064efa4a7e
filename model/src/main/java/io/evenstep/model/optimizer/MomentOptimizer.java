package io.evenstep.model.optimizer;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** An optimizer with a learning rate that keeps decaying means of past gradients. */
public abstract sealed class MomentOptimizer implements IUpdater permits CorrectedOptimizer, Lion {
  private static final long serialVersionUID = 1L;

  @JsonProperty("learningRate")
  private double learningRate;

  @JsonProperty("learningRateSchedule")
  private @Nullable ISchedule learningRateSchedule;

  @JsonProperty("beta1")
  private final double beta1;

  @JsonProperty("beta2")
  private final double beta2;

  MomentOptimizer(double beta1, double beta2) {
    this.beta1 = beta1;
    this.beta2 = beta2;
  }

  /** Names of the numbers that it keeps for each parameter, in the order of its state. */
  abstract List<String> remembered();

  /**
   * Replaces the gradient by what is subtracted from the parameters.
   *
   * @param gradient of a block of parameters, [n]
   * @param state one array for each of the numbers {@link #remembered}, [n]; updated
   * @param iteration steps before this one
   */
  abstract void apply(INDArray gradient, List<INDArray> state, int iteration, int epoch);

  /** The same settings with another learning rate. */
  abstract MomentOptimizer copy();

  /** Decay of the mean of gradients that gives the step. */
  public final double beta1() {
    return beta1;
  }

  /** Decay of the other mean; for {@link Lion}, decay of its only mean. */
  public final double beta2() {
    return beta2;
  }

  /** The values by which optimizers are compared. */
  List<Object> settings() {
    return List.of(getClass(), learningRate, beta1, beta2, Objects.hashCode(learningRateSchedule));
  }

  @Override
  public final long stateSize(long parameters) {
    return remembered().size() * parameters;
  }

  @Override
  public final GradientUpdater<MomentOptimizer> instantiate(
      @Nullable INDArray state, boolean initialize) {
    return new MomentUpdater(this, Objects.requireNonNull(state), initialize);
  }

  @Override
  public final GradientUpdater<MomentOptimizer> instantiate(
      Map<String, INDArray> state, boolean initialize) {
    return new MomentUpdater(this, state, initialize);
  }

  @Override
  public final double getLearningRate(int iteration, int epoch) {
    return learningRateSchedule == null
        ? learningRate
        : learningRateSchedule.valueAt(iteration, epoch);
  }

  @Override
  public final boolean hasLearningRate() {
    return true;
  }

  @Override
  public final void setLrAndSchedule(double rate, @Nullable ISchedule schedule) {
    this.learningRate = rate;
    this.learningRateSchedule = schedule;
  }

  @Override
  public final MomentOptimizer clone() {
    MomentOptimizer copy = copy();
    copy.setLrAndSchedule(
        learningRate, learningRateSchedule == null ? null : learningRateSchedule.clone());
    return copy;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof MomentOptimizer that
        && settings().equals(that.settings())
        && Objects.equals(learningRateSchedule, that.learningRateSchedule);
  }

  @Override
  public final int hashCode() {
    return settings().hashCode();
  }
}
