package io.evenstep.model.layer;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The middle of a variational autoencoder (Kingma and Welling 2014). Its input is a mean {@code m}
 * and the logarithm of a variance {@code v} for each of its outputs, all means first:
 *
 * <pre>
 * output z = m + exp(v / 2) e, with normal noise e
 * loss     sum of (m^2 + exp(v) - v - 1) / 2
 * </pre>
 *
 * <p>The loss is the divergence of the outputs' distribution from the standard normal one. Outputs
 * for predictions have no noise, {@code z = m}; losses have, also in evaluations.
 */
public final class GaussianSample extends PlainLayer implements AddsLoss, Noisy {
  private static final long serialVersionUID = 1;

  @Override
  public List<ParameterBlock> blocks() {
    return List.of();
  }

  @Override
  public void setNIn(InputType rows, boolean override) {
    if (!(rows instanceof InputType.InputTypeFeedForward vector)) {
      throw new IllegalArgumentException("a sample needs a vector of means and variances");
    }
    if (vector.getSize() % 2 != 0) {
      throw new IllegalArgumentException("a sample needs as many variances as means");
    }
    setNIn(vector.getSize());
    setNOut(vector.getSize() / 2);
  }

  @Override
  public InputType getOutputType(int index, InputType rows) {
    return InputType.feedForward(getNOut());
  }

  @Override
  public long noiseWidth() {
    return getNOut();
  }

  @Override
  public INDArray forward(INDArray in, Map<String, INDArray> parameters) {
    return means(in).dup('c');
  }

  @Override
  public INDArray forward(INDArray in, INDArray noise) {
    return means(in).add(deviations(in).muli(noise));
  }

  @Override
  public INDArray backward(
      INDArray in,
      INDArray slope,
      Map<String, INDArray> parameters,
      Map<String, INDArray> gradients) {
    return backward(in, Nd4j.zerosLike(slope), slope);
  }

  @Override
  public INDArray backward(INDArray in, INDArray noise, INDArray slope) {
    INDArray deviations = deviations(in);
    INDArray toMeans = slope.add(means(in));
    INDArray toLogarithms = slope.mul(noise).muli(deviations);
    toLogarithms.addi(deviations.mul(deviations).subi(1)).divi(2);
    return Nd4j.hstack(toMeans, toLogarithms);
  }

  @Override
  public double added(INDArray in) {
    INDArray means = means(in);
    INDArray deviations = deviations(in);
    INDArray sum = means.mul(means).addi(deviations.mul(deviations)).subi(logarithms(in)).subi(1);
    return sum.sumNumber().doubleValue() / 2;
  }

  private INDArray means(INDArray in) {
    return in.get(all(), interval(0, getNOut()));
  }

  private INDArray logarithms(INDArray in) {
    return in.get(all(), interval(getNOut(), 2 * getNOut()));
  }

  private INDArray deviations(INDArray in) {
    return Transforms.exp(logarithms(in).div(2), false);
  }
}
