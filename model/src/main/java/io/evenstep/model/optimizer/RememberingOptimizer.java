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

/** An optimizer with a learning rate that keeps numbers for each parameter from step to step. */
public abstract sealed class RememberingOptimizer implements IUpdater
    permits Lars, MomentOptimizer {
  private static final long serialVersionUID = 1L;

  @JsonProperty("learningRate")
  private double learningRate;

  @JsonProperty("learningRateSchedule")
  private @Nullable ISchedule learningRateSchedule;

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
  abstract RememberingOptimizer copy();

  /** The values by which optimizers are compared, besides the learning rate. */
  abstract List<Object> settings();

  private List<Object> compared() {
    return List.of(getClass(), learningRate, settings(), Objects.hashCode(learningRateSchedule));
  }

  @Override
  public final long stateSize(long parameters) {
    return remembered().size() * parameters;
  }

  @Override
  public final GradientUpdater<RememberingOptimizer> instantiate(
      @Nullable INDArray state, boolean initialize) {
    return new RememberingUpdater(this, Objects.requireNonNull(state), initialize);
  }

  @Override
  public final GradientUpdater<RememberingOptimizer> instantiate(
      Map<String, INDArray> state, boolean initialize) {
    return new RememberingUpdater(this, state, initialize);
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
  public final RememberingOptimizer clone() {
    RememberingOptimizer copy = copy();
    copy.setLrAndSchedule(
        learningRate, learningRateSchedule == null ? null : learningRateSchedule.clone());
    return copy;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof RememberingOptimizer that
        && compared().equals(that.compared())
        && Objects.equals(learningRateSchedule, that.learningRateSchedule);
  }

  @Override
  public final int hashCode() {
    return compared().hashCode();
  }
}
