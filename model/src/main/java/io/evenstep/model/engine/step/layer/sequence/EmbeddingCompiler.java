package io.evenstep.model.engine.step.layer.sequence;

import io.evenstep.model.engine.step.layer.site.ActivationFunctions;
import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.MaskUse;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.EmbeddingOp;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.sequence.MaskOp;
import java.util.Optional;
import java.util.function.Predicate;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;

/**
 * {@link EmbeddingLayer}, one number per row, and {@link EmbeddingSequenceLayer}, a sequence of
 * numbers per row.
 */
public final class EmbeddingCompiler<L extends FeedForwardLayer> implements LayerCompiler<L> {
  private static final long MOST =
      1L << 29; // parameters: 2 GB, the most that a loop in Java can address

  private final Predicate<L> hasBias;
  private final boolean asSequence;

  private EmbeddingCompiler(Predicate<L> hasBias, boolean asSequence) {
    this.hasBias = hasBias;
    this.asSequence = asSequence;
  }

  public static EmbeddingCompiler<EmbeddingLayer> ofRows() {
    return new EmbeddingCompiler<>(EmbeddingLayer::hasBias, false);
  }

  public static EmbeddingCompiler<EmbeddingSequenceLayer> ofSequences() {
    return new EmbeddingCompiler<>(EmbeddingSequenceLayer::hasBias, true);
  }

  @Override
  public Optional<String> uncovered(L layer) {
    return LayerSettings.first(
        LayerSettings.when(
            layer instanceof EmbeddingSequenceLayer it && it.getOutputFormat() != RNNFormat.NCW,
            "sequences with their steps in the middle"),
        LayerSettings.when(layer.getIDropout() != null, "dropout"),
        LayerSettings.when(
            (layer.getNIn() + 1) * layer.getNOut() >= MOST, "an embedding of 2 GB or more"),
        LayerSettings.weights(layer),
        asSequence
            ? ActivationFunctions.uncoveredInImages(layer.getActivationFn())
            : ActivationFunctions.uncovered(layer.getActivationFn()));
  }

  @Override
  public Value compile(L layer, Value in, Site site) {
    Value out =
        EmbeddingOp.add(
            site.assembly(),
            in,
            layer.getNIn(),
            layer.getNOut(),
            site.offset(),
            hasBias.test(layer),
            asSequence);
    Value activated = LayerSettings.activated(layer.getActivationFn(), out, site);
    return site.mask().isPresent()
        ? MaskOp.add(site.assembly(), activated, site.mask().get().steps())
        : activated;
  }

  @Override
  public MaskUse maskUse(L layer, boolean isActive) {
    return asSequence ? MaskUse.PASSES : MaskUse.UNCOVERED;
  }
}
