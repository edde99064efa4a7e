package io.evenstep.model.engine.step.layer.sequence;

import io.evenstep.model.engine.step.layer.site.ActivationFunctions;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.op.Curve;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationRectifiedTanh;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** DL4J's activations in Java, for recurrent layers computed step by step. */
final class Curves {
  private static final double GELU_SLOPE = 1.702; // DL4J's approximation, x sigmoid(1.702 x)
  private static final double SELU_ALPHA = 1.6732632423543772;
  private static final double SELU_LAMBDA = 1.0507009873554805;

  private static final Map<Class<?>, Curve> ALL =
      Map.ofEntries(
          Map.entry(ActivationIdentity.class, curve(x -> x, x -> 1)),
          Map.entry(ActivationTanH.class, curve(StrictMath::tanh, Curves::tanhSlope)),
          Map.entry(ActivationSigmoid.class, curve(Curves::sigmoid, Curves::sigmoidSlope)),
          Map.entry(ActivationReLU6.class, clip(0, 6, 1, 0)),
          Map.entry(ActivationHardTanH.class, clip(-1, 1, 1, 0)),
          Map.entry(ActivationHardSigmoid.class, clip(0, 1, 0.2, 0.5)),
          Map.entry(ActivationSoftPlus.class, curve(Curves::softPlus, Curves::sigmoid)),
          Map.entry(ActivationSwish.class, swish(1)),
          Map.entry(ActivationGELU.class, swish(GELU_SLOPE)),
          Map.entry(ActivationMish.class, mish()),
          Map.entry(ActivationSELU.class, elu(SELU_LAMBDA, SELU_ALPHA)),
          Map.entry(
              ActivationRectifiedTanh.class,
              curve(x -> StrictMath.tanh(Math.max(0, x)), x -> x > 0 ? tanhSlope(x) : 0)));

  private Curves() {}

  /** Why an activation is not covered, in words; empty when it is. */
  static Optional<String> uncovered(IActivation activation) {
    return LayerSettings.when(of(activation).isEmpty(), "the activation " + activation);
  }

  /** An activation that works element by element and draws nothing; empty for others. */
  static Optional<Curve> of(IActivation activation) {
    if (activation.equals(new ActivationReLU())) {
      return Optional.of(leaky(0));
    } else if (activation instanceof ActivationLReLU it) {
      return Optional.of(leaky(it.getAlpha()));
    } else if (activation instanceof ActivationELU it) {
      return Optional.of(elu(1, it.getAlpha()));
    }
    return Optional.ofNullable(ALL.get(activation.getClass()))
        .or(() -> ActivationFunctions.curve(activation));
  }

  private static Curve curve(DoubleUnaryOperator of, DoubleUnaryOperator slope) {
    return new Curve() {
      @Override
      public float of(float x) {
        return (float) of.applyAsDouble(x);
      }

      @Override
      public float slope(float x) {
        return (float) slope.applyAsDouble(x);
      }
    };
  }

  private static Curve leaky(double below) {
    return curve(x -> x > 0 ? x : below * x, x -> x > 0 ? 1 : below);
  }

  private static Curve elu(double scale, double alpha) {
    return curve(
        x -> scale * (x > 0 ? x : alpha * StrictMath.expm1(x)),
        x -> scale * (x > 0 ? 1 : alpha * StrictMath.exp(x)));
  }

  /** A line clipped to two values. */
  private static Curve clip(double low, double high, double slope, double middle) {
    return curve(
        x -> Math.min(high, Math.max(low, slope * x + middle)),
        x -> slope * x + middle > low && slope * x + middle < high ? slope : 0);
  }

  private static Curve swish(double factor) {
    return curve(
        x -> x * sigmoid(factor * x),
        x -> sigmoid(factor * x) + factor * x * sigmoidSlope(factor * x));
  }

  private static Curve mish() {
    return curve(
        x -> x * StrictMath.tanh(softPlus(x)),
        x -> StrictMath.tanh(softPlus(x)) + x * tanhSlope(softPlus(x)) * sigmoid(x));
  }

  private static double tanhSlope(double x) {
    double tanh = StrictMath.tanh(x);
    return 1 - tanh * tanh;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  private static double sigmoidSlope(double x) {
    double sigmoid = sigmoid(x);
    return sigmoid * (1 - sigmoid);
  }

  private static double softPlus(double x) {
    return x > 0 ? x + StrictMath.log1p(StrictMath.exp(-x)) : StrictMath.log1p(StrictMath.exp(x));
  }
}
