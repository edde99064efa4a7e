package io.evenstep.driver.dl4j;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLambdaLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** A custom layer, which is in none of our lists. */
public final class Doubling extends SameDiffLambdaLayer {
  private static final long serialVersionUID = 1L;

  @Override
  public SDVariable defineLayer(SameDiff graph, SDVariable input) {
    return input.mul(2);
  }

  @Override
  public InputType getOutputType(int index, InputType inputType) {
    return inputType;
  }
}
