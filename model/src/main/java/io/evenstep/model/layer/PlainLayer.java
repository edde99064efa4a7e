package io.evenstep.model.layer;

import java.util.Collection;
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

/** A layer whose output has the shape of its input, unless it says otherwise. */
abstract class PlainLayer extends FeedForwardLayer implements OwnLayer {
  private static final long serialVersionUID = 1;

  PlainLayer() {
    setActivationFn(new ActivationIdentity());
  }

  @Override
  public InputType getOutputType(int index, InputType rows) {
    return rows;
  }

  @Override
  public @Nullable InputPreProcessor getPreProcessorForInputType(InputType rows) {
    return null; // none is needed
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray flat,
      boolean initializeParams,
      DataType dataType) {
    return ArrayLayer.of(conf, listeners, index, flat, initializeParams, dataType);
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
