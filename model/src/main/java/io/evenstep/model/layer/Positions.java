package io.evenstep.model.layer;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Adds a learnt vector to each step of a sequence: a position embedding. */
public final class Positions extends SequenceLayer {
  private static final long serialVersionUID = 1;

  @JsonProperty private long steps; // of the longest sequence

  /** A layer whose size is that of its input. */
  public Positions() {
    super(0, new ActivationIdentity());
  }

  @Override
  public List<ParameterBlock> blocks() {
    return List.of(ParameterBlock.weights("P", steps, getNIn(), 1));
  }

  @Override
  public void setNIn(InputType rows, boolean override) {
    super.setNIn(rows, override);
    long known = ((InputType.InputTypeRecurrent) rows).getTimeSeriesLength();
    steps = known > 0 ? known : steps; // DL4J calls this again without the length
    if (steps < 1) {
      throw new IllegalArgumentException("positions need sequences of a known length");
    }
  }

  @Override
  public INDArray forward(INDArray in, Map<String, INDArray> parameters) {
    INDArray out = in.dup('c');
    INDArray vectors = NamedArrays.of(parameters, "P").transpose(); // [size, steps]
    for (int row = 0; row < in.size(0); row++) {
      out.get(point(row), all(), all()).addi(vectors);
    }
    return out;
  }

  @Override
  public INDArray backward(
      INDArray in,
      INDArray slope,
      Map<String, INDArray> parameters,
      Map<String, INDArray> gradients) {
    NamedArrays.of(gradients, "P").assign(slope.sum(0).transpose());
    return slope.dup('c');
  }
}
