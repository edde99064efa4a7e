package io.evenstep.model.layer;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs an {@link OwnLayer} in a DL4J network. */
final class ArrayLayer extends BaseLayer<FeedForwardLayer> {
  private static final long serialVersionUID = 1;

  private double addedLoss; // mean over the rows of the last forward pass
  private @Nullable INDArray noise; // of the last forward pass
  private boolean isJudged;

  private ArrayLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  /** Makes the layer as DL4J asks a configuration to. */
  static ArrayLayer of(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray flat,
      boolean initializeParams,
      DataType dataType) {
    ArrayLayer layer = new ArrayLayer(conf, dataType);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(flat);
    layer.setParamTable(conf.getLayer().initializer().init(conf, flat, initializeParams));
    layer.setConf(conf);
    return layer;
  }

  private OwnLayer own() {
    return (OwnLayer) layerConf();
  }

  @Override
  public Type type() {
    return Type.RECURRENT;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr memory) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, memory);
    Map<String, INDArray> parameters = parameters(training, memory);
    addedLoss = own() instanceof AddsLoss adds ? adds.added(typed(input)) / input.size(0) : 0;
    INDArray out;
    if (own() instanceof Noisy noisy) {
      INDArray drawn = drawn(noisy, training);
      noise = drawn;
      out = noisy.forward(typed(input), drawn);
    } else if (maskArray == null) {
      out = own().forward(typed(input), parameters);
    } else {
      out = own().forward(typed(input), maskArray, parameters);
    }
    return memory.leverageTo(ArrayType.ACTIVATIONS, out);
  }

  /** Training draws from the thread's generator, as dropout does; predictions have no noise. */
  private INDArray drawn(Noisy noisy, boolean training) {
    long[] shape = {input.size(0), noisy.noiseWidth()};
    if (training) {
      return Nd4j.randn(dataType, shape).detach(); // the backward pass needs it
    }
    INDArray numbers = Nd4j.create(dataType, shape, 'c');
    if (isJudged) {
      int[] at = {0};
      Noisy.draw(
          Noisy.EVALUATION,
          Math.toIntExact(numbers.length()),
          number -> numbers.putScalar(at[0]++, number));
    }
    return numbers;
  }

  /** Whether forward passes in inference are for a loss. */
  void setJudged(boolean judged) {
    isJudged = judged;
  }

  /** What the layer adds to the mean loss of the rows of the last forward pass. */
  double addedLoss() {
    return addedLoss;
  }

  @Override
  public double calcRegularizationScore(boolean backpropParamsOnly) {
    return super.calcRegularizationScore(backpropParamsOnly) + addedLoss;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray slope, LayerWorkspaceMgr memory) {
    assertInputSet(true);
    // DL4J makes no views for a layer without parameters
    Map<String, INDArray> views = Objects.requireNonNullElse(gradientViews, Map.of());
    Map<String, INDArray> parameters = parameters(true, memory);
    INDArray toInput;
    if (own() instanceof Noisy noisy) {
      toInput = noisy.backward(typed(input), Objects.requireNonNull(noise), typed(slope));
    } else if (maskArray == null) {
      toInput = own().backward(typed(input), typed(slope), parameters, views);
    } else {
      toInput = own().backward(typed(input), maskArray, typed(slope), parameters, views);
    }
    Gradient gradients = new DefaultGradient();
    views.forEach((key, view) -> gradients.gradientForVariable().put(key, view));
    weightNoiseParams.clear();
    INDArray behindDropout = backpropDropOutIfPresent(toInput);
    return new Pair<>(gradients, memory.leverageTo(ArrayType.ACTIVATION_GRAD, behindDropout));
  }

  private Map<String, INDArray> parameters(boolean training, LayerWorkspaceMgr memory) {
    Map<String, INDArray> all = new LinkedHashMap<>();
    own()
        .blocks()
        .forEach(block -> all.put(block.key(), getParamWithNoise(block.key(), training, memory)));
    return all;
  }

  private INDArray typed(INDArray array) {
    return array.castTo(dataType); // the array itself when it has that type
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int rows) {
    setMaskArray(mask);
    return new Pair<>(mask, own().behind(state));
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }
}
