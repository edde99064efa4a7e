package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.layer.attention.LayerNormCompiler;
import io.evenstep.model.engine.step.layer.attention.PositionsCompiler;
import io.evenstep.model.engine.step.layer.attention.SelfAttentionCompiler;
import io.evenstep.model.engine.step.layer.attention.StepDenseCompiler;
import io.evenstep.model.engine.step.layer.cell.GaussianSampleCompiler;
import io.evenstep.model.engine.step.layer.cell.RbfCompiler;
import io.evenstep.model.engine.step.layer.cell.SparsityCompiler;
import io.evenstep.model.engine.step.layer.sequence.EmbeddingCompiler;
import io.evenstep.model.engine.step.layer.sequence.GruCompiler;
import io.evenstep.model.engine.step.layer.sequence.JordanCompiler;
import io.evenstep.model.engine.step.layer.sequence.LstmCompiler;
import io.evenstep.model.engine.step.layer.sequence.SimpleRnnCompiler;
import io.evenstep.model.engine.step.layer.site.DirectedCompiler;
import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.Mask;
import io.evenstep.model.engine.step.layer.site.MaskUse;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.layer.window.Convolution1dCompiler;
import io.evenstep.model.engine.step.layer.window.ConvolutionCompiler;
import io.evenstep.model.engine.step.layer.window.DeconvolutionCompiler;
import io.evenstep.model.engine.step.layer.window.DepthwiseCompiler;
import io.evenstep.model.engine.step.layer.window.GlobalPoolingCompiler;
import io.evenstep.model.engine.step.layer.window.LocalResponseCompiler;
import io.evenstep.model.engine.step.layer.window.Pooling1dCompiler;
import io.evenstep.model.engine.step.layer.window.PoolingCompiler;
import io.evenstep.model.engine.step.layer.window.SeparableCompiler;
import io.evenstep.model.engine.step.layer.window.UpsamplingCompiler;
import io.evenstep.model.engine.step.layer.window.ZeroPaddingCompiler;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.layer.GaussianSample;
import io.evenstep.model.layer.Gru;
import io.evenstep.model.layer.Jordan;
import io.evenstep.model.layer.LayerNorm;
import io.evenstep.model.layer.LocalResponseNorm;
import io.evenstep.model.layer.Positions;
import io.evenstep.model.layer.Rbf;
import io.evenstep.model.layer.SelfAttention;
import io.evenstep.model.layer.Sparsity;
import io.evenstep.model.layer.StepDense;
import io.evenstep.model.layer.TiedOutput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;

/**
 * All types of layer that a program covers. A DL4J type that extends one of these is a different
 * type and is not covered by it.
 */
public final class LayerCompilers {
  private static final Map<Class<?>, LayerCompiler<?>> ALL = new LinkedHashMap<>();

  static {
    put(DenseLayer.class, new DenseCompiler());
    put(OutputLayer.class, new OutputCompiler());
    put(LossLayer.class, new LossCompiler());
    put(ActivationLayer.class, new ActivationCompiler());
    put(DropoutLayer.class, new DropoutCompiler());
    put(EmbeddingLayer.class, EmbeddingCompiler.ofRows());
    put(EmbeddingSequenceLayer.class, EmbeddingCompiler.ofSequences());
    put(ConvolutionLayer.class, new ConvolutionCompiler());
    put(Deconvolution2D.class, new DeconvolutionCompiler());
    put(DepthwiseConvolution2D.class, new DepthwiseCompiler());
    put(SeparableConvolution2D.class, new SeparableCompiler());
    put(SubsamplingLayer.class, new PoolingCompiler());
    put(GlobalPoolingLayer.class, new GlobalPoolingCompiler());
    put(BatchNormalization.class, new BatchNormCompiler());
    put(LSTM.class, new LstmCompiler<>(false));
    put(GravesLSTM.class, new LstmCompiler<>(true));
    put(Convolution1DLayer.class, new Convolution1dCompiler());
    put(Subsampling1DLayer.class, new Pooling1dCompiler());
    put(SimpleRnn.class, new SimpleRnnCompiler());
    put(Gru.class, new GruCompiler());
    put(LocalResponseNorm.class, new LocalResponseCompiler());
    put(StepDense.class, new StepDenseCompiler());
    put(LayerNorm.class, new LayerNormCompiler());
    put(Jordan.class, new JordanCompiler());
    put(GaussianSample.class, new GaussianSampleCompiler());
    put(Rbf.class, new RbfCompiler());
    put(Sparsity.class, new SparsityCompiler());
    put(Positions.class, new PositionsCompiler());
    put(SelfAttention.class, new SelfAttentionCompiler());
    put(Bidirectional.class, new BidirectionalCompiler());
    put(LastTimeStep.class, new LastStepCompiler());
    put(RnnOutputLayer.class, new RnnOutputCompiler());
    put(TiedOutput.class, new RnnOutputCompiler());
    put(ZeroPaddingLayer.class, new ZeroPaddingCompiler());
    put(Upsampling2D.class, new UpsamplingCompiler());
  }

  private LayerCompilers() {}

  private static <L extends Layer> void put(Class<? extends L> type, LayerCompiler<L> compiler) {
    ALL.put(type, compiler);
  }

  /** Why a layer is not covered, such as {@code layer 2 (DenseLayer): weight noise}. */
  public static Optional<String> uncovered(String name, Layer layer) {
    String type = layer.getClass().getSimpleName();
    if (!ALL.containsKey(layer.getClass())) {
      return Optional.of(name + ": the type " + type);
    }
    return of(layer).uncovered(layer).map(reason -> name + " (" + type + "): " + reason);
  }

  /** The layer, if some of its products are float32 in every precision. */
  public static Optional<String> unrounded(String name, Layer layer) {
    return LayerSettings.when(
        isUnrounded(layer), name + " (" + layer.getClass().getSimpleName() + ")");
  }

  private static boolean isUnrounded(Layer layer) {
    if (layer instanceof LastTimeStep last) {
      return isUnrounded(last.getUnderlying());
    }
    return directed(layer).isPresent()
        || layer instanceof Bidirectional
        || layer instanceof Jordan
        || layer instanceof SelfAttention;
  }

  /** Adds the operations of a covered layer; returns its output. */
  public static Value compile(Layer layer, Value in, Site site) {
    return of(layer).compile(layer, in, site);
  }

  /** Why a covered layer cannot take masked steps; empty when it can. */
  public static Optional<String> uncovered(String name, Layer layer, Mask mask) {
    return LayerSettings.when(
        use(layer, mask) == MaskUse.UNCOVERED,
        name + " (" + layer.getClass().getSimpleName() + "): a mask of its input");
  }

  /**
   * The mask for the next layer in a program; see the other method.
   *
   * @param in the layer's input
   */
  public static Optional<Mask> behind(Layer layer, Mask mask, Value in, Assembly assembly) {
    return behind(layer, mask)
        .map(it -> new Mask(of(layer).behind(layer, it.steps(), in, assembly), it.isActive()));
  }

  /** The mask for the next layer; empty when there are no steps left, or when all count. */
  public static Optional<Mask> behind(Layer layer, Mask mask) {
    return mask.behind(use(layer, mask));
  }

  private static MaskUse use(Layer layer, Mask mask) {
    return of(layer).maskUse(layer, mask.isActive());
  }

  /** The compiler of a covered layer that can run in either direction; empty for other layers. */
  static Optional<DirectedCompiler> directed(Layer layer) {
    return Optional.ofNullable(ALL.get(layer.getClass()))
        .filter(DirectedCompiler.class::isInstance)
        .map(DirectedCompiler.class::cast);
  }

  @SuppressWarnings("unchecked") // put() needs the layer and its compiler to have one type
  private static LayerCompiler<Layer> of(Layer layer) {
    return (LayerCompiler<Layer>) Objects.requireNonNull(ALL.get(layer.getClass()));
  }
}
