package io.evenstep.model.layer;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Gives back its input, and adds {@code penalty x sum |a|} of a row's activations to the row's loss
 * (an L1 penalty on activations), so that few of them are far from 0.
 */
public final class Sparsity extends PlainLayer implements AddsLoss {
  private static final long serialVersionUID = 1;

  @JsonProperty private double penalty;

  /** For DL4J's JSON. */
  private Sparsity() {
    this(0);
  }

  /**
   * A layer with this penalty.
   *
   * @param penalty at least 0
   */
  public Sparsity(double penalty) {
    this.penalty = penalty;
  }

  /** The factor of the sum. */
  public double penalty() {
    return penalty;
  }

  @Override
  public List<ParameterBlock> blocks() {
    return List.of();
  }

  @Override
  public void setNIn(InputType rows, boolean override) {
    setNIn(rows.arrayElementsPerExample());
    setNOut(getNIn());
  }

  @Override
  public INDArray forward(INDArray in, Map<String, INDArray> parameters) {
    return in.dup('c');
  }

  @Override
  public INDArray backward(
      INDArray in,
      INDArray slope,
      Map<String, INDArray> parameters,
      Map<String, INDArray> gradients) {
    return slope.add(Transforms.sign(in, true).muli(penalty));
  }

  @Override
  public double added(INDArray in) {
    return penalty * in.norm1Number().doubleValue();
  }
}
