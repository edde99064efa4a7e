package io.evenstep.model.network;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Turns our images, {@code [rows, channels, height, width]}, into {@code [rows, height, width,
 * channels]} for networks from TensorFlow. Public for DL4J's JSON.
 */
public final class ChannelsLast implements InputPreProcessor {
  private static final long serialVersionUID = 1L;

  /** Has no settings. */
  public ChannelsLast() {}

  static boolean wantedBy(Layer layer) {
    if (layer instanceof ConvolutionLayer convolution) {
      return convolution.getCnn2dDataFormat() == CNN2DFormat.NHWC;
    }
    return layer instanceof SubsamplingLayer pooling
        && pooling.getCnn2dDataFormat() == CNN2DFormat.NHWC;
  }

  @Override
  public INDArray preProcess(INDArray input, int rows, LayerWorkspaceMgr workspaces) {
    return workspaces.dup(ArrayType.ACTIVATIONS, input.permute(0, 2, 3, 1), 'c');
  }

  @Override
  public INDArray backprop(INDArray output, int rows, LayerWorkspaceMgr workspaces) {
    return workspaces.dup(ArrayType.ACTIVATION_GRAD, output.permute(0, 3, 1, 2), 'c');
  }

  @Override
  public InputType getOutputType(InputType input) {
    InputType.InputTypeConvolutional image = (InputType.InputTypeConvolutional) input;
    return InputType.convolutional(
        image.getHeight(), image.getWidth(), image.getChannels(), CNN2DFormat.NHWC);
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      @Nullable INDArray mask, MaskState state, int rows) {
    return new Pair<>(mask, state);
  }

  @Override
  public ChannelsLast clone() {
    return new ChannelsLast();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChannelsLast;
  }

  @Override
  public int hashCode() {
    return ChannelsLast.class.hashCode();
  }
}
