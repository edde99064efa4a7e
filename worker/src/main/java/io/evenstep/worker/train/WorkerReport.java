package io.evenstep.worker.train;

import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.evaluation.TestDetail;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one worker has to say at the end. All but times and bytes is the same on every rank.
 *
 * @param rank who says it
 * @param hosts processes that trained, each with one replica
 * @param steps global steps done, those before a resume included
 * @param examples rows trained on by all workers, those before a resume included
 * @param epochs epochs done
 * @param bestEpoch epoch the parameters are from, when early stopping chose one; else the last
 * @param stoppedEarly whether early stopping ended training
 * @param resumedFromStep global step training went on from; 0 when it began
 * @param trainSeconds time in this attempt's training loop, evaluation and checkpoints included
 * @param examplesPerSecond over all workers, evaluation and checkpoints not counted
 * @param epochLosses mean training loss of each epoch
 * @param stepLosses of this attempt, in order, from rank 0 and where the plan asks for them
 * @param epochValidations metrics of the validation rows after each epoch; no entries when there
 *     are no such rows
 * @param validation metrics of the validation rows with the final parameters
 * @param test metrics of the test rows with the final parameters
 * @param testConfusion [actual class][predicted class] test rows; empty where there are no classes
 * @param testDetail what there is to see of the test rows; picked rows are the rank's own
 * @param bytesSentPerStep this worker's part of what its host put into sockets for a step, on
 *     average
 * @param bytesLowerBoundPerStep its part of the least that an all-reduce makes its host send
 * @param clockMillis milliseconds in each phase
 * @param parametersSha256 of the final parameters
 * @param model path of the saved network
 */
public record WorkerReport(
    int rank,
    int hosts,
    long steps,
    long examples,
    int epochs,
    int bestEpoch,
    boolean stoppedEarly,
    long resumedFromStep,
    double trainSeconds,
    double examplesPerSecond,
    List<Double> epochLosses,
    List<StepLoss> stepLosses,
    List<Map<String, Double>> epochValidations,
    SortedMap<String, Double> validation,
    SortedMap<String, Double> test,
    List<List<Long>> testConfusion,
    TestDetail testDetail,
    double bytesSentPerStep,
    double bytesLowerBoundPerStep,
    Map<StepClock.Phase, Double> clockMillis,
    String parametersSha256,
    String model)
    implements Serializable {
  /**
   * The loss since the replicas were the same last.
   *
   * @param step global steps done
   * @param mean over rows, without penalty
   */
  public record StepLoss(long step, double mean) implements Serializable {}

  /** Copies the collections. */
  public WorkerReport {
    epochLosses = List.copyOf(epochLosses);
    stepLosses = List.copyOf(stepLosses);
    epochValidations = epochValidations.stream().map(Map::copyOf).toList();
    validation = new TreeMap<>(validation);
    test = new TreeMap<>(test);
    testConfusion = testConfusion.stream().map(List::copyOf).toList();
    clockMillis = Map.copyOf(clockMillis);
  }
}
