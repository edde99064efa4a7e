package io.evenstep.driver.plot.run;

import io.evenstep.driver.plot.DecisionRegions;
import io.evenstep.driver.plot.DecisionRegions.LabelledPoint;
import io.evenstep.driver.plot.Figure;
import io.evenstep.driver.score.Outputs;
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
  private final PlaneScaling scaling;

  private RunRegions(SavedNetwork network) {
    this.network = network;
    this.input = network.encoding().inputs().get(0);
    this.scaling = new PlaneScaling(input);
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
      points.add(
          new LabelledPoint(
              scaling.undone(0, numbers[i][0]), scaling.undone(1, numbers[i][1]), rows.classOf(i)));
    }
    return points;
  }

  private double[][] probabilities(double[][] points) {
    float[][] scaled = new float[points.length][];
    for (int i = 0; i < points.length; i++) {
      scaled[i] = new float[] {scaling.done(0, points[i][0]), scaling.done(1, points[i][1])};
    }
    INDArray output = network.output(Nd4j.createFromArray(scaled));
    return Stream.of(output.toDoubleMatrix()).map(Outputs::byClass).toArray(double[][]::new);
  }
}
