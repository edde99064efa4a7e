package io.evenstep.model.engine.step.loss;

import io.evenstep.model.loss.ElementwiseLoss;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossCosineProximity;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMAPE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossMSLE;
import org.nd4j.linalg.lossfunctions.impl.LossMultiLabel;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;
import org.nd4j.linalg.lossfunctions.impl.LossWasserstein;

/** Converts DL4J's losses to ours. */
public final class LossFunctions {
  /** Losses whose only setting is class weights. */
  private static final Map<Class<?>, Supplier<RowLoss>> PLAIN =
      Map.ofEntries(
          Map.entry(LossL2.class, () -> new PowerLoss(true, false)),
          Map.entry(LossMSE.class, () -> new PowerLoss(true, true)),
          Map.entry(LossL1.class, () -> new PowerLoss(false, false)),
          Map.entry(LossMAE.class, () -> new PowerLoss(false, true)),
          Map.entry(LossMSLE.class, RatioLosses.Logarithms::new),
          Map.entry(LossMAPE.class, RatioLosses.Percent::new),
          Map.entry(LossPoisson.class, RatioLosses.Poisson::new),
          Map.entry(LossKLD.class, RatioLosses.Divergence::new),
          Map.entry(LossWasserstein.class, RatioLosses.Wasserstein::new),
          Map.entry(LossHinge.class, () -> new Dl4jHinge(false)),
          Map.entry(LossSquaredHinge.class, () -> new Dl4jHinge(true)),
          Map.entry(LossCosineProximity.class, CosineProximity::new),
          Map.entry(LossMultiLabel.class, LabelRanking::new));

  private LossFunctions() {}

  /** Why a program cannot compute a loss, in words that follow a layer's name; empty if it can. */
  public static Optional<String> uncovered(ILossFunction loss, IActivation activation) {
    if (weights(loss) != null) {
      return Optional.of("a loss with class weights");
    }
    return find(loss, activation).isPresent()
        ? Optional.empty()
        : Optional.of("the loss " + loss.getClass().getSimpleName());
  }

  /** Our loss for it; there must be one. */
  static RowLoss of(ILossFunction loss, IActivation activation) {
    return find(loss, activation)
        .orElseThrow(() -> new IllegalArgumentException("No loss of ours for " + loss));
  }

  private static Optional<RowLoss> find(ILossFunction loss, IActivation activation) {
    Class<?> type = loss.getClass();
    if (type == LossMCXENT.class || type == LossNegativeLogLikelihood.class) {
      double clip = ((LossMCXENT) loss).getSoftmaxClipEps();
      return Optional.of(new CrossEntropy(activation instanceof ActivationSoftmax, clip));
    }
    if (type == LossBinaryXENT.class) {
      return activation instanceof ActivationSoftmax
          ? Optional.empty()
          : Optional.of(new BinaryCrossEntropy(((LossBinaryXENT) loss).getClipEps()));
    }
    if (loss instanceof ElementwiseLoss own) {
      return Optional.of(new OwnLoss(own));
    }
    return Optional.ofNullable(PLAIN.get(type)).map(Supplier::get);
  }

  private static @Nullable INDArray weights(ILossFunction loss) {
    if (loss instanceof LossMCXENT it) {
      return it.getWeights();
    } else if (loss instanceof LossBinaryXENT it) {
      return it.getWeights();
    } else if (loss instanceof LossL2 it) {
      return it.getWeights();
    } else if (loss instanceof LossL1 it) {
      return it.getWeights();
    } else if (loss instanceof LossMSLE it) {
      return it.getWeights();
    } else if (loss instanceof LossMAPE it) {
      return it.getWeights();
    }
    return null;
  }
}
