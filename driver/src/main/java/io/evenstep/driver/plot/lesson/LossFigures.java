package io.evenstep.driver.plot.lesson;

import io.evenstep.driver.plot.Figure;
import io.evenstep.driver.plot.FigureGrid;
import io.evenstep.driver.plot.LineFigure;
import io.evenstep.driver.plot.LineFigure.Look;
import io.evenstep.model.catalog.Losses;
import java.util.List;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** Losses as the networks compute them: against the margin, the error, or the prediction. */
final class LossFigures {
  private static final int POINTS = 301;
  private static final double MOST = 4;
  private static final int COLUMNS = 2;
  private static final double SCALE = 0.9;
  private static final double COUNT = 3; // label of the Poisson loss
  private static final double SHARE = 0.3; // of the first class, for the divergence

  private LossFigures() {}

  /** Five charts. */
  static Figure all() {
    return new FigureGrid(
        List.of(margins(), errors(), distributions(), counts(), directions()), COLUMNS, SCALE);
  }

  private static Figure margins() {
    List<Double> m = EvenGrid.forLine(-2, 3, POINTS);
    LineFigure figure =
        new LineFigure("Losses of the margin", "margin m = y f", "loss").rangeY(0, MOST);
    for (String name :
        List.of(
            "perceptron",
            "hinge",
            "squaredHinge",
            "logistic",
            "exponential",
            "savage",
            "tangent")) {
      figure.add(name, m, within(m, x -> value(name, identity(), x, 1)), Look.LINE);
    }
    figure.add(
        "binaryCrossEntropy",
        m,
        within(
            m, x -> value("binaryCrossEntropy", Activation.SIGMOID.getActivationFunction(), x, 1)),
        Look.LINE);
    figure.add("crossEntropy of (f, -f)", m, within(m, LossFigures::ofTwoClasses), Look.LINE);
    figure.add("mse", m, within(m, x -> value("mse", identity(), x, 1)), Look.LINE);
    return figure
        .add(
            "wrong (0 or 1)",
            List.of(-2.0, 0.0, 0.0, 3.0),
            List.of(1.0, 1.0, 0.0, 0.0),
            Look.DASHED)
        .figure();
  }

  private static Figure errors() {
    List<Double> e = EvenGrid.forLine(-3, 3, POINTS);
    LineFigure figure =
        new LineFigure("Losses of the error", "error e = prediction - label", "loss")
            .rangeY(0, MOST);
    for (String name : List.of("mse", "mae", "huber", "logCosh", "quantile(0.9)")) {
      figure.add(name, e, within(e, x -> value(name, identity(), x, 0)), Look.LINE);
    }
    return figure.figure();
  }

  private static Figure distributions() {
    List<Double> q = EvenGrid.forLine(0.02, 0.98, POINTS);
    return new LineFigure("Distribution (q, 1 - q) against the label (0.3, 0.7)", "q", "loss")
        .rangeY(0, MOST)
        .add("klDivergence", q, within(q, x -> ofShares("klDivergence", x)), Look.LINE)
        .add("crossEntropy", q, within(q, x -> ofShares("crossEntropy", x)), Look.LINE)
        .figure();
  }

  private static Figure counts() {
    List<Double> rate = EvenGrid.forLine(0.1, 6.1, POINTS);
    return new LineFigure("Poisson loss of the label 3", "predicted rate", "loss")
        .add("poisson", rate, within(rate, x -> value("poisson", identity(), x, COUNT)), Look.LINE)
        .figure();
  }

  private static Figure directions() {
    List<Double> angle = EvenGrid.forLine(0, 180, POINTS);
    return new LineFigure("Cosine loss", "angle to the label, degrees", "loss")
        .add("cosineProximity", angle, within(angle, LossFigures::ofAngle), Look.LINE)
        .figure();
  }

  @FunctionalInterface
  private interface Curve {
    double at(double x);
  }

  /** Losses above the picture are left out, so that the scale shows the others. */
  private static List<Double> within(List<Double> x, Curve curve) {
    return x.stream().map(curve::at).map(loss -> loss > MOST ? Double.NaN : loss).toList();
  }

  private static IActivation identity() {
    return Activation.IDENTITY.getActivationFunction();
  }

  /** The loss of one output. */
  static double value(String name, IActivation activation, double output, double label) {
    return value(name, activation, new double[] {output}, new double[] {label});
  }

  private static double ofTwoClasses(double margin) {
    return value(
        "crossEntropy",
        Activation.SOFTMAX.getActivationFunction(),
        new double[] {margin, -margin},
        new double[] {1, 0});
  }

  private static double ofShares(String name, double share) {
    return value(
        name, identity(), new double[] {share, 1 - share}, new double[] {SHARE, 1 - SHARE});
  }

  private static double ofAngle(double degrees) {
    double angle = Math.toRadians(degrees);
    return value(
        "cosineProximity",
        identity(),
        new double[] {Math.cos(angle), Math.sin(angle)},
        new double[] {1, 0});
  }

  private static double value(
      String name, IActivation activation, double[] outputs, double[] labels) {
    ILossFunction loss = Losses.create(name);
    INDArray row = Nd4j.createFromArray(new double[][] {outputs});
    INDArray label = Nd4j.createFromArray(new double[][] {labels});
    return loss.computeScoreArray(label, row, activation, null).getDouble(0);
  }
}
