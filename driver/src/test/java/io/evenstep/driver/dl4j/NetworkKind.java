package io.evenstep.driver.dl4j;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.IUpdater;

/** A kind of network, and rows that it learns from. */
enum NetworkKind {
  MLP,
  CNN,
  GRAPH,
  CNN_GRAPH,
  WIDE_GRAPH;

  /**
   * The network twice.
   *
   * @param batch rows of a step over all workers
   */
  TwinNetworks twins(
      JavaSparkContext spark, IUpdater updater, EvenstepTrainingMaster master, int batch) {
    return switch (this) {
      case MLP -> TwinNetworks.of(spark, SmallNetworks.mlp(updater), master, batch);
      case CNN -> TwinNetworks.of(spark, SmallNetworks.cnn(updater), master, batch);
      case GRAPH -> TwinNetworks.of(spark, SmallNetworks.graph(updater), master, batch);
      case CNN_GRAPH -> TwinNetworks.of(spark, SmallNetworks.cnnGraph(updater), master, batch);
      case WIDE_GRAPH -> TwinNetworks.of(spark, SmallNetworks.wideGraph(updater), master, batch);
    };
  }

  List<MultiDataSet> rows(int count) {
    return switch (this) {
      case MLP, GRAPH -> Examples.multi(Examples.rows(count));
      case CNN, CNN_GRAPH -> Examples.multi(Examples.images(count));
      case WIDE_GRAPH -> Examples.pairs(count);
    };
  }
}
