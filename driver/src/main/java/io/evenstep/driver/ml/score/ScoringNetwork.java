package io.evenstep.driver.ml.score;

import io.evenstep.driver.score.SharedNetwork;
import io.evenstep.driver.stage.ShippedModel;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/** A model's network, broadcast on first use and shared by all copies of the model. */
public final class ScoringNetwork {
  private final ShippedModel model;
  private @Nullable Broadcast<SharedNetwork> broadcast; // guarded by this, as is the next field
  private @Nullable SparkContext home;

  public ScoringNetwork(ShippedModel model) {
    this.model = model;
  }

  public ShippedModel model() {
    return model;
  }

  /** The broadcast of a context. It is reused until the context is stopped. */
  public synchronized Broadcast<SharedNetwork> on(SparkContext context) {
    Broadcast<SharedNetwork> known = broadcast;
    if (known == null || home != context) {
      known = JavaSparkContext.fromSparkContext(context).broadcast(new SharedNetwork(model));
      broadcast = known;
      home = context;
    }
    return known;
  }
}
