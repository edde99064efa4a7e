package io.evenstep.model.network.dl4j;

import io.evenstep.model.ConfigException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** Another output layer for a saved network, for transfer learning. */
public final class NewHead {
  private NewHead() {}

  /**
   * Replaces an output layer in place. It keeps its initialization and its optimizer.
   *
   * @param place the output layer; null when the network ends in something else
   * @param outputs of the new layer
   * @return how many parameters the old output layer had
   * @throws ConfigException when it is not a dense output layer
   */
  public static long replace(
      @Nullable NeuralNetConfiguration place,
      int outputs,
      ILossFunction loss,
      IActivation activation) {
    if (place == null || !(place.getLayer() instanceof OutputLayer old)) {
      String kind = place == null ? "none" : place.getLayer().getClass().getSimpleName();
      throw new ConfigException("model.replaceHead", "needs a dense output layer", kind);
    }
    long before = old.initializer().numParams(place);
    OutputLayer fresh = (OutputLayer) old.clone();
    fresh.setNOut(outputs);
    fresh.setLossFn(loss);
    fresh.setActivationFn(activation);
    place.setLayer(fresh);
    return before;
  }

  /**
   * Copies the parameters of a saved network that come before its output layer, the last.
   *
   * @param saved all parameters of the saved network
   * @param head how many of them are of the old output layer
   */
  public static void fill(Network network, INDArray saved, long head) {
    long shared = saved.length() - head;
    if (shared > 0) {
      INDArray all = network.parameters();
      all.reshape(new long[] {all.length()})
          .get(NDArrayIndex.interval(0, shared))
          .assign(saved.reshape(new long[] {saved.length()}).get(NDArrayIndex.interval(0, shared)));
    }
  }
}
