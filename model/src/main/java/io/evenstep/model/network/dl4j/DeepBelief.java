package io.evenstep.model.network.dl4j;

import io.evenstep.model.layer.BoltzmannMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Boltzmann machines as the hidden layers of a network with labels: a dense layer of sigmoid units
 * for each machine, with its weights and the biases of its hidden units.
 */
public final class DeepBelief {
  private DeepBelief() {}

  /** The machines of a network; empty when it is another kind of network. */
  public static Optional<BoltzmannMachine> in(NamedLayers network) {
    return network.layers().values().stream()
        .map(layer -> layer.getLayer())
        .filter(BoltzmannMachine.class::isInstance)
        .map(BoltzmannMachine.class::cast)
        .findFirst();
  }

  /** The dense layers, as a job file has them. */
  public static List<Map<String, Object>> layers(BoltzmannMachine machines) {
    List<Map<String, Object>> layers = new ArrayList<>();
    for (int units : machines.hidden()) {
      layers.add(Map.of("type", "dense", "units", units, "activation", "sigmoid", "dropout", 0.0));
    }
    return layers;
  }

  /**
   * Copies the machines' parameters to the network that begins with {@link #layers}.
   *
   * @param saved all parameters of the machines
   */
  public static void fill(Network network, BoltzmannMachine machines, INDArray saved) {
    INDArray from = saved.reshape(saved.length());
    long visible = machines.getNIn();
    long read = 0;
    long written = 0;
    for (int hidden : machines.hidden()) {
      long weights = visible * hidden;
      copy(from, read, network.parameters(), written, weights);
      copy(from, read + weights + visible, network.parameters(), written + weights, hidden);
      read += weights + visible + hidden;
      written += weights + hidden;
      visible = hidden;
    }
  }

  private static void copy(INDArray from, long read, INDArray to, long written, long count) {
    to.get(NDArrayIndex.interval(written, written + count))
        .assign(from.get(NDArrayIndex.interval(read, read + count)));
  }
}
