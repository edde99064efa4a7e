package io.evenstep.driver.dl4j;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.IUpdater;

/** A kind of network, and rows that it learns from. */
enum Kind {
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
  Twins twins(JavaSparkContext spark, IUpdater updater, EvenstepTrainingMaster master, int batch) {
    return switch (this) {
      case MLP -> Twins.of(spark, Nets.mlp(updater), master, batch);
      case CNN -> Twins.of(spark, Nets.cnn(updater), master, batch);
      case GRAPH -> Twins.of(spark, Nets.graph(updater), master, batch);
      case CNN_GRAPH -> Twins.of(spark, Nets.cnnGraph(updater), master, batch);
      case WIDE_GRAPH -> Twins.of(spark, Nets.wideGraph(updater), master, batch);
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
