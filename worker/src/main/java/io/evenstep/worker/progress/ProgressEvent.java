package io.evenstep.worker.progress;

import io.evenstep.worker.collective.StepClock;
import java.util.List;
import java.util.Map;

/** Something worth telling the user while a network trains. */
public sealed interface ProgressEvent {
  /**
   * A checkpoint could not be used to resume from.
   *
   * @param file its path
   * @param reason what is wrong with it
   */
  record CheckpointSkipped(String file, String reason) implements ProgressEvent {}

  /**
   * Training goes on from where an earlier attempt or run came to.
   *
   * @param step global steps done before
   * @param fromReplica whether a replica survived; else it is a checkpoint
   */
  record Resumed(long step, boolean fromReplica) implements ProgressEvent {}

  /**
   * A peer is slow, silent or back.
   *
   * @param peer its rank
   * @param text who says what of it
   */
  record PeerTrouble(int peer, String text) implements ProgressEvent {}

  /**
   * A rank has begun.
   *
   * @param process name of the process it is in
   */
  record Seated(int rank, String process) implements ProgressEvent {}

  /**
   * A rank has given up because of a peer.
   *
   * @param rank who says so
   * @param peer rank of the one it lost
   */
  record PeerLost(int rank, int peer) implements ProgressEvent {}

  /**
   * Steps are done: all since the event before, so that none is missing.
   *
   * @param step global steps done
   * @param epoch current epoch, from 0
   * @param examples rows done since training began, over all workers and attempts
   * @param loss mean over the rows of those steps, without penalty
   * @param examplesPerSecond over all workers, since the last event or so
   * @param losses of those steps in order, one by one while they are few, else means of neighbours
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
   * @param step global steps done with the last of them
   */
  record LossPoint(long step, double loss) {}

  /**
   * What one step did to the parameters.
   *
   * @param step global steps done with it
   * @param learningRate the optimizer's; NaN where it has none
   * @param gradientNorm of the mean gradient over the global batch, before it is clipped; when
   *     averaging, of rank 0's own rows
   * @param updateRatio norm of the parameters' change over the norm of the parameters
   * @param layerRatios the same for each layer that learns, in order; empty where layers are not
   *     told
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
   * How the weights are spread.
   *
   * @param step global steps done
   * @param layers one for each layer that learns, in order; empty where layers are not told
   */
  record WeightsSeen(long step, List<Histogram> layers) implements ProgressEvent {
    /** Copies the list. */
    public WeightsSeen {
      layers = List.copyOf(layers);
    }
  }

  /**
   * How some numbers are spread.
   *
   * @param counts in equal buckets from {@code least} to {@code greatest}; all 0 where a number is
   *     not finite
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
   * @param bytesSent put into sockets for steps
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
   * @param loss mean over the epoch's rows, as they were trained on
   * @param validation metrics of the validation rows, by name; empty when there are none
   * @param best whether this is the best so far by the metric of early stopping
   */
  record EpochDone(int epoch, long step, double loss, Map<String, Double> validation, boolean best)
      implements ProgressEvent {
    /** Copies the map. */
    public EpochDone {
      validation = Map.copyOf(validation);
    }
  }
}
