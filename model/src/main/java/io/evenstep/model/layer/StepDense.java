package io.evenstep.model.layer;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A fully connected layer at each step of a sequence, with the same weights at all steps. */
public final class StepDense extends SequenceLayer {
  private static final long serialVersionUID = 1;

  /** For DL4J's JSON. */
  private StepDense() {}

  /** A layer of this many units. */
  public StepDense(long units, IActivation activation) {
    super(units, activation);
  }

  @Override
  public List<ParameterBlock> blocks() {
    return List.of(
        ParameterBlock.weights("W", getNIn(), getNOut(), 1), ParameterBlock.bias("b", getNOut()));
  }

  @Override
  public INDArray forward(INDArray in, Map<String, INDArray> parameters) {
    INDArray sums = sums(SequenceRows.of(in), parameters);
    return SequenceRows.back(getActivationFn().getActivation(sums, true), in);
  }

  @Override
  public INDArray backward(
      INDArray in,
      INDArray slope,
      Map<String, INDArray> parameters,
      Map<String, INDArray> gradients) {
    INDArray rows = SequenceRows.of(in);
    INDArray toSums =
        getActivationFn().backprop(sums(rows, parameters), SequenceRows.of(slope)).getFirst();
    NamedArrays.of(gradients, "W").assign(rows.transpose().mmul(toSums));
    NamedArrays.of(gradients, "b").assign(toSums.sum(true, 0));
    return SequenceRows.back(toSums.mmul(NamedArrays.of(parameters, "W").transpose()), in);
  }

  private static INDArray sums(INDArray rows, Map<String, INDArray> parameters) {
    return rows.mmul(NamedArrays.of(parameters, "W"))
        .addiRowVector(NamedArrays.of(parameters, "b"));
  }
}
