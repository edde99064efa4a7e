package io.evenstep.driver.dl4j;

import io.evenstep.model.engine.Learner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.util.ModelSerializer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The network to train, held by one of DL4J's Spark classes in the driver. */
interface Trainee {
  /** DL4J's own network. */
  Model model();

  /** The Spark context of its wrapper. */
  JavaSparkContext spark();

  /** The network's configuration in single precision, as JSON. */
  String configurationJson();

  /** The optimizer's state, not a copy; null for an optimizer without state. */
  @Nullable INDArray updaterState();

  /** Time steps per segment in truncated backpropagation through time; 0 for whole sequences. */
  int segmentSteps();

  /** Steps taken so far. */
  int iterations();

  /** Sets the number of steps taken. */
  void iterations(int count);

  /** Epochs trained so far. */
  int epochs();

  /** Sets the loss of the last step. */
  void score(double score);

  /** The number of input arrays. */
  int inputs();

  /** The layers that compute its outputs, in order; empty for an output without a layer. */
  List<Optional<Layer>> outputLayers();

  /** The layer that takes the features unchanged; empty when that is not certain. */
  Optional<Layer> firstLayer();

  /**
   * The network in single precision: itself, or a copy.
   *
   * @param newState whether the optimizer starts with a new state; the result is then a copy
   */
  Model inFloats(boolean newState);

  /** Whether it is already in single precision. */
  default boolean isFloat() {
    return model().params().dataType() == DataType.FLOAT;
  }

  /** The network as a DL4J zip, in single precision, with the optimizer's state. */
  default byte[] zip(boolean newState) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ModelSerializer.writeModel(inFloats(newState), bytes, true);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the network to memory", e);
    }
    return bytes.toByteArray();
  }

  /** Copies the parameters, and optionally the optimizer's state, from the trained network. */
  default void become(Learner trained, boolean keepsState) {
    INDArray parameters = model().params();
    parameters.assign(trained.parameters().array().reshape(parameters.shape()));
    INDArray state = keepsState ? updaterState() : null;
    if (state != null) {
      state.assign(trained.state().get(0).region().array().reshape(state.shape()));
    }
  }
}
