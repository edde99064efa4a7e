package io.evenstep.driver.plot.run;

import io.evenstep.driver.plot.Figure;
import io.evenstep.driver.plot.Tile;
import io.evenstep.driver.plot.TileFigure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Pictures of what a network's first layers have learned. */
final class NetworkFigures {
  private static final int MOST_TILES = 64;

  private NetworkFigures() {}

  /**
   * The weights of the first layer that has any: the kernels of a convolution, or one image per
   * unit of a dense layer over an image. Empty if they cannot be shown as pictures.
   */
  static Optional<Figure> weights(SavedNetwork network) {
    Optional<Layer> first =
        network.layers().stream().filter(layer -> layer.paramTable().containsKey("W")).findFirst();
    return first.flatMap(layer -> weights(network, layer));
  }

  private static Optional<Figure> weights(SavedNetwork network, Layer layer) {
    INDArray weights = layer.getParam("W");
    List<Tile> tiles = List.of();
    if (weights.rank() == 4 && SavedNetwork.isConvolution(layer)) {
      tiles = kernels(weights);
    } else if (weights.rank() == 2 && !network.image().isEmpty()) {
      tiles = units(weights, network.image());
    }
    return tiles.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TileFigure(
                "Weights of the first layer: " + tiles.size() + " of " + count(weights) + " units",
                tiles,
                TileFigure.Shades.SIGNED));
  }

  private static long count(INDArray weights) {
    return weights.rank() == 4 ? weights.size(0) : weights.size(1);
  }

  /** From [units, channels, height, width]. Several channels that are not colours are averaged. */
  private static List<Tile> kernels(INDArray weights) {
    List<Tile> tiles = new ArrayList<>();
    for (int unit = 0; unit < Math.min(MOST_TILES, weights.size(0)); unit++) {
      INDArray kernel = weights.get(NDArrayIndex.point(unit)); // [channels, height, width]
      tiles.add(tile("unit " + unit, isPicture(kernel.size(0)) ? kernel : kernel.mean(true, 0)));
    }
    return tiles;
  }

  private static boolean isPicture(long channels) {
    return channels == 1 || channels == 3;
  }

  /** From [pixels, units]. */
  private static List<Tile> units(INDArray weights, List<Integer> image) {
    List<Tile> tiles = new ArrayList<>();
    if (weights.size(0) == (long) image.get(0) * image.get(1) * image.get(2)) {
      for (int unit = 0; unit < Math.min(MOST_TILES, weights.size(1)); unit++) {
        INDArray column = weights.getColumn(unit).dup();
        tiles.add(tile("unit " + unit, column.reshape('c', sizes(image))));
      }
    }
    return tiles;
  }

  static long[] sizes(List<Integer> image) {
    return image.stream().mapToLong(Integer::longValue).toArray();
  }

  /** Makes a picture from [1 or 3, height, width]. */
  static Tile tile(String caption, INDArray image) {
    float[] numbers = image.dup('c').reshape(image.length()).toFloatVector();
    return new Tile(
        caption, numbers, (int) image.size(0), (int) image.size(1), (int) image.size(2));
  }

  /**
   * The feature maps of the first convolution for one row, beside the row itself. Empty if there is
   * no convolution.
   *
   * @param row [1, ...], encoded
   */
  static Optional<Figure> featureMaps(SavedNetwork network, INDArray row) {
    List<Layer> layers = network.layers();
    for (int i = 0; i < layers.size(); i++) {
      if (SavedNetwork.isConvolution(layers.get(i))) {
        INDArray maps = SavedNetwork.channelsFirst(layers.get(i), network.activations(row).get(i));
        return maps.rank() == 4 ? Optional.of(maps(network, row, maps)) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Figure maps(SavedNetwork network, INDArray row, INDArray maps) {
    List<Tile> tiles = new ArrayList<>();
    List<Integer> image = network.image();
    if (!image.isEmpty()) {
      tiles.add(tile("row", row.reshape('c', sizes(image))));
    }
    long count = Math.min(MOST_TILES - tiles.size(), maps.size(1));
    for (int map = 0; map < count; map++) {
      INDArray one = maps.get(NDArrayIndex.point(0), NDArrayIndex.point(map));
      tiles.add(tile("map " + map, Nd4j.expandDims(one, 0)));
    }
    String title = "Feature maps of the first convolution: " + count + " of " + maps.size(1);
    return new TileFigure(title, tiles, TileFigure.Shades.GREY);
  }
}
