package io.evenstep.model.network;

import io.evenstep.model.layer.LocalLayer;
import io.evenstep.model.layer.SequenceLayer;
import java.util.List;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration says about the shape of one of its inputs, which may be incomplete.
 *
 * @param sizes as in {@link Shape}, with a word where any size is allowed; empty when nothing is
 *     known
 */
record InputShapes(List<String> sizes) {
  static InputShapes of(Layer layer, @Nullable InputPreProcessor before) {
    if (before instanceof CnnToFeedForwardPreProcessor flatten) {
      return known(flatten.getNumChannels(), flatten.getInputHeight(), flatten.getInputWidth());
    }
    if (before instanceof FeedForwardToCnnPreProcessor fold) {
      return known(fold.getNumChannels() * fold.getInputHeight() * fold.getInputWidth());
    }
    return before == null || before instanceof ChannelsLast
        ? ofLayer(layer)
        : new InputShapes(List.of());
  }

  private static InputShapes ofLayer(Layer layer) {
    if (layer instanceof BaseWrapperLayer wrapper) {
      return ofLayer(wrapper.getUnderlying());
    }
    if (layer instanceof BaseRecurrentLayer recurrent) {
      return new InputShapes(List.of(Long.toString(recurrent.getNIn()), "steps"));
    }
    if (layer instanceof SequenceLayer sequence) {
      return new InputShapes(List.of(Long.toString(sequence.getNIn()), "steps"));
    }
    if (layer.getClass() == ConvolutionLayer.class) {
      long channels = ((ConvolutionLayer) layer).getNIn();
      return new InputShapes(List.of(Long.toString(channels), "height", "width"));
    }
    boolean plain =
        layer instanceof org.deeplearning4j.nn.conf.layers.DenseLayer
            || layer instanceof org.deeplearning4j.nn.conf.layers.OutputLayer
            || layer instanceof LocalLayer;
    return plain ? known(((FeedForwardLayer) layer).getNIn()) : new InputShapes(List.of());
  }

  private static InputShapes known(long... sizes) {
    return new InputShapes(java.util.Arrays.stream(sizes).mapToObj(Long::toString).toList());
  }

  static boolean fit(List<InputShapes> expected, List<Shape> inputs) {
    if (expected.size() != inputs.size()) {
      return false;
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (!expected.get(i).fits(inputs.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean fits(Shape input) {
    if (sizes.isEmpty()) {
      return true;
    }
    if (sizes.size() != input.sizes().size()) {
      return false;
    }
    for (int i = 0; i < sizes.size(); i++) {
      boolean anySize = !Character.isDigit(sizes.get(i).charAt(0));
      if (!anySize && !sizes.get(i).equals(input.sizes().get(i).toString())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return sizes.isEmpty() ? "[unknown]" : sizes.toString();
  }
}
