package io.evenstep.model.network.dl4j;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.layer.AddsLoss;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/** A {@link Network} over DL4J's computation graph. */
public final class GraphNetwork extends Dl4jNetwork {
  private final Graph graph;
  private final SegmentStates states;

  private GraphNetwork(Graph graph, Clipping clipping) {
    super(graph, graph.getUpdater(true), clipping);
    this.graph = graph;
    this.states = new SegmentStates(graph.getConfiguration().getBackpropType(), graph.getLayers());
  }

  /** A network with initial weights. */
  public static GraphNetwork of(ComputationGraphConfiguration configuration, Clipping clipping) {
    Graph graph = new Graph(configuration);
    graph.init();
    graph.initGradientsView();
    return new GraphNetwork(graph, clipping);
  }

  @Override
  public Model model() {
    return graph;
  }

  @Override
  double forwardAndBackward(MiniBatch shard) {
    graph.setInputs(arrays(shard.features()));
    graph.setLabels(arrays(shard.labels()));
    boolean masked = Masks.any(shard);
    if (masked) {
      graph.setLayerMaskArrays(
          Masks.all(shard.featureMasks()), Masks.all(Masks.counted(shard.labelMasks())));
    }
    states.begin(shard.segment());
    if (shard.weights().isPresent()) {
      WeightedLoss.during(
          shard.weights().get(),
          Masks.shares(shard.labelMasks()),
          outputs(),
          graph::computeGradientAndScore);
    } else if (masked) {
      WeightedLoss.duringMasked(
          Masks.shares(shard.labelMasks()), outputs(), graph::computeGradientAndScore);
    } else {
      graph.computeGradientAndScore();
    }
    states.end();
    if (masked) {
      graph.clearLayerMaskArrays();
    }
    graph.clearLayersStates();
    return graph.score();
  }

  @Override
  public List<Layer> outputs() {
    return IntStream.range(0, graph.getNumOutputArrays())
        .mapToObj(output -> graph.getOutputLayer(output).conf().getLayer())
        .toList();
  }

  @Override
  public Collection<INDArray> activations(MiniBatch batch) {
    return graph.feedForward(arrays(batch.features()), true).values();
  }

  @Override
  public byte[] segmentState() {
    return states.toBytes();
  }

  @Override
  public void goOnFrom(byte[] segmentState) {
    states.goOnFrom(segmentState);
  }

  @Override
  double meanLoss(MiniBatch batch) {
    MultiDataSet rows =
        new MultiDataSet(
            arrays(batch.features()),
            arrays(batch.labels()),
            Masks.all(batch.featureMasks()),
            Masks.all(Masks.counted(batch.labelMasks())));
    if (!Masks.any(batch)) {
      return AddsLoss.judged(graph.getLayers(), () -> graph.score(rows, false));
    }
    double[] loss = {0};
    WeightedLoss.duringMasked(
        Masks.shares(batch.labelMasks()), outputs(), () -> loss[0] = graph.score(rows, false));
    return loss[0];
  }

  @Override
  void finishStep(int stepsTaken, int epoch) {
    graph.getConfiguration().setIterationCount(stepsTaken);
    graph.getConfiguration().setEpochCount(epoch);
    graph.applyConstraints(stepsTaken, epoch);
  }

  @Override
  public long stepsTaken() {
    return graph.getConfiguration().getIterationCount();
  }

  @Override
  public int epochsTaken() {
    return graph.getConfiguration().getEpochCount();
  }

  @Override
  public double penalty() {
    return graph.penalty();
  }

  /** DL4J would multiply the outputs of each step by a mask of the labels. */
  @Override
  public List<INDArray> predict(MiniBatch batch) {
    return List.of(
        graph.output(false, arrays(batch.features()), Masks.all(batch.featureMasks()), null));
  }

  @Override
  public String configurationJson() {
    return graph.getConfiguration().toJson();
  }

  private static INDArray[] arrays(List<INDArray> list) {
    return list.toArray(INDArray[]::new);
  }

  /** DL4J's graph with a score without the penalty, so that no shard computes it. */
  private static final class Graph extends ComputationGraph {
    private static final long serialVersionUID = 1L;

    Graph(ComputationGraphConfiguration configuration) {
      super(configuration);
    }

    @Override
    public double calcRegularizationScore(boolean backpropParamsOnly) {
      return AddsLoss.mean(getLayers());
    }

    double penalty() {
      return super.calcRegularizationScore(true) - AddsLoss.mean(getLayers());
    }
  }
}
