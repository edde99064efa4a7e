package io.evenstep.driver.compare;

import io.evenstep.driver.compare.Contender.Fitted;
import io.evenstep.driver.plot.DecisionRegions;
import io.evenstep.driver.plot.DecisionRegions.LabelledPoint;
import io.evenstep.driver.plot.Figure;
import io.evenstep.driver.plot.run.PlaneScaling;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.TensorEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The decision regions of learners, where rows have two numbers. */
final class PlaneRegions {
  private static final int MOST_ROWS = 300;

  private final Encoding encoding;
  private final LabelledRows rows;

  /**
   * @param rows encoded, drawn on top of the regions
   */
  PlaneRegions(Encoding encoding, LabelledRows rows) {
    this.encoding = encoding;
    this.rows = rows.where(row -> row < MOST_ROWS);
  }

  /** The regions in the original units of the data; empty if rows do not have two columns. */
  Optional<Figure> figure(String title, Fitted fitted) {
    TensorEncoding input = encoding.inputs().get(0);
    if (!input.shape().equals(List.of(2L)) || input.columns().size() != 2) {
      return Optional.empty();
    }
    PlaneScaling scaling = new PlaneScaling(input);
    List<LabelledPoint> points = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      double[] row = rows.features(i);
      points.add(
          new LabelledPoint(scaling.undone(0, row[0]), scaling.undone(1, row[1]), rows.label(i)));
    }
    return Optional.of(
        new DecisionRegions(
            title,
            input.columns(),
            encoding.classes(),
            points,
            plain -> certain(fitted, scaling, plain)));
  }

  /** All learners are drawn as if they were certain, because some give no probabilities. */
  private double[][] certain(Fitted fitted, PlaneScaling scaling, double[][] plain) {
    List<double[]> scaled = new ArrayList<>();
    for (double[] point : plain) {
      scaled.add(new double[] {scaling.done(0, point[0]), scaling.done(1, point[1])});
    }
    List<Integer> classes = fitted.classes(scaled);
    double[][] answers = new double[plain.length][encoding.classes().size()];
    for (int i = 0; i < answers.length; i++) {
      answers[i][classes.get(i)] = 1;
    }
    return answers;
  }
}
