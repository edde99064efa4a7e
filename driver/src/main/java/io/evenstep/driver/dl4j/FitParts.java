package io.evenstep.driver.dl4j;

import io.evenstep.driver.stage.RankParts;
import io.evenstep.model.augment.Augmentation;
import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.data.ExampleLayout;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.network.AllowedTypes;
import io.evenstep.model.network.Clipping;
import io.evenstep.model.network.Network;
import io.evenstep.model.network.Networks;
import io.evenstep.worker.Evaluator;
import java.util.List;

/**
 * What a rank needs to train a DL4J network on ready-made examples. There are no rows to evaluate
 * and none to augment.
 *
 * @param firstEpoch epochs the network has behind it
 */
record FitParts(AllowedTypes allowed, ExampleLayout layout, int firstEpoch) implements RankParts {
  @Override
  public Network network(byte[] zip) {
    return new FitNetwork(Networks.restore(zip, Clipping.NONE, allowed), firstEpoch);
  }

  @Override
  public RecordDecoder decoder() {
    return layout.decoder();
  }

  @Override
  public Augmenter augmenter(List<Augmentation> augmentations) {
    return Augmenter.NONE;
  }

  @Override
  public Evaluator evaluator() {
    throw new IllegalStateException("A fit evaluates nothing");
  }
}
