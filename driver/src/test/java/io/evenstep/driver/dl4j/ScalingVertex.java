package io.evenstep.driver.dl4j;

import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A custom layer with parameters: a factor for each number, and a shift. */
public final class ScalingVertex extends SameDiffLayer {
  private static final long serialVersionUID = 1L;
  private static final String FACTOR = "factor";
  private static final String SHIFT = "shift";

  private long size;

  public long getSize() {
    return size;
  }

  public void setSize(long size) {
    this.size = size;
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    size = ((InputType.InputTypeFeedForward) inputType).getSize();
  }

  @Override
  public InputType getOutputType(int index, InputType inputType) {
    return inputType;
  }

  @Override
  public void defineParameters(SDLayerParams params) {
    params.addWeightParam(FACTOR, 1, size);
    params.addBiasParam(SHIFT, 1, size);
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    params.get(FACTOR).assign(1.5);
    params.get(SHIFT).assign(0.1);
  }

  @Override
  public SDVariable defineLayer(
      SameDiff graph, SDVariable input, Map<String, SDVariable> params, SDVariable mask) {
    return input.mul(params.get(FACTOR)).add(params.get(SHIFT));
  }
}
