package io.evenstep.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.network.dl4j.LayerRange;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.table.LayerFacts;
import io.evenstep.model.network.table.LayerTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayerTableTest {
  @Test
  void tellsLayersInARowWithShapesAndParameters() {
    Network network =
        built(
            new NetworkSpec.Layers(
                List.of(
                    Map.of("type", "conv2d", "filters", 3, "kernel", 3),
                    Map.of("type", "maxPool"),
                    Map.of("type", "dense", "units", 4))),
            Shape.of(1, 8, 8));

    List<LayerFacts> layers = LayerTable.of(network, data(Shape.of(1, 8, 8)));

    assertThat(layers).hasSize(4);
    assertThat(layers.get(0).parameters()).isEqualTo(3 * 9 + 3);
    assertThat(layers.get(0).from()).containsExactly("input");
    assertThat(layers.get(1).from()).containsExactly("0");
    assertThat(layers.get(2).shape()).isEqualTo("4");
    assertThat(layers.get(3).parameters()).isEqualTo(4 * 2 + 2);
    assertThat(layers.get(3).activation()).isEqualTo("softmax");
    assertThat(layers.stream().mapToLong(LayerFacts::parameters).sum())
        .isEqualTo(network.parameters().length());
  }

  @Test
  void tellsAGraphInTheOrderInWhichRowsGoThrough() {
    Network network =
        built(
            new NetworkSpec.Layers(
                List.of(
                    Map.of("type", "dense", "units", 5, "id", "a"),
                    Map.of("type", "dense", "units", 6, "id", "b", "from", "features"),
                    Map.of("type", "dense", "units", 3, "from", List.of("a", "b")))),
            Shape.of(4));

    List<LayerFacts> layers = LayerTable.of(network, data(Shape.of(4)));

    assertThat(layers).extracting(LayerFacts::name).contains("a", "b");
    assertThat(layers.stream().mapToLong(LayerFacts::parameters).sum())
        .isEqualTo(network.parameters().length());
    assertThat(layers).filteredOn(layer -> layer.name().equals("b")).hasSize(1);
    assertThat(layers).allSatisfy(layer -> assertThat(layer.from()).isNotEmpty());
  }

  @Test
  void rangesCoverTheParametersLayerByLayer() {
    Network network =
        built(
            new NetworkSpec.Layers(
                List.of(
                    Map.of("type", "dense", "units", 5),
                    Map.of("type", "batchNorm"),
                    Map.of("type", "dense", "units", 3))),
            Shape.of(4));

    List<LayerRange> ranges = LayerRange.of(network.updater());

    long end = 0;
    for (LayerRange range : ranges) {
      assertThat(range.from()).isEqualTo(end);
      end = range.to();
    }
    assertThat(end).isEqualTo(network.parameters().length());
    List<LayerFacts> learning =
        LayerTable.of(network, data(Shape.of(4))).stream()
            .filter(layer -> layer.parameters() > 0)
            .toList();
    assertThat(ranges)
        .extracting(range -> range.to() - range.from())
        .isEqualTo(learning.stream().map(LayerFacts::parameters).toList());
  }

  private static Network built(NetworkSpec.Source source, Shape input) {
    return Networks.build(SampleNetworks.spec(source), data(input));
  }

  private static DataShape data(Shape input) {
    return DataShape.of(input, Shape.of(2), Task.CLASSIFICATION);
  }
}
