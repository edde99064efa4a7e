package io.evenstep.model.catalog;

import io.evenstep.model.Problem;
import io.evenstep.model.loss.ExponentialLoss;
import io.evenstep.model.loss.HingeLoss;
import io.evenstep.model.loss.HuberLoss;
import io.evenstep.model.loss.LogCoshLoss;
import io.evenstep.model.loss.LogisticLoss;
import io.evenstep.model.loss.PerceptronLoss;
import io.evenstep.model.loss.QuantileLoss;
import io.evenstep.model.loss.SavageLoss;
import io.evenstep.model.loss.SquaredHingeLoss;
import io.evenstep.model.loss.TangentLoss;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossCosineProximity;
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
import org.nd4j.linalg.lossfunctions.impl.LossWasserstein;

/**
 * Losses by name. Each is a sum over rows, so that the rows of a batch can be spread over workers.
 * DL4J's F-measure is not such a sum and is left out.
 */
public final class Losses {
  /** Makes a loss, and names the output layer's default activation for it. */
  private record Maker(Supplier<ILossFunction> loss, Activation activation) {}

  private static final double MEDIAN = 0.5;

  private static final Catalogue<Maker> ALL =
      new Catalogue<Maker>()
          .add(
              Entry.of("crossEntropy", "one of several classes; softmax"),
              new Maker(LossMCXENT::new, Activation.SOFTMAX))
          .add(
              Entry.of(
                  "negativeLogLikelihood",
                  "minus the logarithm of the class's probability, which is crossEntropy for one"
                      + " class per row; softmax"),
              new Maker(LossNegativeLogLikelihood::new, Activation.SOFTMAX))
          .add(
              Entry.of("binaryCrossEntropy", "each output is yes or no; sigmoid"),
              new Maker(LossBinaryXENT::new, Activation.SIGMOID))
          .add(
              Entry.of("mse", "mean squared error over the outputs"),
              new Maker(LossMSE::new, Activation.IDENTITY))
          .add(
              Entry.of("mae", "mean absolute error over the outputs"),
              new Maker(LossMAE::new, Activation.IDENTITY))
          .add(
              Entry.of("l2", "squared error summed over the outputs"),
              new Maker(LossL2::new, Activation.IDENTITY))
          .add(
              Entry.of("l1", "absolute error summed over the outputs"),
              new Maker(LossL1::new, Activation.IDENTITY))
          .add(
              Entry.of("msle", "mean squared error of logarithms; labels above -1; softplus"),
              new Maker(LossMSLE::new, Activation.SOFTPLUS))
          .add(
              Entry.of("mape", "mean absolute error in percent; labels other than 0"),
              new Maker(LossMAPE::new, Activation.IDENTITY))
          .add(
              Entry.of("poisson", "counts; softplus"),
              new Maker(LossPoisson::new, Activation.SOFTPLUS))
          .add(
              Entry.of("hinge", "max(0, 1 - m) of the margin m: a support vector machine"),
              new Maker(HingeLoss::new, Activation.IDENTITY))
          .add(
              Entry.of("squaredHinge", "max(0, 1 - m)^2 of the margin m"),
              new Maker(SquaredHingeLoss::new, Activation.IDENTITY))
          .add(
              Entry.of("klDivergence", "between distributions; softmax"),
              new Maker(LossKLD::new, Activation.SOFTMAX))
          .add(
              Entry.of("cosineProximity", "angle to the label vector"),
              new Maker(LossCosineProximity::new, Activation.IDENTITY))
          .add(
              Entry.of("wasserstein", "critic's score times the label; labels -1 and 1"),
              new Maker(LossWasserstein::new, Activation.IDENTITY))
          .add(
              Entry.of("multiLabel", "pairs of labels ranked; each row with a 0 and a 1; sigmoid"),
              new Maker(LossMultiLabel::new, Activation.SIGMOID))
          .add(
              Entry.of("huber", "squared error, linear beyond 1; mean over the outputs"),
              new Maker(HuberLoss::new, Activation.IDENTITY))
          .add(
              Entry.of("logCosh", "log(cosh(error)); mean over the outputs"),
              new Maker(LogCoshLoss::new, Activation.IDENTITY))
          .add(
              Entry.of(
                  "quantile",
                  "max(q e, (q - 1) e) of the error e = label - output; quantile(0.9) estimates the"
                      + " 90 % quantile; without a number, the median; mean over the outputs"),
              new Maker(() -> new QuantileLoss(MEDIAN), Activation.IDENTITY))
          .add(
              Entry.of("perceptron", "max(0, -m) of the margin m: Rosenblatt's rule"),
              new Maker(PerceptronLoss::new, Activation.IDENTITY))
          .add(
              Entry.of("logistic", "log(1 + exp(-m)) of the margin m"),
              new Maker(LogisticLoss::new, Activation.IDENTITY))
          .add(
              Entry.of("exponential", "exp(-m) of the margin m"),
              new Maker(ExponentialLoss::new, Activation.IDENTITY))
          .add(
              Entry.of("savage", "1 / (1 + exp(m))^2 of the margin m"),
              new Maker(SavageLoss::new, Activation.IDENTITY))
          .add(
              Entry.of("tangent", "(2 atan(m) - 1)^2 of the margin m"),
              new Maker(TangentLoss::new, Activation.IDENTITY));

  private static final NumberedCatalogue<ILossFunction> NUMBERED =
      new NumberedCatalogue<ILossFunction>().add("quantile", Rule.INSIDE_UNIT, QuantileLoss::new);

  private Losses() {}

  /** All names. */
  public static List<String> names() {
    return ALL.names();
  }

  /** All entries, for the reference page. */
  public static List<Entry> entries() {
    return ALL.entries();
  }

  /** What is wrong with a name found under {@code key}; empty when it is known. */
  public static Optional<Problem> check(String key, String name) {
    return NUMBERED.check(key, name, ALL);
  }

  /** DL4J's loss; the name must be known. */
  public static ILossFunction create(String name) {
    return NUMBERED.create(name).orElseGet(() -> ALL.maker(name).loss().get());
  }

  /** The output layer's default activation for this loss. */
  public static Activation activation(String name) {
    return ALL.maker(NumberedName.base(name)).activation();
  }

  /** Whether outputs before this loss are probabilities unless a layer says otherwise. */
  public static boolean isOfProbabilities(String name) {
    return activation(name) == Activation.SOFTMAX || activation(name) == Activation.SIGMOID;
  }
}
