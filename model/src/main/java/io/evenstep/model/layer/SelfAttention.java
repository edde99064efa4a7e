package io.evenstep.model.layer;

import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Multi-head self-attention (Vaswani and others 2017). Each head weighs the values of all steps, or
 * of all steps up to its own, by {@code softmax(query key / sqrt(size of a head))}. Padding is not
 * seen.
 */
public final class SelfAttention extends SequenceLayer {
  /** The score of steps that are not seen; their weights are 0. */
  public static final float NEVER = -1e9f;

  private static final long serialVersionUID = 1;

  @JsonProperty private int heads;
  @JsonProperty private boolean causal;

  /** For DL4J's JSON. */
  private SelfAttention() {
    this(1, false);
  }

  private SelfAttention(int heads, boolean causal) {
    super(0, new ActivationIdentity());
    this.heads = heads;
    this.causal = causal;
  }

  /** A layer in which each step sees all steps. Its size is that of its input. */
  public static SelfAttention ofAllSteps(int heads) {
    return new SelfAttention(heads, false);
  }

  /** A layer in which each step sees itself and the steps before it. */
  public static SelfAttention ofEarlierSteps(int heads) {
    return new SelfAttention(heads, true);
  }

  /** How many heads share the units. */
  public int heads() {
    return heads;
  }

  /** Whether later steps are not seen. */
  public boolean isCausal() {
    return causal;
  }

  @Override
  public void setNIn(InputType rows, boolean override) {
    super.setNIn(rows, override);
    if (getNIn() % heads != 0) {
      throw new IllegalArgumentException(
          "heads must divide the " + getNIn() + " features, got " + heads);
    }
  }

  @Override
  public List<ParameterBlock> blocks() {
    return List.of(
        ParameterBlock.weights("W", getNIn(), getNOut(), 3), // query, key, value
        ParameterBlock.bias("b", 3 * getNOut()),
        ParameterBlock.weights("O", getNOut(), getNOut(), 1),
        ParameterBlock.bias("o", getNOut()));
  }

  /** One head of one row. */
  private record Head(INDArray query, INDArray key, INDArray value, INDArray weights) {}

  @Override
  public INDArray forward(INDArray in, Map<String, INDArray> parameters) {
    return forward(in, Nd4j.ones(in.size(0), in.size(2)), parameters);
  }

  @Override
  public INDArray forward(INDArray in, INDArray mask, Map<String, INDArray> parameters) {
    INDArray rows = SequenceRows.of(in);
    INDArray seen = seen(project(rows, parameters), in, mask);
    return SequenceRows.back(
        seen.mmul(NamedArrays.of(parameters, "O")).addiRowVector(NamedArrays.of(parameters, "o")),
        in);
  }

  /**
   * How much each step sees of each other.
   *
   * @param in [rows, features, steps]
   * @param mask [rows, steps], 0 for padding
   * @return [rows, heads, steps, steps]: of the step in the third dimension, the share of each step
   *     in the last one; shares add up to 1
   */
  public INDArray weights(INDArray in, INDArray mask, Map<String, INDArray> parameters) {
    INDArray projected = project(SequenceRows.of(in), parameters);
    INDArray all = Nd4j.create(in.dataType(), in.size(0), heads, in.size(2), in.size(2));
    for (int row = 0; row < in.size(0); row++) {
      for (int head = 0; head < heads; head++) {
        all.get(point(row), point(head)).assign(head(projected, in, mask, row, head).weights);
      }
    }
    return all;
  }

  private static INDArray project(INDArray rows, Map<String, INDArray> parameters) {
    return rows.mmul(NamedArrays.of(parameters, "W"))
        .addiRowVector(NamedArrays.of(parameters, "b"));
  }

  /** The weighted values of all heads, [rows steps, units]. */
  private INDArray seen(INDArray projected, INDArray in, INDArray mask) {
    INDArray seen = Nd4j.create(in.dataType(), projected.size(0), getNOut());
    for (int row = 0; row < in.size(0); row++) {
      for (int head = 0; head < heads; head++) {
        Head it = head(projected, in, mask, row, head);
        part(seen, in, row, head).assign(it.weights.mmul(it.value));
      }
    }
    return seen;
  }

  private Head head(INDArray projected, INDArray in, INDArray mask, int row, int head) {
    INDArray query = part(projected, in, row, head).dup();
    INDArray key = part(projected, in, row, heads + head).dup();
    INDArray value = part(projected, in, row, 2 * heads + head).dup();
    INDArray scores = query.mmul(key.transpose()).muli(scale());
    for (int step = 0; causal && step < scores.size(0); step++) {
      for (int later = step + 1; later < scores.size(1); later++) {
        scores.putScalar(step, later, NEVER);
      }
    }
    for (int step = 0; step < scores.size(1); step++) {
      if (mask.getDouble(row, step) == 0) {
        scores.getColumn(step).assign(NEVER);
      }
    }
    return new Head(query, key, value, new ActivationSoftmax().getActivation(scores, true));
  }

  @Override
  public INDArray backward(
      INDArray in,
      INDArray slope,
      Map<String, INDArray> parameters,
      Map<String, INDArray> gradients) {
    return backward(in, Nd4j.ones(in.size(0), in.size(2)), slope, parameters, gradients);
  }

  @Override
  public INDArray backward(
      INDArray in,
      INDArray mask,
      INDArray slope,
      Map<String, INDArray> parameters,
      Map<String, INDArray> gradients) {
    INDArray rows = SequenceRows.of(in);
    INDArray projected = project(rows, parameters);
    INDArray toOut = SequenceRows.of(slope);
    NamedArrays.of(gradients, "O").assign(seen(projected, in, mask).transpose().mmul(toOut));
    NamedArrays.of(gradients, "o").assign(toOut.sum(true, 0));
    INDArray toProjected =
        toProjected(projected, in, mask, toOut.mmul(NamedArrays.of(parameters, "O").transpose()));
    NamedArrays.of(gradients, "W").assign(rows.transpose().mmul(toProjected));
    NamedArrays.of(gradients, "b").assign(toProjected.sum(true, 0));
    return SequenceRows.back(toProjected.mmul(NamedArrays.of(parameters, "W").transpose()), in);
  }

  private INDArray toProjected(INDArray projected, INDArray in, INDArray mask, INDArray toSeen) {
    INDArray all = Nd4j.create(in.dataType(), projected.shape());
    for (int row = 0; row < in.size(0); row++) {
      for (int head = 0; head < heads; head++) {
        Head it = head(projected, in, mask, row, head);
        INDArray toHead = part(toSeen, in, row, head).dup();
        INDArray toWeights = toHead.mmul(it.value.transpose());
        INDArray common = toWeights.mul(it.weights).sum(true, 1);
        INDArray toScores = toWeights.subiColumnVector(common).muli(it.weights).muli(scale());
        part(all, in, row, head).assign(toScores.mmul(it.key));
        part(all, in, row, heads + head).assign(toScores.transpose().mmul(it.query));
        part(all, in, row, 2 * heads + head).assign(it.weights.transpose().mmul(toHead));
      }
    }
    return all;
  }

  /** A view of the steps of a row and the columns of a part, each part as wide as a head. */
  private INDArray part(INDArray list, INDArray in, int row, int part) {
    long steps = in.size(2);
    long size = getNOut() / heads;
    return list.get(
        interval(row * steps, (row + 1) * steps), interval(part * size, (part + 1) * size));
  }

  private double scale() {
    return 1 / Math.sqrt((double) getNOut() / heads);
  }
}
