package io.evenstep.model.catalog.layer;

import static io.evenstep.model.catalog.layer.LayerType.ACTIVATION;
import static io.evenstep.model.catalog.layer.LayerType.BIAS;
import static io.evenstep.model.catalog.layer.LayerType.DROPOUT;

import io.evenstep.model.catalog.Activations;
import io.evenstep.model.catalog.Catalogue;
import io.evenstep.model.catalog.Entry;
import io.evenstep.model.catalog.Parameter;
import io.evenstep.model.catalog.Rule;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;

/** Layer types for rows of any kind. */
final class PlainLayers {
  private PlainLayers() {}

  static void addTo(Catalogue<LayerType> all) {
    addDense(all);
    addActivation(all);
    addRegularisers(all);
  }

  private static void addDense(Catalogue<LayerType> all) {
    all.add(
            Entry.of(
                "dense",
                "fully connected; an image is flattened first",
                Parameter.required("units", Rule.COUNT, "outputs"),
                ACTIVATION,
                DROPOUT,
                BIAS),
            new LayerType(
                LayerType.kinds(LayerInput.VECTOR, LayerInput.IMAGE),
                (a, d) ->
                    LayerType.withDropout(
                        new DenseLayer.Builder()
                            .nOut(a.whole("units"))
                            .activation(LayerType.activation(a, d.activation()))
                            .hasBias(a.flag("bias"))
                            .build(),
                        a,
                        d)))
        .add(
            Entry.of(
                "flatten",
                "flattens an image to a vector; a layer that needs a vector does so by itself"),
            new LayerType(
                LayerType.kinds(LayerInput.VECTOR, LayerInput.IMAGE), (a, d) -> List.of()));
  }

  private static void addActivation(Catalogue<LayerType> all) {
    all.add(
        Entry.of(
            "activation",
            "an activation only",
            Parameter.choice("name", Activations.names(), "relu", "which")),
        new LayerType(
            LayerType.kinds(LayerInput.VECTOR, LayerInput.SEQUENCE, LayerInput.IMAGE),
            (a, d) ->
                List.of(
                    new ActivationLayer.Builder()
                        .activation(Activations.create(a.text("name")))
                        .build())));
  }

  private static void addRegularisers(Catalogue<LayerType> all) {
    all.add(
            Entry.of(
                "dropout",
                "drops inputs at random in training",
                Parameter.of("rate", Rule.FRACTION, 0.5, "probability of dropping an input")),
            new LayerType(
                LayerType.kinds(LayerInput.VECTOR, LayerInput.SEQUENCE, LayerInput.IMAGE),
                (a, d) ->
                    a.number("rate") == 0
                        ? List.of()
                        : List.of(LayerType.dropout(a.number("rate")))))
        .add(
            Entry.of(
                "batchNorm",
                "batch normalisation, Ioffe and Szegedy 2015; statistics are per shard",
                Parameter.of(
                    "decay",
                    Rule.FRACTION,
                    0.9,
                    "share of the running statistics that is kept at each step"),
                Parameter.of("epsilon", Rule.ABOVE_ZERO, 1e-5, "added to the variance")),
            new LayerType(
                LayerType.kinds(LayerInput.VECTOR, LayerInput.IMAGE),
                (a, d) ->
                    List.of(
                        new BatchNormalization.Builder()
                            .decay(a.number("decay"))
                            .eps(a.number("epsilon"))
                            .build())));
  }
}
