package io.evenstep.model.optimizer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.GradientUpdater;

/** A {@link RememberingOptimizer} on one block of parameters, for DL4J. */
final class RememberingUpdater implements GradientUpdater<RememberingOptimizer> {
  private final RememberingOptimizer config;
  private List<INDArray> state; // [number kept][the block's parameters]; views

  RememberingUpdater(RememberingOptimizer config, INDArray view, boolean initialize) {
    this.config = config;
    this.state = parts(view, initialize);
  }

  RememberingUpdater(RememberingOptimizer config, Map<String, INDArray> state, boolean initialize) {
    this.config = config;
    this.state = named(state);
    if (initialize) {
      this.state.forEach(array -> array.assign(0));
    }
  }

  private List<INDArray> parts(INDArray view, boolean initialize) {
    if (initialize) {
      view.assign(0);
    }
    INDArray flat = view.reshape(view.length());
    int count = config.remembered().size();
    long length = view.length() / count;
    return IntStream.range(0, count)
        .mapToObj(i -> flat.get(NDArrayIndex.interval(i * length, (i + 1) * length)))
        .toList();
  }

  private List<INDArray> named(Map<String, INDArray> given) {
    List<String> names = config.remembered();
    if (given.size() != names.size() || !given.keySet().containsAll(names)) {
      throw new IllegalStateException(
          "Invalid state: must be " + names + ", got " + given.keySet());
    }
    return names.stream().map(given::get).toList();
  }

  @Override
  public RememberingOptimizer getConfig() {
    return config;
  }

  @Override
  public void setState(Map<String, INDArray> given, boolean initialize) {
    this.state = named(given);
  }

  @Override
  public Map<String, INDArray> getState() {
    Map<String, INDArray> all = new LinkedHashMap<>();
    for (int i = 0; i < state.size(); i++) {
      all.put(config.remembered().get(i), state.get(i));
    }
    return all;
  }

  @Override
  public void setStateViewArray(INDArray view, long[] shape, char order, boolean initialize) {
    this.state = parts(view, initialize);
  }

  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    config.apply(gradient.reshape(gradient.length()), state, iteration, epoch);
  }
}
