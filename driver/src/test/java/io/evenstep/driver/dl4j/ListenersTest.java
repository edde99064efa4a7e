package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.cli.ConsoleLog;
import io.evenstep.model.ConfigException;
import io.evenstep.model.network.dl4j.FlatArrays;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.apache.logging.log4j.Level;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.core.storage.listener.RoutingIterationListener;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.listeners.PerformanceListener;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.deeplearning4j.spark.impl.SparkListenable;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.listeners.VanillaStatsStorageRouter;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;

/** Listeners in the driver are told the same as in a local fit. */
@Tag("slow")
class ListenersTest {
  private static final int BATCH = 8;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(4).sparkContext());

  /** Records all calls. */
  private static final class Recorder extends BaseTrainingListener {
    final List<String> events = new ArrayList<>();
    final List<Double> scores = new ArrayList<>();

    @Override
    public void onEpochStart(Model model) {
      events.add("start");
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      events.add(iteration + " of " + epoch);
      scores.add(model.score());
      assertThat(iterations(model)).isEqualTo(iteration);
    }

    private static int iterations(Model model) {
      return model instanceof ComputationGraph graph
          ? graph.getIterationCount()
          : ((MultiLayerNetwork) model).getIterationCount();
    }

    @Override
    public void onEpochEnd(Model model) {
      events.add("end");
    }
  }

  @Test
  void seeIterationsEpochsAndScores() {
    MultiLayerNetwork local = new MultiLayerNetwork(SmallNetworks.mlp(new Adam(0.01)));
    SparkDl4jMultiLayer net =
        new SparkDl4jMultiLayer(spark, SmallNetworks.mlp(new Adam(0.01)), twoWorkers());
    Recorder seen = requireAsLocally(net, net::fit, local);
    assertThat(net.getScore()).isEqualTo(seen.scores.get(7)).isEqualTo(net.getNetwork().score());
  }

  @Test
  void seeIterationsEpochsAndScoresOfAGraph() {
    ComputationGraph local = new ComputationGraph(SmallNetworks.graph(new Adam(0.01)));
    SparkComputationGraph net =
        new SparkComputationGraph(spark, SmallNetworks.graph(new Adam(0.01)), twoWorkers());
    Recorder seen = requireAsLocally(net, net::fit, local);
    assertThat(net.getScore()).isEqualTo(seen.scores.get(7)).isEqualTo(net.getNetwork().score());
  }

  private static EvenstepTrainingMaster twoWorkers() {
    return new EvenstepTrainingMaster.Builder(BATCH / 2).workers(2).build();
  }

  /** Two epochs of each; returns the calls on Spark. */
  private <N extends Model & NeuralNetwork> Recorder requireAsLocally(
      SparkListenable net, Consumer<JavaRDD<DataSet>> fit, N local) {
    List<DataSet> rows = Examples.rows(30);
    Recorder expected = new Recorder();
    local.init();
    local.setListeners(expected);
    Recorder seen = new Recorder();
    net.setListeners(seen, new ScoreIterationListener(1));
    for (int epoch = 0; epoch < 2; epoch++) {
      DataSetIterator batches = new ExistingDataSetIterator(Examples.batches(rows, BATCH));
      local.fit(batches);
      fit.accept(spark.parallelize(rows, 2));
    }
    assertThat(seen.events).isEqualTo(expected.events).contains("0 of 0", "4 of 1", "7 of 1");
    for (int i = 0; i < expected.scores.size(); i++) {
      assertThat(seen.scores.get(i)).isCloseTo(expected.scores.get(i), within(1e-6));
    }
    return seen;
  }

  /** DL4J's own listener looks at a clock between its calls, and at the network's last batch. */
  @Test
  void hearOfTheSpeedFromTheLogAlone() {
    SparkDl4jMultiLayer net =
        new SparkDl4jMultiLayer(spark, SmallNetworks.mlp(new Adam(0.01)), twoWorkers());
    net.setListeners(new PerformanceListener(1));
    try (ConsoleLog log = ConsoleLog.open(Level.INFO)) {
      net.fit(spark.parallelize(Examples.rows(30), 2));
      assertThat(log.toString())
          .contains("Skipped PerformanceListener: the driver computes no iterations")
          .containsPattern("Speed: [1-9][0-9,]*\\.[0-9] samples/s, [0-9,]+\\.[0-9] batches/s");
    }
  }

  /**
   * While replicas differ there is no common loss. Listeners are called each time replicas agree,
   * for the first step since then, so "every N iterations" still works.
   */
  @Test
  void seeOneScoreForEachAveraging() {
    SparkDl4jMultiLayer net =
        new SparkDl4jMultiLayer(
            spark,
            SmallNetworks.mlp(new Adam(0.01)),
            new EvenstepTrainingMaster.Builder(4).workers(2).averagingFrequency(3).build());
    Recorder seen = new Recorder();
    net.setListeners(seen);
    net.fit(spark.parallelize(Examples.rows(5 * 8), 2));
    assertThat(seen.events).containsExactly("start", "0 of 0", "3 of 0", "end");
    assertThat(net.getNetwork().getIterationCount()).isEqualTo(5);
  }

  /** Sends something to its router, like DL4J's listeners for the UI. */
  private static final class Sender extends BaseTrainingListener
      implements RoutingIterationListener {
    private static final long serialVersionUID = 1L;
    private transient StatsStorageRouter router;
    private String worker = "";
    private String session = "";

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      router.putUpdate(List.of());
    }

    @Override
    public void setStorageRouter(StatsStorageRouter router) {
      this.router = router;
    }

    @Override
    public StatsStorageRouter getStorageRouter() {
      return router;
    }

    @Override
    public void setWorkerID(String id) {
      worker = id;
    }

    @Override
    public String getWorkerID() {
      return worker;
    }

    @Override
    public void setSessionID(String id) {
      session = id;
    }

    @Override
    public String getSessionID() {
      return session;
    }

    @Override
    public RoutingIterationListener clone() {
      return new Sender();
    }
  }

  @Test
  void sendToTheRouterThatTheyAreSetWith() {
    SparkDl4jMultiLayer net =
        new SparkDl4jMultiLayer(spark, SmallNetworks.mlp(new Adam(0.01)), twoWorkers());
    VanillaStatsStorageRouter router = new CountingRouter();
    net.setListeners(router, List.of(new Sender()));
    net.fit(spark.parallelize(Examples.rows(30), 2));
    assertThat(((CountingRouter) router).updates).isEqualTo(4);
  }

  /** Counts the values put into it. */
  private static final class CountingRouter extends VanillaStatsStorageRouter {
    int updates;

    @Override
    public void putUpdate(Collection<? extends Persistable> some) {
      updates++;
    }
  }

  @Test
  void thatCannotWorkInTheDriverAreRefusedBeforeTraining() {
    SparkDl4jMultiLayer net =
        new SparkDl4jMultiLayer(spark, SmallNetworks.mlp(new Adam(0.01)), twoWorkers());
    String before = FlatArrays.sha256(net.getNetwork().params());
    net.setListeners(new VanillaStatsStorageRouter(), List.of(new StatsListener(null)));
    assertThatThrownBy(() -> net.fit(spark.parallelize(Examples.rows(30), 2)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("Cannot call StatsListener: it reads every batch and its gradient");
    net.setListeners(new Sender());
    assertThatThrownBy(() -> net.fit(spark.parallelize(Examples.rows(30), 2)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Cannot call Sender: it has no StatsStorageRouter; use setListeners(router,"
                + " listeners)");
    assertThat(FlatArrays.sha256(net.getNetwork().params())).isEqualTo(before);
  }

  /** Steps already taken are kept and counted. */
  @Test
  void thatFailLeaveParametersAndCountsTogether() {
    SparkDl4jMultiLayer net =
        new SparkDl4jMultiLayer(spark, SmallNetworks.mlp(new Adam(0.01)), twoWorkers());
    net.setListeners(
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            throw new IllegalStateException("no more");
          }
        });
    assertThatThrownBy(() -> net.fit(spark.parallelize(Examples.rows(30), 2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no more");
    assertThat(net.getNetwork().getIterationCount()).isEqualTo(4);
  }
}
