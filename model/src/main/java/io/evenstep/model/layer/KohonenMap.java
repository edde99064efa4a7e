package io.evenstep.model.layer;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A self-organizing map (Kohonen 1982), by the batch rule: units stand on a grid, and each has a
 * prototype. A row is won by the unit with the nearest prototype, and counts for a unit at distance
 * d on the grid with {@code h = exp(-d^2 / (2 s^2))}. A prototype is the mean of all rows, weighted
 * by h: the quotient of the parameters {@code N}, the mean of h times the row, and {@code D}, the
 * mean of h. The radius s shrinks after each step. The output is the winner's prototype.
 *
 * <p>A step of gradient descent with rate 1 puts the means over the batch in the place of the old
 * ones; with a lower rate the means run over several batches.
 */
public final class KohonenMap extends LocalLayer {
  private static final long serialVersionUID = 1;

  /** The least h, so that no unit's D vanishes when the radius is small. */
  private static final double LEAST = 1e-6;

  private static final String SUMS = "N";
  private static final String WEIGHTS = "D";
  private static final String SHARE = "r"; // of the first radius, so that it is a parameter, too

  @JsonProperty private int height;
  @JsonProperty private int width;
  @JsonProperty private double radius;
  @JsonProperty private double lastRadius;
  @JsonProperty private double radiusDecay;

  /** For DL4J's JSON. */
  private KohonenMap() {
    this(1, 1, 1, 1, 1);
  }

  /**
   * A map of this grid.
   *
   * @param radius at first, in units of the grid, above 0
   * @param lastRadius what it shrinks to, above 0 and at most {@code radius}
   * @param radiusDecay what is left of it after a step, above 0 and at most 1
   */
  public KohonenMap(int height, int width, double radius, double lastRadius, double radiusDecay) {
    this.height = height;
    this.width = width;
    this.radius = radius;
    this.lastRadius = lastRadius;
    this.radiusDecay = radiusDecay;
  }

  /** Units in a column of the grid. */
  public int height() {
    return height;
  }

  /** Units in a row of the grid. */
  public int width() {
    return width;
  }

  @Override
  public boolean keepsMeans() {
    return true;
  }

  @Override
  public List<ParameterBlock> blocks() {
    long units = (long) height * width;
    return List.of(
        ParameterBlock.weights(SUMS, units, getNIn(), 1),
        ParameterBlock.gain(WEIGHTS, units),
        ParameterBlock.gain(SHARE, 1));
  }

  /** The radius shrinks whatever the learning rate is. */
  @Override
  public IUpdater getUpdaterByParam(String name) {
    return name.equals(SHARE) ? new Sgd(1) : super.getUpdaterByParam(name);
  }

  /**
   * The prototypes.
   *
   * @param parameters by key
   * @return [units, n], row by row of the grid
   */
  public static INDArray prototypes(Map<String, INDArray> parameters) {
    INDArray weights = Transforms.max(NamedArrays.of(parameters, WEIGHTS), LEAST, true);
    INDArray column = weights.reshape(weights.length(), 1);
    return NamedArrays.of(parameters, SUMS).divColumnVector(column);
  }

  @Override
  public INDArray forward(INDArray in, Map<String, INDArray> parameters) {
    INDArray prototypes = prototypes(parameters);
    float[][] each = prototypes.toFloatMatrix();
    int[] winners = winners(in, prototypes);
    float[][] out = new float[winners.length][];
    for (int row = 0; row < out.length; row++) {
      out[row] = each[winners[row]];
    }
    return Nd4j.createFromArray(out).castTo(in.dataType());
  }

  @Override
  public INDArray backward(
      INDArray in,
      INDArray slope,
      Map<String, INDArray> parameters,
      Map<String, INDArray> gradients) {
    long rows = in.size(0);
    double share = NamedArrays.of(parameters, SHARE).getDouble(0);
    int[] winners = winners(in, prototypes(parameters));
    INDArray near = neighbours(winners, share * radius).castTo(in.dataType());
    toMean(SUMS, near.transpose().mmul(in), rows, parameters, gradients);
    toMean(WEIGHTS, near.sum(true, 0), rows, parameters, gradients);
    double next = Math.max(share * radiusDecay, lastRadius / radius);
    NamedArrays.of(gradients, SHARE).assign(rows * (share - next));
    return Nd4j.zerosLike(in);
  }

  /** For each row the unit with the nearest prototype, the first of equals. */
  private static int[] winners(INDArray in, INDArray prototypes) {
    INDArray squares = prototypes.mul(prototypes).sum(true, 1); // [units, 1]
    INDArray nearness =
        in.mmul(prototypes.transpose()).muli(2).subiRowVector(squares.reshape(1, squares.length()));
    float[][] rows =
        nearness.toFloatMatrix(); // squared distance, negated, without the row's square
    int[] winners = new int[rows.length];
    for (int row = 0; row < rows.length; row++) {
      for (int unit = 1; unit < rows[row].length; unit++) {
        if (rows[row][unit] > rows[row][winners[row]]) {
          winners[row] = unit;
        }
      }
    }
    return winners;
  }

  /** How much each row counts for each unit, [rows, units]. */
  private INDArray neighbours(int[] winners, double radius) {
    double[] along = new double[Math.max(height, width)]; // by distance in one direction
    for (int distance = 0; distance < along.length; distance++) {
      along[distance] = StrictMath.exp(-distance * distance / (2 * radius * radius));
    }
    float[] near = new float[winners.length * height * width];
    int place = 0;
    for (int winner : winners) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double h = along[Math.abs(y - winner / width)] * along[Math.abs(x - winner % width)];
          near[place++] = (float) Math.max(LEAST, h);
        }
      }
    }
    return Nd4j.create(near, new long[] {winners.length, (long) height * width}, 'c');
  }
}
