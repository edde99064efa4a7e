package io.evenstep.model.layer;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Local response normalization across channels (Krizhevsky and others 2012): {@code x / (k + alpha
 * s) ^ beta}, where {@code s} is the sum of squares of the channels around, {@code size} in all.
 */
public final class LocalResponseNorm extends PlainLayer {
  private static final long serialVersionUID = 1;

  @JsonProperty private int size;
  @JsonProperty private double alpha;
  @JsonProperty private double beta;
  @JsonProperty private double k;

  /** For DL4J's JSON. */
  private LocalResponseNorm() {
    this(1, 0, 0, 1);
  }

  /**
   * A layer of this many channels around each.
   *
   * @param size an odd number
   */
  public LocalResponseNorm(int size, double alpha, double beta, double k) {
    this.size = size;
    this.alpha = alpha;
    this.beta = beta;
    this.k = k;
  }

  /** How many channels count for one. */
  public int size() {
    return size;
  }

  /** The factor of the sum. */
  public double alpha() {
    return alpha;
  }

  /** The exponent. */
  public double beta() {
    return beta;
  }

  /** What is added to the sum. */
  public double k() {
    return k;
  }

  @Override
  public List<ParameterBlock> blocks() {
    return List.of();
  }

  @Override
  public void setNIn(InputType rows, boolean override) {
    if (!(rows instanceof InputType.InputTypeConvolutional image)) {
      throw new IllegalArgumentException("local response normalization needs an image");
    }
    if (size % 2 == 0) {
      throw new IllegalArgumentException("its size must be odd, got " + size);
    }
    setNIn(image.getChannels());
    setNOut(image.getChannels());
  }

  @Override
  public INDArray forward(INDArray in, Map<String, INDArray> parameters) {
    return in.mul(Transforms.pow(scale(in), -beta, false));
  }

  @Override
  public INDArray backward(
      INDArray in,
      INDArray slope,
      Map<String, INDArray> parameters,
      Map<String, INDArray> gradients) {
    INDArray scale = scale(in);
    INDArray direct = slope.mul(Transforms.pow(scale, -beta, true));
    INDArray toSums = around(direct.mul(in).divi(scale)).muli(in).muli(-2 * alpha * beta);
    return direct.addi(toSums);
  }

  private INDArray scale(INDArray in) {
    return around(in.mul(in)).muli(alpha).addi(k);
  }

  /** For each channel, the sum of it and the channels around. */
  private INDArray around(INDArray numbers) {
    INDArray sums = numbers.dup('c');
    long channels = numbers.size(1);
    for (int away = 1; away <= size / 2 && away < channels; away++) {
      INDArray low = sums.get(all(), interval(0, channels - away), all(), all());
      low.addi(numbers.get(all(), interval(away, channels), all(), all()));
      INDArray high = sums.get(all(), interval(away, channels), all(), all());
      high.addi(numbers.get(all(), interval(0, channels - away), all(), all()));
    }
    return sums;
  }
}
