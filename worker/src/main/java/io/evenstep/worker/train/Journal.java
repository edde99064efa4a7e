package io.evenstep.worker.train;

import io.evenstep.worker.checkpoint.Position;
import io.evenstep.worker.plan.ShardPlan;
import io.evenstep.worker.plan.Stopping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where training stands: the counts, the losses, and the best epoch so far. */
final class Journal {
  private final TrainingPlan plan;
  private final String platform;
  private final long stepsPerEpoch;
  private long step;
  private int epoch;
  private long examples;
  private double epochLossSum;
  private final List<Double> epochLosses = new ArrayList<>();
  private final List<Map<String, Double>> epochValidations = new ArrayList<>();
  private final List<WorkerReport.StepLoss> stepLosses = new ArrayList<>();
  private int bestEpoch = -1;
  private double bestValue;
  private int epochsSinceBest;
  private boolean stopped;

  Journal(TrainingPlan plan, ShardPlan shards, String platform) {
    this.plan = plan;
    this.platform = platform;
    this.stepsPerEpoch = shards.stepsPerEpoch();
  }

  /** Goes on from there. */
  void restore(Position position) {
    step = position.step();
    epoch = position.epoch();
    examples = position.examples();
    epochLossSum = position.epochLossSum();
    epochLosses.addAll(position.epochLosses());
    epochValidations.addAll(position.epochValidations());
    bestEpoch = position.bestEpoch();
    bestValue = position.bestValue();
    epochsSinceBest = position.epochsSinceBest();
    stopped = position.stopped();
  }

  Position position() {
    return new Position(
        plan.runId(),
        plan.configSha256(),
        plan.seed(),
        step,
        epoch,
        examples,
        epochLossSum,
        epochLosses,
        epochValidations,
        bestEpoch,
        bestValue,
        epochsSinceBest,
        stopped,
        platform);
  }

  void stepDone(int rows) {
    step++;
    examples += rows;
  }

  /**
   * Takes the loss of the steps since the last one into account.
   *
   * @param sum over rows and steps
   * @param mean of the same
   */
  void lossKnown(double sum, double mean) {
    epochLossSum += sum;
    if (plan.output().losses() == TrainingPlan.LossDetail.STEPS) {
      stepLosses.add(new WorkerReport.StepLoss(step, mean));
    }
  }

  /** Whether all steps of the epoch are done, and the epoch is not closed yet. */
  boolean epochIsFull() {
    return step == (epoch + 1) * stepsPerEpoch;
  }

  /** Whether an epoch was just closed, and was the best so far. */
  boolean bestWasLast() {
    return epoch > 0 && bestEpoch == epoch - 1 && step == epoch * stepsPerEpoch;
  }

  /** Closes the epoch; returns its mean loss. */
  double epochDone() {
    double mean = epochLossSum / plan.data().train().rows();
    epochLosses.add(mean);
    epochLossSum = 0;
    epoch++;
    return mean;
  }

  /** Keeps the metrics that the validation rows have after the epoch just closed. */
  void validated(Map<String, Double> metrics) {
    epochValidations.add(metrics);
  }

  /** Weighs the metric of the epoch just closed; returns whether it is the best so far. */
  boolean judge(double value) {
    Stopping stopping = plan.stopping();
    boolean best = bestEpoch < 0 || stopping.improves(value, bestValue);
    if (best) {
      bestEpoch = epoch - 1;
      bestValue = value;
      epochsSinceBest = 0;
    } else {
      epochsSinceBest++;
    }
    stopped = stopping.enabled() && epochsSinceBest >= stopping.patience();
    return best;
  }

  boolean stopped() {
    return stopped;
  }

  long step() {
    return step;
  }

  int epoch() {
    return epoch;
  }

  long examples() {
    return examples;
  }

  int bestEpoch() {
    return bestEpoch;
  }

  List<Double> epochLosses() {
    return epochLosses;
  }

  List<WorkerReport.StepLoss> stepLosses() {
    return stepLosses;
  }

  List<Map<String, Double>> epochValidations() {
    return epochValidations;
  }
}
