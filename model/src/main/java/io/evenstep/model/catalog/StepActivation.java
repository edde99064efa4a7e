package io.evenstep.model.catalog;

import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A threshold: 1 from 0 on, else 0 (McCulloch and Pitts 1943, "A logical calculus of the ideas
 * immanent in nervous activity"). Its derivative is 0, so layers before it do not learn.
 */
public final class StepActivation extends BaseActivationFunction {
  private static final long serialVersionUID = 1L;

  @Override
  public INDArray getActivation(INDArray in, boolean training) {
    return in.assign(in.gte(0).castTo(in.dataType()));
  }

  @Override
  public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
    assertShape(in, epsilon);
    return new Pair<>(Nd4j.zerosLike(epsilon), null);
  }

  @Override
  public String toString() {
    return "step";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StepActivation;
  }

  @Override
  public int hashCode() {
    return StepActivation.class.hashCode();
  }
}
