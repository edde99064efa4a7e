package io.evenstep.driver.plot.run;

import io.evenstep.driver.data.pack.Pack;
import io.evenstep.driver.data.pack.PackRows;
import io.evenstep.driver.plot.Figure;
import io.evenstep.driver.plot.Tile;
import io.evenstep.driver.plot.TileFigure;
import io.evenstep.model.augment.AugmentPlan;
import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A training image as training sees it: changed at random, each time in another way. */
final class AugmentedRow {
  private static final int TIMES = 11;
  private static final int ROWS = 16; // some augmentations mix rows of a batch

  private AugmentedRow() {}

  /** The first training row and its changed copies; empty without augmentation or an image. */
  static Optional<Figure> of(
      SavedNetwork network, AugmentPlan plan, Pack pack, Configuration hadoop) {
    List<Integer> image = network.image();
    if (plan.augmentations().isEmpty() || image.isEmpty()) {
      return Optional.empty();
    }
    Encoding encoding = pack.index().encoding();
    Augmenter augmenter = Augmenter.of(plan, encoding);
    List<Tile> tiles = new ArrayList<>();
    for (int time = 0; time <= TIMES; time++) {
      int key = time;
      Augmenter used = time == 0 ? Augmenter.NONE : augmenter;
      INDArray row =
          PackRows.first(
              pack, encoding.decoder(), ROWS, hadoop, batch -> first(used.augment(batch, key)));
      tiles.add(
          NetworkFigures.tile(
              time == 0 ? "row" : "time " + time, row.reshape('c', NetworkFigures.sizes(image))));
    }
    return Optional.of(
        new TileFigure("A training row, and how training sees it", tiles, TileFigure.Shades.GREY));
  }

  private static INDArray first(MiniBatch batch) {
    return batch.features().get(0).slice(0).dup('c');
  }
}
