package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.SparkTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.EarlyStoppingResult.TerminationReason;
import org.deeplearning4j.earlystopping.listener.EarlyStoppingListener;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.ScoreCalculator;
import org.deeplearning4j.earlystopping.termination.EpochTerminationCondition;
import org.deeplearning4j.earlystopping.termination.IterationTerminationCondition;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.termination.MaxScoreIterationTerminationCondition;
import org.deeplearning4j.earlystopping.termination.MaxTimeIterationTerminationCondition;
import org.deeplearning4j.earlystopping.termination.ScoreImprovementEpochTerminationCondition;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.earlystopping.SparkDataSetLossCalculator;
import org.deeplearning4j.spark.earlystopping.SparkEarlyStoppingGraphTrainer;
import org.deeplearning4j.spark.earlystopping.SparkEarlyStoppingTrainer;
import org.deeplearning4j.spark.earlystopping.SparkLossCalculatorComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** DL4J's own early stopping on Spark: after how many epochs it stops, and why. */
@Tag("slow")
class EarlyStoppingTest {
  private static final IterationTerminationCondition NEVER =
      new MaxScoreIterationTerminationCondition(1e6);

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(4).sparkContext());
  private final JavaRDD<DataSet> rdd = spark.parallelize(Examples.rows(60), 3);

  private static EvenstepTrainingMaster master() {
    return new EvenstepTrainingMaster.Builder(10).workers(2).build();
  }

  private static <T extends Model> EarlyStoppingConfiguration<T> rules(
      ScoreCalculator<T> calculator,
      IterationTerminationCondition iterations,
      EpochTerminationCondition... epochs) {
    return new EarlyStoppingConfiguration.Builder<T>()
        .epochTerminationConditions(epochs)
        .iterationTerminationConditions(iterations)
        .scoreCalculator(calculator)
        .modelSaver(new InMemoryModelSaver<>())
        .build();
  }

  private static MultiLayerNetwork net(IUpdater updater) {
    MultiLayerNetwork net = new MultiLayerNetwork(SmallNetworks.mlp(updater));
    net.init();
    return net;
  }

  private EarlyStoppingResult<MultiLayerNetwork> distributed(
      MultiLayerNetwork net,
      IterationTerminationCondition iterations,
      EpochTerminationCondition... epochs) {
    ScoreCalculator<MultiLayerNetwork> calculator =
        new SparkDataSetLossCalculator(rdd, true, spark.sc());
    return new SparkEarlyStoppingTrainer(
            spark, master(), rules(calculator, iterations, epochs), net, rdd)
        .fit();
  }

  @Test
  void endsAfterTheMostEpochs() {
    MultiLayerNetwork net = net(new Adam(0.01));
    EarlyStoppingResult<MultiLayerNetwork> result =
        distributed(net, NEVER, new MaxEpochsTerminationCondition(3));
    assertThat(result.getTerminationReason())
        .isEqualTo(TerminationReason.EpochTerminationCondition);
    assertThat(result.getTotalEpochs()).isEqualTo(3);
    assertThat(result.getScoreVsEpoch()).hasSize(3);
    assertThat(net.getIterationCount()).isEqualTo(9);
    assertThat(result.getBestModelScore()).isLessThan(result.getScoreVsEpoch().get(-1));
  }

  @Test
  void endsWhenItGetsNoBetter() {
    EarlyStoppingResult<MultiLayerNetwork> result =
        distributed(
            net(new Sgd(0)),
            NEVER,
            new MaxEpochsTerminationCondition(10),
            new ScoreImprovementEpochTerminationCondition(1));
    assertThat(result.getTerminationReason())
        .isEqualTo(TerminationReason.EpochTerminationCondition);
    assertThat(result.getTotalEpochs()).isEqualTo(2);
  }

  @Test
  void endsAtABadScoreAfterTheFirstFit() {
    EarlyStoppingResult<MultiLayerNetwork> result =
        distributed(
            net(new Sgd(0.1)),
            new MaxScoreIterationTerminationCondition(1e-3),
            new MaxEpochsTerminationCondition(10));
    assertThat(result.getTerminationReason())
        .isEqualTo(TerminationReason.IterationTerminationCondition);
    assertThat(result.getTotalEpochs()).isZero();
  }

  /** A time limit that is over at the start is noticed after the first fit. */
  @Test
  void endsWhenTheTimeIsOverAndTellsTheListener() {
    MultiLayerNetwork net = net(new Sgd(0.1));
    ScoreCalculator<MultiLayerNetwork> calculator =
        new SparkDataSetLossCalculator(rdd, true, spark.sc());
    IterationTerminationCondition time =
        new MaxTimeIterationTerminationCondition(1, TimeUnit.NANOSECONDS);
    Calls calls = new Calls();
    SparkEarlyStoppingTrainer trainer =
        new SparkEarlyStoppingTrainer(
            spark,
            master(),
            rules(calculator, time, new MaxEpochsTerminationCondition(10)),
            net,
            rdd);
    trainer.setListener(calls);
    EarlyStoppingResult<MultiLayerNetwork> result = trainer.fit();
    assertThat(result.getTerminationReason())
        .isEqualTo(TerminationReason.IterationTerminationCondition);
    assertThat(result.getTerminationDetails()).isEqualTo(time.toString());
    assertThat(calls.heard).containsExactly("start", "completion");
  }

  @Test
  void tellsTheListenerOfEachEpoch() {
    MultiLayerNetwork net = net(new Sgd(0.1));
    ScoreCalculator<MultiLayerNetwork> calculator =
        new SparkDataSetLossCalculator(rdd, true, spark.sc());
    Calls calls = new Calls();
    SparkEarlyStoppingTrainer trainer =
        new SparkEarlyStoppingTrainer(
            spark,
            master(),
            rules(calculator, NEVER, new MaxEpochsTerminationCondition(2)),
            net,
            rdd);
    trainer.setListener(calls);
    EarlyStoppingResult<MultiLayerNetwork> result = trainer.fit();
    assertThat(calls.heard).containsExactly("start", "epoch", "epoch", "completion");
    assertThat(result.getBestModel().score(DataSet.merge(rdd.collect())))
        .isCloseTo(result.getBestModelScore(), within(1e-5));
  }

  /** What a listener of DL4J's early stopping is told. */
  private static final class Calls implements EarlyStoppingListener<MultiLayerNetwork> {
    final List<String> heard = new ArrayList<>();

    @Override
    public void onStart(
        EarlyStoppingConfiguration<MultiLayerNetwork> rules, MultiLayerNetwork net) {
      heard.add("start");
    }

    @Override
    public void onEpoch(
        int epoch,
        double score,
        EarlyStoppingConfiguration<MultiLayerNetwork> rules,
        MultiLayerNetwork net) {
      heard.add("epoch");
    }

    @Override
    public void onCompletion(EarlyStoppingResult<MultiLayerNetwork> result) {
      heard.add("completion");
    }
  }

  @Test
  void stopsAGraph() {
    JavaRDD<MultiDataSet> examples = rdd.map(DataSet::toMultiDataSet);
    ComputationGraph graph = new ComputationGraph(SmallNetworks.graph(new Adam(0.01)));
    graph.init();
    EarlyStoppingConfiguration<ComputationGraph> rules =
        rules(
            new SparkLossCalculatorComputationGraph(examples, true, spark.sc()),
            NEVER,
            new MaxEpochsTerminationCondition(2));
    EarlyStoppingResult<ComputationGraph> result =
        new SparkEarlyStoppingGraphTrainer(spark, master(), rules, graph, examples).fit();
    assertThat(result.getTotalEpochs()).isEqualTo(2);
    assertThat(result.getScoreVsEpoch()).hasSize(2);
    assertThat(graph.getConfiguration().getIterationCount()).isEqualTo(6);
  }
}
