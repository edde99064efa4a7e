package io.evenstep.model.layer;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Radial basis functions (Broomhead and Lowe 1988): unit {@code j} is {@code exp(-|x - c_j|^2 / (2
 * width^2))}, a Gaussian around its centre. The centres are learnt. Takes vectors.
 */
public final class Rbf extends PlainLayer {
  /** The centres, [inputs, units]. */
  public static final String CENTRES = "C";

  private static final long serialVersionUID = 1;

  @JsonProperty private double width;

  /** For DL4J's JSON. */
  private Rbf() {
    this(1, 1);
  }

  /**
   * A layer of this many units.
   *
   * @param width distance from a centre at which a unit gives {@code exp(-1/2)}, above 0
   */
  public Rbf(long units, double width) {
    setNOut(units);
    this.width = width;
  }

  /** The distance from a centre at which a unit gives {@code exp(-1/2)}. */
  public double width() {
    return width;
  }

  @Override
  public List<ParameterBlock> blocks() {
    return List.of(ParameterBlock.points(CENTRES, getNIn(), getNOut()));
  }

  @Override
  public void setNIn(InputType rows, boolean override) {
    if (!(rows instanceof InputType.InputTypeFeedForward vector)) {
      throw new IllegalArgumentException("radial basis functions need vectors");
    }
    setNIn(vector.getSize());
  }

  @Override
  public InputType getOutputType(int index, InputType rows) {
    return InputType.feedForward(getNOut());
  }

  @Override
  public INDArray forward(INDArray in, Map<String, INDArray> parameters) {
    INDArray centres = NamedArrays.of(parameters, CENTRES);
    INDArray out = Nd4j.create(in.dataType(), new long[] {in.size(0), getNOut()}, 'c');
    for (int unit = 0; unit < getNOut(); unit++) {
      INDArray away = in.subRowVector(centre(centres, unit));
      out.putColumn(unit, away.muli(away).sum(true, 1));
    }
    return Transforms.exp(out.divi(-2 * width * width), false);
  }

  @Override
  public INDArray backward(
      INDArray in,
      INDArray slope,
      Map<String, INDArray> parameters,
      Map<String, INDArray> gradients) {
    INDArray centres = NamedArrays.of(parameters, CENTRES);
    INDArray toCentres = NamedArrays.of(gradients, CENTRES);
    INDArray pull = forward(in, parameters).muli(slope).divi(width * width); // [rows, units]
    INDArray toInput = Nd4j.create(in.dataType(), in.shape(), 'c');
    for (int unit = 0; unit < getNOut(); unit++) {
      INDArray away = in.subRowVector(centre(centres, unit));
      away.muliColumnVector(pull.getColumn(unit, true));
      toCentres.putColumn(unit, away.sum(0).reshape(getNIn(), 1));
      toInput.subi(away);
    }
    return toInput;
  }

  private INDArray centre(INDArray centres, int unit) {
    return centres.getColumn(unit, true).dup().reshape(1, getNIn());
  }
}
