package io.evenstep.model.catalog.layer;

import static io.evenstep.model.catalog.layer.LayerType.ACTIVATION;
import static io.evenstep.model.catalog.layer.LayerType.DROPOUT;

import io.evenstep.model.catalog.Catalogue;
import io.evenstep.model.catalog.Entry;
import io.evenstep.model.catalog.Parameter;
import io.evenstep.model.catalog.Rule;
import io.evenstep.model.layer.LayerNorm;
import io.evenstep.model.layer.Positions;
import io.evenstep.model.layer.SelfAttention;
import io.evenstep.model.layer.StepDense;
import java.util.List;
import java.util.Set;

/** Layer types of transformers. */
final class TransformerLayers {
  private static final Set<LayerInput> SEQUENCE = LayerType.kinds(LayerInput.SEQUENCE);

  private TransformerLayers() {}

  static void addTo(Catalogue<LayerType> all) {
    all.add(
            Entry.of(
                "positions", "a learnt vector added to each step: a position embedding", DROPOUT),
            new LayerType(SEQUENCE, (a, d) -> LayerType.withDropout(new Positions(), a, d)))
        .add(
            Entry.of(
                "selfAttention",
                "multi-head self-attention, Vaswani and others 2017",
                Parameter.of("heads", Rule.COUNT, 4, "must divide the features"),
                Parameter.of(
                    "causal", Rule.FLAG, false, "whether a step sees only itself and earlier ones"),
                DROPOUT),
            new LayerType(
                SEQUENCE,
                (a, d) ->
                    LayerType.withDropout(
                        a.flag("causal")
                            ? SelfAttention.ofEarlierSteps(a.whole("heads"))
                            : SelfAttention.ofAllSteps(a.whole("heads")),
                        a,
                        d)));
    addRest(all);
  }

  private static void addRest(Catalogue<LayerType> all) {
    all.add(
            Entry.of("layerNorm", "layer normalization over the features, Ba and others 2016"),
            new LayerType(
                LayerType.kinds(LayerInput.VECTOR, LayerInput.SEQUENCE),
                (a, d) -> List.of(new LayerNorm())))
        .add(
            Entry.of(
                "stepDense",
                "fully connected at each step, with the same weights at all steps",
                Parameter.required("units", Rule.COUNT, "outputs at each step"),
                ACTIVATION,
                DROPOUT),
            new LayerType(
                SEQUENCE,
                (a, d) ->
                    LayerType.withDropout(
                        new StepDense(a.whole("units"), LayerType.activation(a, d.activation())),
                        a,
                        d)));
  }
}
