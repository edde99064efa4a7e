package io.evenstep.driver.plot.run;

import io.evenstep.driver.plot.DecisionRegions;
import io.evenstep.driver.plot.DecisionRegions.LabelledPoint;
import io.evenstep.driver.plot.Figure;
import io.evenstep.driver.score.Outputs;
import io.evenstep.model.data.Scaling;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.TensorEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The decision regions of a run whose rows have two numbers and a class. */
final class RunRegions {
  private final SavedNetwork network;
  private final TensorEncoding input;

  private RunRegions(SavedNetwork network) {
    this.network = network;
    this.input = network.encoding().inputs().get(0);
  }

  /** Whether rows have exactly two numbers and a class. */
  static boolean fit(SavedNetwork network) {
    TensorEncoding input = network.encoding().inputs().get(0);
    return network.encoding().inputs().size() == 1
        && network.encoding().outputs().size() == 1
        && input.shape().equals(List.of(2L))
        && input.columns().size() == 2
        && network.encoding().classes().size() >= 2;
  }

  /**
   * The regions with some rows on top, in the original units of the data.
   *
   * @param rows encoded
   */
  static Optional<Figure> of(SavedNetwork network, SampleRows rows) {
    if (!fit(network) || rows.count() == 0) {
      return Optional.empty();
    }
    RunRegions regions = new RunRegions(network);
    return Optional.of(
        new DecisionRegions(
            "Decision regions, and " + rows.count() + " " + rows.split() + " rows",
            regions.input.columns(),
            network.encoding().classes(),
            regions.points(rows),
            regions::probabilities));
  }

  private List<LabelledPoint> points(SampleRows rows) {
    List<LabelledPoint> points = new ArrayList<>();
    float[][] numbers = rows.features().toFloatMatrix();
    for (int i = 0; i < numbers.length; i++) {
      Scaled x = scaling(0);
      Scaled y = scaling(1);
      points.add(
          new LabelledPoint(x.undone(numbers[i][0]), y.undone(numbers[i][1]), rows.classOf(i)));
    }
    return points;
  }

  /** The scaling of one of the two columns. */
  private record Scaled(Scaling by, int pair) {
    double undone(double scaled) {
      return by.undone(pair, scaled);
    }

    float done(double plain) {
      return by.shift().isEmpty()
          ? (float) plain
          : (float) ((plain - by.shift().get(pair)) * by.scale().get(pair));
    }
  }

  private Scaled scaling(int column) {
    int before = 0;
    for (Segment segment : input.segments()) {
      if (column < before + segment.width()) {
        int pairs = segment.scaling().shift().size();
        return new Scaled(segment.scaling(), pairs == segment.width() ? column - before : 0);
      }
      before += segment.width();
    }
    throw new IllegalStateException("Two columns, and no third");
  }

  private double[][] probabilities(double[][] points) {
    float[][] scaled = new float[points.length][];
    Scaled x = scaling(0);
    Scaled y = scaling(1);
    for (int i = 0; i < points.length; i++) {
      scaled[i] = new float[] {x.done(points[i][0]), y.done(points[i][1])};
    }
    INDArray output = network.output(Nd4j.createFromArray(scaled));
    return Stream.of(output.toDoubleMatrix()).map(Outputs::byClass).toArray(double[][]::new);
  }
}
