package io.evenstep.worker.train;

import io.evenstep.worker.checkpoint.Position;
import io.evenstep.worker.cost.SyncChoice;
import io.evenstep.worker.plan.ShardPlan;
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
  private Position.Best best = Position.Best.NONE;

  Journal(TrainingPlan plan, ShardPlan shards, String platform) {
    this.plan = plan;
    this.platform = platform;
    this.stepsPerEpoch = shards.stepsPerEpoch();
  }

  /** Resumes from a position. */
  void restore(Position position) {
    step = position.step();
    epoch = position.epoch();
    examples = position.examples();
    epochLossSum = position.losses().epochLossSum();
    epochLosses.addAll(position.losses().epochLosses());
    epochValidations.addAll(position.losses().epochValidations());
    best = position.best();
  }

  Position position() {
    TrainingPlan.Identity run = plan.identity();
    String wire = plan.sync().wire().name();
    String way = SyncChoice.name(plan.sync());
    return new Position(
        new Position.Origin(run.runId(), run.configSha256(), run.seed(), wire, way),
        step,
        epoch,
        examples,
        new Position.Losses(epochLossSum, epochLosses, epochValidations),
        best,
        platform);
  }

  void stepDone(int rows) {
    step++;
    examples += rows;
  }

  /**
   * Adds the loss of the steps since the last call.
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

  /** Whether all steps of the epoch are done but the epoch is not closed yet. */
  boolean epochIsFull() {
    return step == (epoch + 1) * stepsPerEpoch;
  }

  /** Whether an epoch was just closed and is the best so far. */
  boolean bestWasLast() {
    return epoch > 0 && best.epoch() == epoch - 1 && step == epoch * stepsPerEpoch;
  }

  /** Closes the epoch; returns its mean loss. */
  double epochDone() {
    double mean = epochLossSum / plan.data().train().rows();
    epochLosses.add(mean);
    epochLossSum = 0;
    epoch++;
    return mean;
  }

  /** Records the metrics of the validation rows after the epoch just closed. */
  void validated(Map<String, Double> metrics) {
    epochValidations.add(metrics);
  }

  /** Compares the metric of the epoch just closed; returns whether it is the best so far. */
  boolean judge(double value) {
    best = best.after(epoch - 1, value, plan.stopping());
    return best.epoch() == epoch - 1;
  }

  boolean stopped() {
    return best.stopped();
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
    return best.epoch();
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
