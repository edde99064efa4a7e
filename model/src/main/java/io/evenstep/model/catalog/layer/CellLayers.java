package io.evenstep.model.catalog.layer;

import io.evenstep.model.catalog.Catalogue;
import io.evenstep.model.catalog.Entry;
import io.evenstep.model.catalog.Parameter;
import io.evenstep.model.catalog.Rule;
import io.evenstep.model.layer.GaussianSample;
import io.evenstep.model.layer.Rbf;
import io.evenstep.model.layer.Sparsity;
import java.util.List;

/** Layer types of less usual networks. */
final class CellLayers {
  private CellLayers() {}

  static void addTo(Catalogue<LayerType> all) {
    all.add(
            Entry.of(
                "rbf",
                "Gaussians around centres, Broomhead and Lowe 1988; as a first layer it begins with"
                    + " training rows as centres",
                Parameter.required("units", Rule.COUNT, "outputs"),
                Parameter.of(
                    "width",
                    Rule.ABOVE_ZERO,
                    1.0,
                    "distance from a centre at which a unit gives exp(-1/2)")),
            new LayerType(
                LayerType.kinds(LayerInput.VECTOR),
                (a, d) -> List.of(new Rbf(a.whole("units"), a.number("width")))))
        .add(
            Entry.of(
                "gaussianSample",
                "means and logarithms of variances become samples; adds the divergence from the"
                    + " standard normal distribution to the loss of a row: a variational"
                    + " autoencoder, Kingma and Welling 2014"),
            new LayerType(
                LayerType.kinds(LayerInput.VECTOR), (a, d) -> List.of(new GaussianSample())))
        .add(
            Entry.of(
                "sparsity",
                "gives back its input; adds a penalty on its absolute values to the loss of a row",
                Parameter.of("penalty", Rule.AT_LEAST_ZERO, 0.001, "factor of their sum")),
            new LayerType(
                LayerType.kinds(LayerInput.VECTOR, LayerInput.SEQUENCE, LayerInput.IMAGE),
                (a, d) -> List.of(new Sparsity(a.number("penalty")))));
  }
}
