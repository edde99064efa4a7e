package io.evenstep.model.layer;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.MaskState;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Gated recurrent units (Cho and others 2014), with the reset gate applied after the product with
 * the state, as in cuDNN and Keras:
 *
 * <pre>
 * update    z = sigmoid(x Wz + h Rz + bz)
 * reset     r = sigmoid(x Wr + h Rr + br)
 * candidate n = tanh(x Wn + bn + r (h Rn + c))
 * output    (1 - z) n + z h
 * </pre>
 */
public final class Gru extends SequenceLayer {
  private static final long serialVersionUID = 1;

  /** For DL4J's JSON. */
  private Gru() {}

  /** A layer of this many units. */
  public Gru(long units) {
    super(units, new ActivationTanH());
  }

  @Override
  public List<ParameterBlock> blocks() {
    return List.of(
        ParameterBlock.weights("W", getNIn(), getNOut(), 3), // update, reset, candidate
        ParameterBlock.weights("RW", getNOut(), getNOut(), 3),
        ParameterBlock.bias("b", 3 * getNOut()),
        ParameterBlock.bias("c", getNOut()));
  }

  /** Like DL4J's recurrent layers, it reads masked steps, and later layers need not mask them. */
  @Override
  public MaskState behind(MaskState before) {
    return MaskState.Passthrough;
  }

  /** One step's arrays, each [rows, units] but the input. */
  private record Step(
      INDArray in, INDArray before, INDArray z, INDArray r, INDArray n, INDArray product) {
    INDArray out() {
      return n.add(before.sub(n).muli(z));
    }
  }

  @Override
  public INDArray forward(INDArray in, Map<String, INDArray> parameters) {
    INDArray out = Nd4j.create(in.dataType(), in.size(0), getNOut(), in.size(2));
    List<Step> steps = steps(in, parameters);
    for (int t = 0; t < steps.size(); t++) {
      put(out, t, steps.get(t).out());
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

  private Step step(INDArray in, INDArray before, Map<String, INDArray> parameters) {
    INDArray fromInput =
        in.mmul(NamedArrays.of(parameters, "W")).addiRowVector(NamedArrays.of(parameters, "b"));
    INDArray fromBefore = before.mmul(NamedArrays.of(parameters, "RW"));
    INDArray z = Transforms.sigmoid(gate(fromInput, 0).add(gate(fromBefore, 0)), false);
    INDArray r = Transforms.sigmoid(gate(fromInput, 1).add(gate(fromBefore, 1)), false);
    INDArray product = gate(fromBefore, 2).addRowVector(NamedArrays.of(parameters, "c"));
    INDArray n = Transforms.tanh(gate(fromInput, 2).add(product.mul(r)), false);
    return new Step(in, before, z, r, n, product);
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
      INDArray toZ = here.mul(step.before.sub(step.n)).muli(step.z).muli(step.z.rsub(1));
      INDArray toN = here.mul(step.z.rsub(1)).muli(step.n.mul(step.n).rsubi(1));
      INDArray toR = toN.mul(step.product).muli(step.r).muli(step.r.rsub(1));
      INDArray toProduct = toN.mul(step.r);
      INDArray gates = Nd4j.hstack(toZ, toR, toN);
      INDArray recurrent = Nd4j.hstack(toZ, toR, toProduct);
      NamedArrays.of(gradients, "W").addi(step.in.transpose().mmul(gates));
      NamedArrays.of(gradients, "RW").addi(step.before.transpose().mmul(recurrent));
      NamedArrays.of(gradients, "b").addi(gates.sum(true, 0));
      NamedArrays.of(gradients, "c").addi(toProduct.sum(true, 0));
      put(toInput, t, gates.mmul(NamedArrays.of(parameters, "W").transpose()));
      fromNext =
          recurrent.mmul(NamedArrays.of(parameters, "RW").transpose()).addi(here.muli(step.z));
    }
    return toInput;
  }

  private INDArray gate(INDArray gates, int which) {
    return gates.get(all(), interval(which * getNOut(), (which + 1) * getNOut()));
  }

  private static void put(INDArray sequences, int t, INDArray step) {
    sequences.get(all(), all(), point(t)).assign(step);
  }
}
