package io.evenstep.worker.train;

import io.evenstep.model.decision.Decision;
import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.cost.ChosenSync;
import io.evenstep.worker.evaluation.TestDetail;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One worker's report at the end. Everything but times and bytes is the same on every rank.
 *
 * @param rank the worker's rank
 * @param hosts processes that trained, each with one replica
 * @param course how far training got
 * @param timing how long this attempt took
 * @param history losses and metrics along the way
 * @param scores metrics of the final parameters
 * @param bytesPerStep bytes sent per step
 * @param model what was trained
 */
public record WorkerReport(
    int rank,
    int hosts,
    Course course,
    Timing timing,
    History history,
    Scores scores,
    BytesPerStep bytesPerStep,
    FinalModel model)
    implements Serializable {

  /**
   * How far training got.
   *
   * @param steps global steps done, including those before a resume
   * @param examples rows trained on by all workers, including those before a resume
   * @param epochs epochs done
   * @param bestEpoch epoch of the final parameters, when early stopping chose one; else the last
   * @param stoppedEarly whether early stopping ended training
   * @param resumedFromStep global step from which training resumed; 0 when it did not
   */
  public record Course(
      long steps,
      long examples,
      int epochs,
      int bestEpoch,
      boolean stoppedEarly,
      long resumedFromStep)
      implements Serializable {
    /** Steps of this attempt only. */
    public long stepsOfAttempt() {
      return steps - resumedFromStep;
    }
  }

  /**
   * How long this attempt took.
   *
   * @param trainSeconds time in the training loop, including evaluation and checkpoints
   * @param examplesPerSecond over all workers, without evaluation and checkpoints
   * @param clockMillis milliseconds in each phase
   */
  public record Timing(
      double trainSeconds, double examplesPerSecond, Map<StepClock.Phase, Double> clockMillis)
      implements Serializable {
    /** Copies the map. */
    public Timing {
      clockMillis = Map.copyOf(clockMillis);
    }
  }

  /**
   * Losses and metrics during training.
   *
   * @param epochLosses mean training loss of each epoch
   * @param stepLosses of this attempt, in order; from rank 0 only, and only if the plan asks for
   *     them
   * @param epochValidations metrics of the validation rows after each epoch; no entries when there
   *     are no such rows
   */
  public record History(
      List<Double> epochLosses,
      List<StepLoss> stepLosses,
      List<Map<String, Double>> epochValidations)
      implements Serializable {
    /** Copies the collections. */
    public History {
      epochLosses = List.copyOf(epochLosses);
      stepLosses = List.copyOf(stepLosses);
      epochValidations = epochValidations.stream().map(Map::copyOf).toList();
    }

    /** Mean training loss of the last epoch; empty when no epoch was done. */
    public OptionalDouble lastLoss() {
      int epochs = epochLosses.size();
      return epochs == 0 ? OptionalDouble.empty() : OptionalDouble.of(epochLosses.get(epochs - 1));
    }
  }

  /**
   * The loss since the replicas were last equal.
   *
   * @param step global steps done
   * @param mean over rows, without penalty
   */
  public record StepLoss(long step, double mean) implements Serializable {}

  /**
   * Metrics of the final parameters.
   *
   * @param validation metrics of the validation rows
   * @param test metrics of the test rows
   * @param testConfusion the confusion matrix of the test rows, [actual class][predicted class];
   *     empty when there are no classes
   * @param testDetails details of the test rows, by output; picked rows are the rank's own
   * @param learned how the metrics' predictions were decided
   */
  public record Scores(
      SortedMap<String, Double> validation,
      SortedMap<String, Double> test,
      List<List<Long>> testConfusion,
      List<TestDetail> testDetails,
      Learned learned)
      implements Serializable {
    /** Copies the collections. */
    public Scores {
      validation = new TreeMap<>(validation);
      test = new TreeMap<>(test);
      testConfusion = testConfusion.stream().map(List::copyOf).toList();
      testDetails = List.copyOf(testDetails);
    }
  }

  /**
   * What the validation rows decided after training.
   *
   * @param decisions one for each output; empty if nothing was to be learned
   * @param before metrics of the validation rows in the usual way of deciding
   */
  public record Learned(List<Decision> decisions, SortedMap<String, Double> before)
      implements Serializable {
    /** Nothing was to be learned. */
    public static final Learned NOTHING = new Learned(List.of(), new TreeMap<>());

    /** Copies the collections. */
    public Learned {
      decisions = List.copyOf(decisions);
      before = new TreeMap<>(before);
    }
  }

  /**
   * Bytes sent per step, on average.
   *
   * @param sent this worker's part of the bytes that its host wrote to sockets
   * @param lowerBound its part of the fewest bytes that its host must send in an all-reduce
   * @param sync how replicas were kept in agreement, and why
   */
  public record BytesPerStep(double sent, double lowerBound, ChosenSync sync)
      implements Serializable {}

  /**
   * What was trained.
   *
   * @param parametersSha256 of the final parameters
   * @param file path of the saved network
   */
  public record FinalModel(String parametersSha256, String file) implements Serializable {}
}
