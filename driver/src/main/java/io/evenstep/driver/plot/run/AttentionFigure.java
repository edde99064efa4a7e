package io.evenstep.driver.plot.run;

import io.evenstep.driver.plot.Figure;
import io.evenstep.driver.plot.Tile;
import io.evenstep.driver.plot.TileFigure;
import io.evenstep.model.layer.SelfAttention;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A picture of what the steps of a sequence see of each other, for each head of self-attention. */
final class AttentionFigure {
  private static final int MOST_TILES = 24;
  private static final String TITLE = "Attention of each step (row) to others (columns)";

  private AttentionFigure() {}

  /** Whether a network has such a layer. */
  static boolean fits(SavedNetwork network) {
    return network.layers().stream().anyMatch(AttentionFigure::isAttention);
  }

  private static boolean isAttention(Layer layer) {
    return layer.conf().getLayer() instanceof SelfAttention;
  }

  /**
   * One tile a head. A tile's rows are the steps that look, from the top; its columns are the steps
   * that are seen, from the left; the darker, the more. Empty without self-attention.
   *
   * @param row [1, ...], encoded
   * @param mask [1, steps], 0 for padding
   */
  static Optional<Figure> of(SavedNetwork network, INDArray row, Optional<INDArray> mask) {
    List<Tile> tiles = new ArrayList<>();
    List<Layer> layers = network.layers();
    List<INDArray> inputs = fits(network) ? network.inputs(row) : List.of();
    int number = 0;
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).conf().getLayer() instanceof SelfAttention attention) {
        number++;
        INDArray in = inputs.get(i);
        INDArray seen = mask.orElseGet(() -> Nd4j.ones(1, in.size(2)));
        INDArray weights = attention.weights(in, seen, layers.get(i).paramTable());
        for (int head = 0; head < weights.size(1) && tiles.size() < MOST_TILES; head++) {
          INDArray one = weights.get(NDArrayIndex.point(0), NDArrayIndex.point(head));
          String caption = "layer " + number + " head " + (head + 1);
          tiles.add(NetworkFigures.tile(caption, Nd4j.expandDims(one, 0)));
        }
      }
    }
    return tiles.isEmpty()
        ? Optional.empty()
        : Optional.of(new TileFigure(TITLE, tiles, TileFigure.Shades.GREY));
  }
}
