package io.evenstep.model.catalog;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;

/** Computes the update of {@link Momentum} for one block of parameters. */
final class HeavyBall implements GradientUpdater<Momentum> {
  static final String VELOCITY = "V";

  private final Momentum config;
  private INDArray velocity; // block's parameters, a view of the optimizer's state

  HeavyBall(Momentum config, INDArray velocity, boolean initialize) {
    this.config = config;
    this.velocity = velocity;
    if (initialize) {
      velocity.assign(0);
    }
  }

  @Override
  public Momentum getConfig() {
    return config;
  }

  @Override
  public void setState(Map<String, INDArray> state, boolean initialize) {
    INDArray given = state.get(VELOCITY);
    if (given == null || state.size() != 1) {
      throw new IllegalStateException(
          "Invalid state: must be " + VELOCITY + ", got " + state.keySet());
    }
    this.velocity = given;
  }

  @Override
  public Map<String, INDArray> getState() {
    return Map.of(VELOCITY, velocity);
  }

  @Override
  public void setStateViewArray(INDArray view, long[] shape, char order, boolean initialize) {
    this.velocity = view.reshape(view.length());
    if (initialize) {
      view.assign(0);
    }
  }

  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    gradient.muli(config.getLearningRate(iteration, epoch));
    INDArray flat = gradient.reshape(velocity.shape());
    velocity.muli(config.momentum()).addi(flat);
    flat.assign(velocity);
  }
}
