package io.evenstep.model.engine.step.layer.site;

import io.evenstep.model.catalog.RandomRelu;
import io.evenstep.model.catalog.StepActivation;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Curve;
import io.evenstep.model.engine.step.op.CurveOp;
import io.evenstep.model.engine.step.op.Function;
import io.evenstep.model.engine.step.op.FunctionOp;
import io.evenstep.model.engine.step.op.RandomSlopeOp;
import io.evenstep.model.engine.step.op.Value;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationRationalTanh;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationRectifiedTanh;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;

/** DL4J's activations as operations. */
public final class ActivationFunctions {
  private static final float GELU_SLOPE = 1.702f; // DL4J's approximation, x sigmoid(1.702 x)
  private static final float SELU_ALPHA = 1.6732632f;
  private static final float SELU_LAMBDA = 1.050701f;

  private ActivationFunctions() {}

  /** Why an activation is not covered, in words; empty when it is. */
  public static Optional<String> uncovered(IActivation activation) {
    boolean covered =
        isIdentity(activation)
            || isSoftmax(activation)
            || of(activation).isPresent()
            || !several(activation).isEmpty()
            || curve(activation).isPresent()
            || activation.getClass() == RandomRelu.class;
    return covered ? Optional.empty() : Optional.of("the activation " + activation);
  }

  /**
   * Like {@link #uncovered}, for rows that are not vectors: they have no dimension for a softmax.
   */
  public static Optional<String> uncoveredInImages(IActivation activation) {
    return isSoftmax(activation)
        ? Optional.of("a softmax of images or sequences")
        : uncovered(activation);
  }

  public static boolean isIdentity(IActivation activation) {
    return activation.getClass() == ActivationIdentity.class;
  }

  public static boolean isSoftmax(IActivation activation) {
    return activation.getClass() == ActivationSoftmax.class;
  }

  /** An activation that works element by element; empty for others, and for the identity. */
  public static Optional<Function> of(IActivation activation) {
    Class<?> type = activation.getClass();
    if (type == ActivationReLU.class) {
      return plainRelu((ActivationReLU) activation);
    } else if (type == ActivationLReLU.class) {
      return Optional.of(relu((float) ((ActivationLReLU) activation).getAlpha()));
    } else if (type == ActivationELU.class) {
      return Optional.of(elu((float) ((ActivationELU) activation).getAlpha()));
    }
    return withoutSettings(type);
  }

  /** Adds a covered activation that works element by element to a value that has none yet. */
  public static Value add(IActivation activation, Value in, Assembly assembly) {
    if (activation instanceof RandomRelu it) {
      return assembly.isTraining()
          ? RandomSlopeOp.add(assembly, in, (float) it.low(), (float) it.high())
          : FunctionOp.add(assembly, in, relu((float) ((it.low() + it.high()) / 2)));
    }
    Optional<Curve> curve = curve(activation);
    if (curve.isPresent()) {
      return CurveOp.add(assembly, in, curve.get());
    }
    Value out = in;
    for (Function function : of(activation).map(List::of).orElse(several(activation))) {
      out = FunctionOp.add(assembly, out, function);
    }
    return out;
  }

  /** Consecutive functions; empty for an activation that is not made of such functions. */
  private static List<Function> several(IActivation activation) {
    if (activation.getClass() == ActivationSELU.class) {
      return List.of(elu(SELU_ALPHA), Function.times(SELU_LAMBDA));
    }
    return activation.getClass() == ActivationRectifiedTanh.class
        ? List.of(tanh(), relu(0))
        : List.of();
  }

  /** An activation that oneDNN lacks, in Java; empty for others. */
  public static Optional<Curve> curve(IActivation activation) {
    Class<?> type = activation.getClass();
    if (type == ActivationSoftSign.class) {
      return Optional.of(Curve.SOFT_SIGN);
    } else if (type == ActivationCube.class) {
      return Optional.of(Curve.CUBE);
    } else if (type == StepActivation.class) {
      return Optional.of(Curve.STEP);
    } else if (type == ActivationRationalTanh.class) {
      return Optional.of(Curve.RATIONAL_TANH);
    } else if (type == ActivationThresholdedReLU.class) {
      return Optional.of(Curve.above((float) ((ActivationThresholdedReLU) activation).getTheta()));
    }
    return Optional.empty();
  }

  private static Optional<Function> withoutSettings(Class<?> type) {
    if (type == ActivationTanH.class) {
      return Optional.of(tanh());
    } else if (type == ActivationSigmoid.class) {
      return Optional.of(
          Function.ofOutput(
              algorithm.eltwise_logistic, algorithm.eltwise_logistic_use_dst_for_bwd, 0, 0));
    } else if (type == ActivationReLU6.class) {
      return Optional.of(clip(0, 6));
    } else if (type == ActivationHardTanH.class) {
      return Optional.of(clip(-1, 1));
    } else if (type == ActivationSoftPlus.class) {
      return Optional.of(Function.ofInput(algorithm.eltwise_soft_relu, 1, 0));
    } else if (type == ActivationSwish.class) {
      return Optional.of(Function.ofInput(algorithm.eltwise_swish, 1, 0));
    } else if (type == ActivationGELU.class) {
      return Optional.of(Function.ofInput(algorithm.eltwise_swish, GELU_SLOPE, 0));
    } else if (type == ActivationMish.class) {
      return Optional.of(Function.ofInput(algorithm.eltwise_mish, 0, 0));
    } else if (type == ActivationHardSigmoid.class) {
      return Optional.of(Function.ofInput(algorithm.eltwise_hardsigmoid, 0.2f, 0.5f));
    }
    return Optional.empty();
  }

  /** Empty for a ReLU with a maximum, a threshold or a slope below 0, which DL4J's may have. */
  private static Optional<Function> plainRelu(ActivationReLU activation) {
    boolean plain = activation.equals(new ActivationReLU());
    return plain ? Optional.of(relu(0)) : Optional.empty();
  }

  private static Function relu(float slopeBelow) {
    return Function.ofOutput(
        algorithm.eltwise_relu, algorithm.eltwise_relu_use_dst_for_bwd, slopeBelow, 0);
  }

  private static Function elu(float alpha) {
    return Function.ofOutput(
        algorithm.eltwise_elu, algorithm.eltwise_elu_use_dst_for_bwd, alpha, 0);
  }

  private static Function tanh() {
    return Function.ofOutput(algorithm.eltwise_tanh, algorithm.eltwise_tanh_use_dst_for_bwd, 0, 0);
  }

  private static Function clip(float low, float high) {
    return Function.ofOutput(
        algorithm.eltwise_clip_v2, algorithm.eltwise_clip_v2_use_dst_for_bwd, low, high);
  }
}
