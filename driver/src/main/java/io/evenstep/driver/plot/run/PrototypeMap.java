package io.evenstep.driver.plot.run;

import io.evenstep.driver.plot.Figure;
import io.evenstep.driver.plot.Tile;
import io.evenstep.driver.plot.TileFigure;
import io.evenstep.model.layer.KohonenMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The prototypes of a self-organizing map as images, each in its place on the grid. */
final class PrototypeMap {
  private static final int MOST_A_SIDE = 24; // more would be too small to see

  private PrototypeMap() {}

  /** Empty if the network is no such map of images, or one that is too large. */
  static Optional<Figure> of(SavedNetwork network) {
    Layer layer = network.layers().get(0);
    if (!(layer.conf().getLayer() instanceof KohonenMap map)
        || network.image().isEmpty()
        || Math.max(map.height(), map.width()) > MOST_A_SIDE) {
      return Optional.empty();
    }
    INDArray prototypes = KohonenMap.prototypes(layer.paramTable());
    long[] image = NetworkFigures.sizes(network.image());
    List<Tile> tiles = new ArrayList<>();
    for (int unit = 0; unit < prototypes.size(0); unit++) {
      INDArray one = prototypes.getRow(unit).dup('c').reshape('c', image);
      tiles.add(NetworkFigures.tile(unit / map.width() + ", " + unit % map.width(), one));
    }
    return Optional.of(
        new TileFigure(
            "Prototypes of the map, by row and column of its grid",
            tiles,
            TileFigure.Shades.GREY,
            map.width()));
  }
}
