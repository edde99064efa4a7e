package io.evenstep.model.network.dl4j;

import io.evenstep.model.data.Floats;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.layer.AddsLoss;
import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** A {@link Network} over DL4J's list of layers. */
public final class SequentialNetwork extends Dl4jNetwork {
  private final Layers layers;
  private final SegmentStates states;
  private long numbers; // of the features of the last gradient

  private SequentialNetwork(Layers layers, Clipping clipping) {
    super(layers, (MultiLayerUpdater) layers.getUpdater(true), clipping);
    this.layers = layers;
    this.states =
        new SegmentStates(
            layers.getLayerWiseConfigurations().getBackpropType(), layers.getLayers());
  }

  /** A network with initial weights. */
  public static SequentialNetwork of(MultiLayerConfiguration configuration, Clipping clipping) {
    Layers layers = new Layers(configuration);
    layers.init();
    layers.initGradientsView();
    return new SequentialNetwork(layers, clipping);
  }

  @Override
  public Model model() {
    return layers;
  }

  /** Makes {@link #inputSlopes} available after each gradient. */
  public void keepInputSlopes() {
    layers.keepsInputSlopes = true;
  }

  /**
   * The slopes of the mean loss of the last gradient with respect to each number of the features,
   * row by row; 0 for numbers that are looked up in an embedding.
   */
  public FloatBuffer inputSlopes() {
    @Nullable INDArray slopes = layers.inputSlopes;
    if (slopes == null) {
      return FloatBuffer.allocate(Math.toIntExact(numbers));
    }
    Floats.refresh(slopes);
    return Floats.of(slopes);
  }

  @Override
  double forwardAndBackward(MiniBatch shard) {
    layers.setInput(shard.features().get(0));
    numbers = shard.features().get(0).length();
    layers.setLabels(shard.labels().get(0));
    boolean masked = Masks.any(shard);
    if (masked) {
      layers.setLayerMaskArrays(
          Masks.first(shard.featureMasks()), Masks.first(Masks.counted(shard.labelMasks())));
    }
    states.begin(shard.segment());
    if (shard.weights().isPresent()) {
      WeightedLoss.during(
          shard.weights().get(),
          Masks.shares(shard.labelMasks()),
          outputs(),
          layers::computeGradientAndScore);
    } else if (masked) {
      WeightedLoss.duringMasked(
          Masks.shares(shard.labelMasks()), outputs(), layers::computeGradientAndScore);
    } else {
      layers.computeGradientAndScore();
    }
    states.end();
    if (masked) {
      layers.clearLayerMaskArrays();
    }
    layers.clearLayersStates();
    return layers.score();
  }

  @Override
  public List<Layer> outputs() {
    return List.of(layers.getOutputLayer().conf().getLayer());
  }

  @Override
  public Collection<INDArray> activations(MiniBatch batch) {
    return layers.feedForward(batch.features().get(0), true);
  }

  @Override
  public byte[] segmentState() {
    return states.toBytes();
  }

  @Override
  public void goOnFrom(byte[] segmentState) {
    states.goOnFrom(segmentState);
  }

  @Override
  double meanLoss(MiniBatch batch) {
    DataSet rows =
        new DataSet(
            batch.features().get(0),
            batch.labels().get(0),
            Masks.first(batch.featureMasks()),
            Masks.first(Masks.counted(batch.labelMasks())));
    if (!Masks.any(batch)) {
      return AddsLoss.judged(layers.getLayers(), () -> layers.score(rows, false));
    }
    double[] loss = {0};
    WeightedLoss.duringMasked(
        Masks.shares(batch.labelMasks()), outputs(), () -> loss[0] = layers.score(rows, false));
    return loss[0];
  }

  @Override
  void finishStep(int stepsTaken, int epoch) {
    layers.setIterationCount(stepsTaken);
    layers.setEpochCount(epoch);
    layers.applyConstraints(stepsTaken, epoch);
  }

  @Override
  public long stepsTaken() {
    return layers.getIterationCount();
  }

  @Override
  public int epochsTaken() {
    return layers.getEpochCount();
  }

  @Override
  public double penalty() {
    return layers.penalty();
  }

  /** DL4J would multiply the outputs of each step by a mask of the labels. */
  @Override
  public List<INDArray> predict(MiniBatch batch) {
    @Nullable INDArray mask = Masks.first(batch.featureMasks());
    INDArray features = batch.features().get(0);
    return List.of(
        mask == null ? layers.output(features, false) : layers.output(features, false, mask, null));
  }

  @Override
  public String configurationJson() {
    return layers.getLayerWiseConfigurations().toJson();
  }

  /** DL4J's network with a score without the penalty, so that no shard computes it. */
  private static final class Layers extends MultiLayerNetwork {
    private static final long serialVersionUID = 1L;

    private boolean keepsInputSlopes;
    private transient @Nullable INDArray inputSlopes; // [rows, ...], in C order

    Layers(MultiLayerConfiguration configuration) {
      super(configuration);
    }

    @Override
    public double calcRegularizationScore(boolean backpropParamsOnly) {
      return AddsLoss.mean(getLayers());
    }

    @Override
    protected Pair<Gradient, INDArray> calcBackpropGradients(
        @Nullable INDArray slope, boolean withOutput, boolean truncated, boolean withInput) {
      Pair<Gradient, INDArray> result =
          super.calcBackpropGradients(slope, withOutput, truncated, withInput || keepsInputSlopes);
      @Nullable INDArray found = result.getSecond();
      inputSlopes = keepsInputSlopes && found != null ? found.dup('c').detach() : null;
      return result;
    }

    double penalty() {
      return super.calcRegularizationScore(true) - AddsLoss.mean(getLayers());
    }
  }
}
