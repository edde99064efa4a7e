package io.evenstep.worker;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.metric.Evaluation;
import io.evenstep.model.network.Network;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The usual metrics of a network's first output. */
public final class OutputEvaluator implements Evaluator {
  /** Which loss is reported. */
  public enum Loss {
    /** The usual one of the task, from the predictions: log loss or mean squared error. */
    OF_TASK,
    /** The one the network is trained on, at the price of a second forward pass. */
    OF_NETWORK
  }

  private final Evaluation evaluation;
  private final Loss loss;

  private OutputEvaluator(Evaluation evaluation, Loss loss) {
    this.evaluation = evaluation;
    this.loss = loss;
  }

  /** Evaluators that each fill a fresh {@code evaluation}. */
  public static Supplier<Evaluator> of(Supplier<? extends Evaluation> evaluation, Loss loss) {
    return () -> new OutputEvaluator(evaluation.get(), loss);
  }

  @Override
  public void add(Network network, MiniBatch batch) {
    List<INDArray> outputs = network.predict(batch);
    evaluation.add(batch.labels().get(0), outputs.get(0));
    outputs.stream().filter(INDArray::closeable).forEach(INDArray::close);
    if (loss == Loss.OF_NETWORK) {
      evaluation.addLoss(network.loss(batch));
    }
  }

  @Override
  public byte[] toBytes() {
    return evaluation.toBytes();
  }

  @Override
  public void merge(byte[] other) {
    evaluation.merge(Evaluation.fromBytes(other));
  }

  @Override
  public List<List<Long>> confusion() {
    return evaluation.confusion();
  }

  @Override
  public Map<String, Double> metrics(String prefix) {
    return evaluation.metrics(prefix);
  }
}
