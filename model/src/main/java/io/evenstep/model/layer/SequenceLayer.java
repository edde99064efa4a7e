package io.evenstep.model.layer;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer that takes and gives sequences, [rows, features, steps]. */
public abstract class SequenceLayer extends BaseRecurrentLayer implements OwnLayer {
  private static final long serialVersionUID = 1;

  /** For DL4J's JSON. */
  SequenceLayer() {
    setRnnDataFormat(RNNFormat.NCW);
  }

  /**
   * A layer whose input size is found from the layer before it.
   *
   * @param outputs features of its output; 0 for as many as its input has
   * @param activation what the layer's table shows
   */
  SequenceLayer(long outputs, IActivation activation) {
    this();
    setNOut(outputs);
    setActivationFn(activation);
  }

  @Override
  public InputType getOutputType(int index, InputType rows) {
    return InputType.recurrent(getNOut(), steps(rows).getTimeSeriesLength());
  }

  @Override
  public void setNIn(InputType rows, boolean override) {
    setNIn(steps(rows).getSize());
    if (getNOut() == 0) {
      setNOut(getNIn());
    }
  }

  @Override
  public @Nullable InputPreProcessor getPreProcessorForInputType(InputType rows) {
    return null; // none is needed
  }

  private InputType.InputTypeRecurrent steps(InputType rows) {
    if (rows instanceof InputType.InputTypeRecurrent steps) {
      return steps;
    }
    throw new IllegalArgumentException(getClass().getSimpleName() + " needs a sequence");
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
