package io.evenstep.worker.progress;

import io.evenstep.worker.collective.StepClock;
import java.util.List;
import java.util.Map;

/** Something that a user should know while a network trains. */
public sealed interface ProgressEvent {
  /**
   * A checkpoint could not be used to resume from.
   *
   * @param file its path
   * @param reason what is wrong with it
   */
  record CheckpointSkipped(String file, String reason) implements ProgressEvent {}

  /**
   * Training resumes where an earlier attempt or run ended.
   *
   * @param step global steps done before
   * @param fromReplica whether a replica survived; otherwise it resumes from a checkpoint
   */
  record Resumed(long step, boolean fromReplica) implements ProgressEvent {}

  /**
   * The run has chosen how to keep its replicas in agreement.
   *
   * @param reason in words
   */
  record SyncChosen(String reason) implements ProgressEvent {}

  /**
   * A peer is slow, silent or back.
   *
   * @param peer its rank
   * @param text which rank noticed it, and what
   */
  record PeerTrouble(int peer, String text) implements ProgressEvent {}

  /**
   * A rank has started.
   *
   * @param process name of its process
   */
  record Seated(int rank, String process) implements ProgressEvent {}

  /**
   * A rank has stopped because it lost a peer.
   *
   * @param rank the rank that has stopped
   * @param peer the lost rank
   */
  record PeerLost(int rank, int peer) implements ProgressEvent {}

  /**
   * Steps are done: all since the previous event, so that none is missing.
   *
   * @param step global steps done
   * @param epoch current epoch, from 0
   * @param examples rows done since training began, over all workers and attempts
   * @param loss mean over the rows of those steps, without penalty
   * @param examplesPerSecond over all workers, since about the last event
   * @param losses of those steps in order, one by one while there are few, else means of neighbours
   */
  record StepDone(
      long step,
      int epoch,
      long examples,
      double loss,
      double examplesPerSecond,
      List<LossPoint> losses)
      implements ProgressEvent {
    /** Copies the list. */
    public StepDone {
      losses = List.copyOf(losses);
    }
  }

  /**
   * The mean loss of one step or of a few.
   *
   * @param step global steps done, including the last of them
   */
  record LossPoint(long step, double loss) {}

  /**
   * The effect of one step on the parameters.
   *
   * @param step global steps done, including this one
   * @param learningRate the optimizer's; NaN when it has none
   * @param gradientNorm of the mean gradient over the global batch, before it is clipped; when
   *     averaging, of rank 0's own rows
   * @param updateRatio norm of the parameters' change over the norm of the parameters
   * @param layerRatios the same for each layer that learns, in order; empty when layers are not
   *     reported
   */
  record StepMeasured(
      long step,
      double learningRate,
      double gradientNorm,
      double updateRatio,
      List<Double> layerRatios)
      implements ProgressEvent {
    /** Copies the list. */
    public StepMeasured {
      layerRatios = List.copyOf(layerRatios);
    }
  }

  /**
   * Rows of a split are being evaluated, which takes long.
   *
   * @param split such as {@code validation}
   * @param done rows evaluated so far on all ranks, about
   * @param rows of the split
   */
  record Evaluating(String split, long done, long rows) implements ProgressEvent {}

  /**
   * How the weights are spread.
   *
   * @param step global steps done
   * @param layers one for each layer that learns, in order; empty when layers are not reported
   */
  record WeightsSeen(long step, List<Histogram> layers) implements ProgressEvent {
    /** Copies the list. */
    public WeightsSeen {
      layers = List.copyOf(layers);
    }
  }

  /**
   * The distribution of some numbers.
   *
   * @param counts in equal buckets from {@code least} to {@code greatest}; all 0 if a number is not
   *     finite
   */
  record Histogram(
      double least, double greatest, double sum, double sumOfSquares, List<Long> counts) {
    /** Copies the list. */
    public Histogram {
      counts = List.copyOf(counts);
    }
  }

  /**
   * Where the time of a rank has gone since its attempt began, waits for peers included.
   *
   * @param step global steps done
   * @param milliseconds in each phase
   * @param bytesSent bytes written to sockets for steps
   */
  record RankTimes(int rank, long step, Map<StepClock.Phase, Double> milliseconds, long bytesSent)
      implements ProgressEvent {
    /** Copies the map. */
    public RankTimes {
      milliseconds = Map.copyOf(milliseconds);
    }
  }

  /**
   * A checkpoint is written.
   *
   * @param step global steps done
   * @param seconds it took, while training waited
   */
  record CheckpointSaved(long step, double seconds) implements ProgressEvent {}

  /**
   * An epoch is done.
   *
   * @param epoch the epoch, from 0
   * @param step global steps done
   * @param loss mean over the epoch's rows, during training
   * @param validation metrics of the validation rows, by name; empty when there are none
   * @param best whether it is the best so far by the metric of early stopping
   */
  record EpochDone(int epoch, long step, double loss, Map<String, Double> validation, boolean best)
      implements ProgressEvent {
    /** Copies the map. */
    public EpochDone {
      validation = Map.copyOf(validation);
    }
  }
}
