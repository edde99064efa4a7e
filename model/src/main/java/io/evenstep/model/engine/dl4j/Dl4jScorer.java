package io.evenstep.model.engine.dl4j;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Predictions;
import io.evenstep.model.engine.Scorer;
import io.evenstep.model.network.dl4j.Network;

/** DL4J's network in inference mode. */
record Dl4jScorer(Network network) implements Scorer {
  @Override
  public Predictions predict(MiniBatch batch) {
    return new Predictions(network.predict(batch));
  }

  @Override
  public double loss(MiniBatch batch) {
    return network.loss(batch);
  }
}
