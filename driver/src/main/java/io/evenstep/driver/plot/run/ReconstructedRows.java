package io.evenstep.driver.plot.run;

import io.evenstep.driver.plot.Figure;
import io.evenstep.driver.plot.Tile;
import io.evenstep.driver.plot.TileFigure;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.metric.EvaluationNoise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Images beside what a network makes of them. */
final class ReconstructedRows {
  private static final int IMAGES = 8;

  private ReconstructedRows() {}

  /** Whether the network gives back images. */
  static boolean fit(SavedNetwork network) {
    return network.encoding().outputs().size() == 1
        && network.encoding().outputs().get(0).isCopy()
        && !network.image().isEmpty();
  }

  /** The first rows, the same with the noise of the evaluation, and the network's output. */
  static Optional<Figure> of(SavedNetwork network, SampleRows rows, EvaluationNoise noise) {
    if (!fit(network)) {
      return Optional.empty();
    }
    int count = Math.min(IMAGES, rows.count());
    INDArray clean = rows.features().get(NDArrayIndex.interval(0, count)).dup('c');
    INDArray seen = clean.dup('c');
    noise.disturb(new MiniBatch(List.of(seen), List.of(), List.of(), List.of(), count));
    List<Tile> tiles = new ArrayList<>(tiles(network, "row", clean));
    if (noise.deviation() > 0) {
      tiles.addAll(tiles(network, "with noise", seen));
    }
    tiles.addAll(tiles(network, "given back", network.output(seen)));
    return Optional.of(
        new TileFigure(
            "Rows of the " + rows.split() + " split, and what the network gives back",
            tiles,
            TileFigure.Shades.GREY,
            count));
  }

  private static List<Tile> tiles(SavedNetwork network, String caption, INDArray rows) {
    List<Tile> tiles = new ArrayList<>();
    long[] image = NetworkFigures.sizes(network.image());
    for (int row = 0; row < rows.size(0); row++) {
      INDArray one = rows.slice(row).dup('c').reshape('c', image);
      tiles.add(NetworkFigures.tile(caption, one));
    }
    return tiles;
  }
}
