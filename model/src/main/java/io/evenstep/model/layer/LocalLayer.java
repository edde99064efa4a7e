package io.evenstep.model.layer;

import io.evenstep.model.ConfigException;
import io.evenstep.model.optimizer.LayerOptimizers;
import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * A layer that learns from its input alone, by a rule of its own, and gives back its input as well
 * as it knows it, [rows, n] for [rows, n]. {@link #backward} ignores the slope. What it writes is
 * not the gradient of a loss, but a sum over rows for which a step of gradient descent is the rule.
 */
public abstract class LocalLayer extends FeedForwardLayer implements OwnLayer {
  private static final long serialVersionUID = 1;

  LocalLayer() {
    setActivationFn(new ActivationIdentity());
  }

  /**
   * Whether parameters are running means of sums over rows: a step must then be a part of the way
   * from the old mean to that of the batch, without penalties or limits.
   */
  public abstract boolean keepsMeans();

  /**
   * Writes a gradient whose step leads from a parameter, a mean over rows, to the mean over these.
   *
   * @param sum over these rows, in the parameter's shape
   */
  static void toMean(
      String key,
      INDArray sum,
      long rows,
      Map<String, INDArray> parameters,
      Map<String, INDArray> gradients) {
    NamedArrays.of(gradients, key).assign(NamedArrays.of(parameters, key).mul(rows).subi(sum));
  }

  @Override
  public void setNIn(InputType rows, boolean override) {
    super.setNIn(rows, true);
    setNOut(getNIn());
  }

  @Override
  public @Nullable InputPreProcessor getPreProcessorForInputType(InputType rows) {
    if (rows instanceof InputType.InputTypeRecurrent) {
      throw new IllegalArgumentException("it needs rows of numbers, or images");
    }
    return super.getPreProcessorForInputType(rows);
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray flat,
      boolean initializeParams,
      DataType dataType) {
    if (keepsMeans()) {
      requirePart(getIUpdater());
    }
    return ArrayLayer.of(conf, listeners, index, flat, initializeParams, dataType);
  }

  private static void requirePart(IUpdater updater) {
    boolean part =
        LayerOptimizers.isFrozen(updater)
            || (updater instanceof Sgd sgd && isPart(sgd.getLearningRate(0, 0)));
    if (!part) {
      throw new ConfigException(
          "training.optimizer",
          "must be sgd with a learning rate of at most 1 for a layer that keeps means",
          updater.getClass().getSimpleName());
    }
  }

  /** Whether a learning rate is a part of the way; 0 is where a warm-up begins. */
  private static boolean isPart(double rate) {
    return rate >= 0 && rate <= 1;
  }

  @Override
  public ParamInitializer initializer() {
    return new BlockInitializer();
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType rows) {
    return BlockInitializer.memory(this, rows);
  }
}
