package io.evenstep.model.catalog;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A leaky ReLU. In training it draws its slope below 0 for each number; otherwise it uses the mean
 * slope (Xu and others 2015, "Empirical evaluation of rectified activations in convolutional
 * network"). ND4J's version in 1.0.0-M2.1 uses slope 1 everywhere in the backward pass, and
 * predicts the larger of a number and the mean slope.
 */
public final class RandomRelu extends BaseActivationFunction {
  /** Least slope below 0, as in the paper. */
  public static final double LOW = 1 / 8.0;

  /** Largest slope below 0. */
  public static final double HIGH = 1 / 3.0;

  private static final long serialVersionUID = 1L;

  @JsonProperty("low")
  private final double low;

  @JsonProperty("high")
  private final double high;

  private transient @Nullable INDArray drawn; // of the last forward pass in training

  /**
   * @param low least slope below 0
   * @param high largest slope below 0, at least {@code low}
   */
  public RandomRelu(@JsonProperty("low") double low, @JsonProperty("high") double high) {
    this.low = low;
    this.high = high;
  }

  /** Least slope below 0. */
  public double low() {
    return low;
  }

  /** Largest slope below 0. */
  public double high() {
    return high;
  }

  @Override
  public INDArray getActivation(INDArray in, boolean training) {
    drawn = training ? Nd4j.rand(in.shape(), low, high, Nd4j.getRandom()).detach() : null;
    return in.muli(factors(in, drawn == null ? Nd4j.valueArrayOf(in.shape(), mean()) : drawn));
  }

  private double mean() {
    return (low + high) / 2;
  }

  /** The slope at each number: the drawn slope below 0, else 1. */
  private static INDArray factors(INDArray in, INDArray slopes) {
    INDArray below = in.lt(0).castTo(in.dataType());
    return slopes.sub(1).muli(below).addi(1);
  }

  /** The slopes of the last forward pass in training. */
  @Override
  public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
    assertShape(in, epsilon);
    return new Pair<>(epsilon.mul(factors(in, Objects.requireNonNull(drawn))), null);
  }

  @Override
  public String toString() {
    return "randomRelu(" + low + ", " + high + ")";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RandomRelu that && low == that.low && high == that.high;
  }

  @Override
  public int hashCode() {
    return Objects.hash(low, high);
  }
}
