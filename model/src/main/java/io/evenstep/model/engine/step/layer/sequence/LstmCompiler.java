package io.evenstep.model.engine.step.layer.sequence;

import io.evenstep.model.engine.step.layer.site.DirectedCompiler;
import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.MaskUse;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.sequence.Lstm;
import io.evenstep.model.engine.step.sequence.SteppedLstm;
import java.util.Optional;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.AbstractLSTM;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** DL4J's LSTM, and GravesLSTM, which has peepholes. */
public final class LstmCompiler<L extends AbstractLSTM>
    implements LayerCompiler<L>, DirectedCompiler {
  private final boolean peeps;

  public LstmCompiler(boolean peeps) {
    this.peeps = peeps;
  }

  @Override
  public Optional<String> uncovered(L layer) {
    return LayerSettings.first(
        LayerSettings.when(
            layer.getRnnDataFormat() != RNNFormat.NCW, "sequences with their steps in the middle"),
        Curves.uncovered(layer.getGateActivationFn()),
        Curves.uncovered(layer.getActivationFn()),
        LayerSettings.weights(layer),
        LayerSettings.dropout(layer));
  }

  @Override
  public Value compile(L layer, Value in, Site site) {
    return compile(layer, in, site, true);
  }

  @Override
  public Value compile(
      org.deeplearning4j.nn.conf.layers.Layer layer, Value in, Site site, boolean isForward) {
    AbstractLSTM lstm = (AbstractLSTM) layer;
    Value seen = LayerSettings.input(layer, in, site);
    boolean isUsual =
        lstm.getActivationFn() instanceof ActivationTanH
            && lstm.getGateActivationFn() instanceof ActivationSigmoid;
    return isUsual
        ? Lstm.add(site.assembly(), seen, lstm.getNOut(), site.offset(), isForward, peeps)
        : SteppedLstm.add(
            site.assembly(),
            seen,
            lstm.getNOut(),
            site.offset(),
            isForward,
            new SteppedLstm.Cell(
                Curves.of(lstm.getActivationFn()).orElseThrow(),
                Curves.of(lstm.getGateActivationFn()).orElseThrow(),
                peeps));
  }

  /** DL4J reads masked steps like others, except when only the last step is asked for. */
  @Override
  public MaskUse maskUse(L layer, boolean isActive) {
    return MaskUse.RESTS;
  }
}
