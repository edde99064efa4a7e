package io.evenstep.driver.dl4j;

import io.evenstep.model.DataException;
import io.evenstep.model.data.example.ExampleLayout;
import io.evenstep.model.data.example.ExampleLayout.Slot;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/**
 * Checks that examples have the shapes a network expects. Layers whose shapes are not known here
 * are left to DL4J, which checks them during training.
 */
final class ExampleShapes {
  private ExampleShapes() {}

  /**
   * Compares the shapes.
   *
   * @throws DataException naming the array, the shape it must have and the one it has
   */
  static void require(Trainee trainee, ExampleLayout layout) {
    List<Optional<Layer>> outputs = trainee.outputLayers();
    requireCount("features", trainee.inputs(), layout.features().size());
    requireCount("labels", outputs.size(), layout.labels().size());
    trainee.firstLayer().ifPresent(layer -> requireFeatures(layer, layout.features().get(0)));
    for (int i = 0; i < outputs.size(); i++) {
      Slot labels = layout.labels().get(i);
      String name = "labels " + i;
      outputs.get(i).ifPresent(layer -> requireLabels(layer, name, labels));
    }
  }

  private static void requireCount(String name, int count, int got) {
    if (count != got) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Invalid examples: must have %d arrays of %s for this network, got %d",
              count,
              name,
              got));
    }
  }

  private static void requireFeatures(Layer layer, Slot features) {
    boolean isDense = layer instanceof DenseLayer || layer instanceof OutputLayer;
    boolean isRecurrent = layer instanceof BaseRecurrentLayer;
    if (isDense || isRecurrent && isTimeLast(((BaseRecurrentLayer) layer).getRnnDataFormat())) {
      long in = ((FeedForwardLayer) layer).getNIn();
      require("features 0", in, isRecurrent, "its first layer expects", features);
    }
  }

  private static void requireLabels(Layer layer, String name, Slot labels) {
    boolean isSequence = layer instanceof RnnOutputLayer rnn && isTimeLast(rnn.getRnnDataFormat());
    boolean isKnown = layer instanceof OutputLayer || isSequence;
    if (isKnown && !(((BaseOutputLayer) layer).getLossFn() instanceof LossSparseMCXENT)) {
      long out = ((FeedForwardLayer) layer).getNOut();
      require(name, out, isSequence, "its output layer gives", labels);
    }
  }

  private static boolean isTimeLast(RNNFormat format) {
    return format != RNNFormat.NWC;
  }

  private static void require(
      String name, long numbers, boolean isSequence, String because, Slot got) {
    int dimensions = isSequence ? 2 : 1;
    if (got.shape().size() != dimensions || got.shape().get(0) != numbers) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "Invalid examples: %s must have the shape [%d%s] for this network (%s %d numbers),"
                  + " got %s",
              name,
              numbers,
              isSequence ? ", time" : "",
              because,
              numbers,
              got.shape()));
    }
  }
}
