package io.evenstep.model.layer;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Layer normalization (Ba and others 2016): at each step, features are shifted and scaled to mean 0
 * and variance 1, then multiplied by a gain and added to a bias. Takes vectors and sequences.
 */
public final class LayerNorm extends PlainLayer {
  /** Added to the variance. */
  public static final double EPSILON = 1e-5;

  private static final long serialVersionUID = 1;

  @Override
  public List<ParameterBlock> blocks() {
    return List.of(ParameterBlock.gain("g", getNIn()), ParameterBlock.bias("b", getNIn()));
  }

  @Override
  public void setNIn(InputType rows, boolean override) {
    long size =
        rows instanceof InputType.InputTypeRecurrent steps
            ? steps.getSize()
            : rows.arrayElementsPerExample();
    setNIn(size);
    setNOut(size);
  }

  @Override
  public INDArray forward(INDArray in, Map<String, INDArray> parameters) {
    INDArray normal = normal(SequenceRows.of(in));
    INDArray out =
        normal
            .mulRowVector(NamedArrays.of(parameters, "g"))
            .addiRowVector(NamedArrays.of(parameters, "b"));
    return SequenceRows.back(out, in);
  }

  @Override
  public INDArray backward(
      INDArray in,
      INDArray slope,
      Map<String, INDArray> parameters,
      Map<String, INDArray> gradients) {
    INDArray rows = SequenceRows.of(in);
    INDArray normal = normal(rows);
    INDArray toOut = SequenceRows.of(slope);
    NamedArrays.of(gradients, "g").assign(toOut.mul(normal).sum(true, 0));
    NamedArrays.of(gradients, "b").assign(toOut.sum(true, 0));
    INDArray toNormal = toOut.mulRowVector(NamedArrays.of(parameters, "g"));
    INDArray alongNormal = normal.mulColumnVector(toNormal.mul(normal).mean(true, 1));
    INDArray toInput = toNormal.subColumnVector(toNormal.mean(true, 1)).subi(alongNormal);
    return SequenceRows.back(toInput.diviColumnVector(deviation(rows)), in);
  }

  private static INDArray normal(INDArray rows) {
    return rows.subColumnVector(rows.mean(true, 1)).diviColumnVector(deviation(rows));
  }

  /** The root of the variance of each row, [rows, 1]. */
  private static INDArray deviation(INDArray rows) {
    INDArray centred = rows.subColumnVector(rows.mean(true, 1));
    return Transforms.sqrt(centred.muli(centred).mean(true, 1).addi(EPSILON), false);
  }
}
