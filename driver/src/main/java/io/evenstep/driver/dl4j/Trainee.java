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

/** The network to train, as the driver holds it in one of DL4J's Spark classes. */
interface Trainee {
  /** DL4J's own network. */
  Model model();

  /** The Spark context that its wrapper was made with. */
  JavaSparkContext spark();

  /** The configuration in JSON of the network in single precision. */
  String configurationJson();

  /** The optimizer's state, live; null for an optimizer without. */
  @Nullable INDArray updaterState();

  /** Steps in time that truncated backpropagation goes through at once; 0 for whole sequences. */
  int segmentSteps();

  /** Steps that it has taken. */
  int iterations();

  /** Says how many steps it has taken. */
  void iterations(int count);

  /** Epochs that it has been trained for. */
  int epochs();

  /** Says what its loss was in the last step. */
  void score(double score);

  /** The number of arrays that it takes. */
  int inputs();

  /** The layers that compute its outputs, in order; empty for an output of no layer. */
  List<Optional<Layer>> outputLayers();

  /** The layer that sees the features just as they are; empty where that is not certain. */
  Optional<Layer> firstLayer();

  /**
   * The network in single precision: itself, or a copy.
   *
   * @param newState whether the optimizer is to begin anew, which makes it a copy
   */
  Model inFloats(boolean newState);

  /** Whether its numbers are in single precision already. */
  default boolean isFloat() {
    return model().params().dataType() == DataType.FLOAT;
  }

  /** The network as DL4J saves it, in single precision, with the optimizer's state. */
  default byte[] zip(boolean newState) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ModelSerializer.writeModel(inFloats(newState), bytes, true);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the network to memory", e);
    }
    return bytes.toByteArray();
  }

  /** Takes over the parameters, and if told so the optimizer's state, of its trained copy. */
  default void become(Learner trained, boolean keepsState) {
    INDArray parameters = model().params();
    parameters.assign(trained.parameters().array().reshape(parameters.shape()));
    INDArray state = keepsState ? updaterState() : null;
    if (state != null) {
      state.assign(trained.state().get(0).region().array().reshape(state.shape()));
    }
  }
}
