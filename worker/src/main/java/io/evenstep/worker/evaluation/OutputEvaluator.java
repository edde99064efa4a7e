package io.evenstep.worker.evaluation;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Predictions;
import io.evenstep.model.decision.Decision;
import io.evenstep.model.decision.DecisionPlan;
import io.evenstep.model.engine.Scorer;
import io.evenstep.model.metric.ClassificationEvaluation;
import io.evenstep.model.metric.Evaluation;
import io.evenstep.model.metric.EvaluationNoise;
import io.evenstep.model.metric.RegressionEvaluation;
import io.evenstep.model.metric.RowPicks;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The usual metrics of a network's outputs. With several outputs their names include the output's,
 * such as {@code test.digit.accuracy}. The loss is that of the whole network.
 */
public final class OutputEvaluator implements Evaluator {
  /** Which loss is reported. */
  public enum Loss {
    /**
     * The default loss of each output's task, computed from the predictions: log loss or squared
     * error.
     */
    OF_TASK,
    /** The loss that the network is trained on. Costs a second forward pass. */
    OF_NETWORK
  }

  private final List<Output> outputs;
  private final Loss loss;
  private final EvaluationNoise noise;

  /** The evaluation of one output. */
  private record Output(String name, Evaluation evaluation) {}

  private OutputEvaluator(List<Output> outputs, Judging judging) {
    this.outputs = outputs;
    this.loss = judging.loss();
    this.noise = judging.noise();
  }

  /** Evaluators of rows as they are; see the other method. */
  public static Supplier<Evaluator> of(
      Map<String, ? extends Supplier<? extends Evaluation>> evaluations, Loss loss) {
    return of(evaluations, Judging.of(loss));
  }

  /**
   * Evaluators that each fill new evaluations.
   *
   * @param evaluations by the outputs' names, in the network's order; at least one
   */
  public static Supplier<Evaluator> of(
      Map<String, ? extends Supplier<? extends Evaluation>> evaluations, Judging judging) {
    var copy = new LinkedHashMap<String, Supplier<? extends Evaluation>>(evaluations);
    return () -> {
      List<Output> outputs = new ArrayList<>();
      copy.forEach((name, fresh) -> outputs.add(new Output(name, fresh.get())));
      return new OutputEvaluator(outputs, judging);
    };
  }

  @Override
  public void add(Scorer scorer, MiniBatch batch) {
    add(scorer, batch, predictions -> {});
  }

  @Override
  public void add(Scorer scorer, MiniBatch batch, Consumer<Predictions> watcher) {
    noise.disturb(batch);
    try (Predictions predictions = scorer.predict(batch)) {
      for (int i = 0; i < outputs.size(); i++) {
        outputs.get(i).evaluation.add(batch, predictions, i);
      }
      watcher.accept(predictions);
    }
    if (loss == Loss.OF_NETWORK) {
      first().addLoss(scorer.loss(batch));
    }
  }

  @Override
  public byte[] toBytes() {
    List<byte[]> parts = outputs.stream().map(output -> output.evaluation.toBytes()).toList();
    int bytes = parts.stream().mapToInt(part -> Integer.BYTES + part.length).sum();
    ByteBuffer all = ByteBuffer.allocate(bytes);
    parts.forEach(part -> all.putInt(part.length).put(part));
    return all.array();
  }

  @Override
  public void merge(byte[] other) {
    ByteBuffer rest = ByteBuffer.wrap(other);
    try {
      for (Output output : outputs) {
        byte[] part = new byte[Math.min(rest.getInt(), rest.remaining())];
        rest.get(part);
        output.evaluation.merge(Evaluation.fromBytes(part));
      }
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new IllegalArgumentException("Cannot read an evaluation: it is truncated", e);
    }
    if (rest.hasRemaining()) {
      throw new IllegalArgumentException(
          "Cannot read an evaluation: it has more outputs than this network");
    }
  }

  @Override
  public List<List<Long>> confusion() {
    return first().confusion();
  }

  @Override
  public List<TestDetail> details() {
    return outputs.stream().map(output -> detail(output.evaluation)).toList();
  }

  private static TestDetail detail(Evaluation evaluation) {
    return evaluation instanceof ClassificationEvaluation classes
        ? TestDetail.of(classes.confusion(), classes.curves(), classes.calibration())
        : TestDetail.of(evaluation.confusion(), List.of(), List.of());
  }

  @Override
  public List<Decision> learned(DecisionPlan plan) {
    return outputs.stream().map(output -> learned(output.evaluation, plan)).toList();
  }

  private static Decision learned(Evaluation evaluation, DecisionPlan plan) {
    return evaluation instanceof ClassificationEvaluation classes
        ? classes.learned(plan)
        : Decision.USUAL;
  }

  @Override
  public List<RowPicks> picks() {
    return IntStream.range(0, outputs.size())
        .mapToObj(i -> picks(outputs.get(i).evaluation, i))
        .toList();
  }

  private static RowPicks picks(Evaluation evaluation, int output) {
    if (evaluation instanceof ClassificationEvaluation classes) {
      return RowPicks.of(classes, output);
    }
    return evaluation instanceof RegressionEvaluation numbers
        ? RowPicks.of(numbers, output)
        : RowPicks.regression(output);
  }

  @Override
  public Map<String, Double> metrics(String prefix) {
    if (outputs.size() == 1) {
      return first().metrics(prefix);
    }
    Map<String, Double> all = new LinkedHashMap<>();
    double sum = 0;
    for (Output output : outputs) {
      String name = prefix + "." + output.name;
      Map<String, Double> own = output.evaluation.metrics(name);
      sum += own.getOrDefault(name + ".loss", Double.NaN);
      own.remove(name + ".loss");
      all.putAll(own);
    }
    if (loss == Loss.OF_NETWORK) {
      sum = first().metrics(prefix).getOrDefault(prefix + ".loss", Double.NaN);
    }
    if (!Double.isNaN(sum)) { // there is none without rows
      all.put(prefix + ".loss", sum);
    }
    return all;
  }

  private Evaluation first() {
    return outputs.get(0).evaluation;
  }
}
