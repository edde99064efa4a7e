package io.evenstep.model.layer;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.MaskState;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A Jordan network (Jordan 1986): a hidden layer that sees the output of the step before, where an
 * Elman network's hidden layer sees itself:
 *
 * <pre>
 * hidden h = tanh(x W + y' RW + b)
 * output y = tanh(h V + c)
 * </pre>
 *
 * <p>where {@code y'} is the output of the step before, 0 at first.
 */
public final class Jordan extends SequenceLayer {
  private static final long serialVersionUID = 1;

  @JsonProperty private long units;

  /** For DL4J's JSON. */
  private Jordan() {}

  /**
   * A layer of this size.
   *
   * @param units of the hidden layer
   * @param outputs of each step
   */
  public Jordan(long units, long outputs) {
    super(outputs, new ActivationTanH());
    this.units = units;
  }

  /** Units of the hidden layer. */
  public long units() {
    return units;
  }

  @Override
  public List<ParameterBlock> blocks() {
    return List.of(
        ParameterBlock.weights("W", getNIn(), units, 1),
        ParameterBlock.weights("RW", getNOut(), units, 1),
        ParameterBlock.bias("b", units),
        ParameterBlock.weights("V", units, getNOut(), 1),
        ParameterBlock.bias("c", getNOut()));
  }

  /** Like DL4J's recurrent layers, it reads masked steps, and later layers need not mask them. */
  @Override
  public MaskState behind(MaskState before) {
    return MaskState.Passthrough;
  }

  /** One step's arrays: [rows, inputs], [rows, outputs], [rows, units], [rows, outputs]. */
  private record Step(INDArray in, INDArray before, INDArray hidden, INDArray out) {}

  @Override
  public INDArray forward(INDArray in, Map<String, INDArray> parameters) {
    INDArray out = Nd4j.create(in.dataType(), in.size(0), getNOut(), in.size(2));
    List<Step> steps = steps(in, parameters);
    for (int t = 0; t < steps.size(); t++) {
      out.get(all(), all(), point(t)).assign(steps.get(t).out());
    }
    return out;
  }

  private List<Step> steps(INDArray in, Map<String, INDArray> parameters) {
    List<Step> steps = new ArrayList<>();
    INDArray before = Nd4j.create(in.dataType(), in.size(0), getNOut());
    for (int t = 0; t < in.size(2); t++) {
      Step step = step(in.get(all(), all(), point(t)).dup(), before, parameters);
      steps.add(step);
      before = step.out();
    }
    return steps;
  }

  private static Step step(INDArray in, INDArray before, Map<String, INDArray> parameters) {
    INDArray sums =
        in.mmul(NamedArrays.of(parameters, "W"))
            .addi(before.mmul(NamedArrays.of(parameters, "RW")))
            .addiRowVector(NamedArrays.of(parameters, "b"));
    INDArray hidden = Transforms.tanh(sums, false);
    INDArray out =
        hidden.mmul(NamedArrays.of(parameters, "V")).addiRowVector(NamedArrays.of(parameters, "c"));
    return new Step(in, before, hidden, Transforms.tanh(out, false));
  }

  @Override
  public INDArray backward(
      INDArray in,
      INDArray slope,
      Map<String, INDArray> parameters,
      Map<String, INDArray> gradients) {
    gradients.values().forEach(gradient -> gradient.assign(0));
    INDArray toInput = Nd4j.create(in.dataType(), in.shape());
    List<Step> steps = steps(in, parameters);
    INDArray fromNext = Nd4j.create(in.dataType(), in.size(0), getNOut());
    for (int t = steps.size() - 1; t >= 0; t--) {
      Step step = steps.get(t);
      INDArray here = slope.get(all(), all(), point(t)).add(fromNext);
      INDArray toOut = here.muli(step.out.mul(step.out).rsubi(1));
      INDArray toHidden = toOut.mmul(NamedArrays.of(parameters, "V").transpose());
      toHidden.muli(step.hidden.mul(step.hidden).rsubi(1));
      NamedArrays.of(gradients, "V").addi(step.hidden.transpose().mmul(toOut));
      NamedArrays.of(gradients, "c").addi(toOut.sum(true, 0));
      NamedArrays.of(gradients, "W").addi(step.in.transpose().mmul(toHidden));
      NamedArrays.of(gradients, "RW").addi(step.before.transpose().mmul(toHidden));
      NamedArrays.of(gradients, "b").addi(toHidden.sum(true, 0));
      toInput
          .get(all(), all(), point(t))
          .assign(toHidden.mmul(NamedArrays.of(parameters, "W").transpose()));
      fromNext = toHidden.mmul(NamedArrays.of(parameters, "RW").transpose());
    }
    return toInput;
  }
}
