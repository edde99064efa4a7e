package io.evenstep.driver.dl4j;

import io.evenstep.model.engine.Learner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The network to train, as the driver holds it in one of DL4J's Spark classes. */
interface Trainee {
  /** DL4J's own network. */
  Model model();

  /** The Spark context that its wrapper was made with. */
  JavaSparkContext spark();

  /** Its configuration in JSON. */
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

  /** The network as DL4J saves it, with the optimizer's state. */
  default byte[] zip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ModelSerializer.writeModel(model(), bytes, true);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the network to memory", e);
    }
    return bytes.toByteArray();
  }

  /** Takes over the parameters and the optimizer's state of its trained copy. */
  default void become(Learner trained) {
    INDArray parameters = model().params();
    parameters.assign(trained.parameters().array().reshape(parameters.shape()));
    INDArray state = updaterState();
    if (state != null) {
      state.assign(trained.state().get(0).region().array().reshape(state.shape()));
    }
  }
}
