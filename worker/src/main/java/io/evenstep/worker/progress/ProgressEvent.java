package io.evenstep.worker.progress;

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
   * A step is done.
   *
   * @param step global steps done
   * @param epoch current epoch, from 0
   * @param examples rows done since training began, over all workers and attempts
   * @param loss mean over the step's rows, without penalty
   * @param examplesPerSecond over all workers, since the last event or so
   */
  record StepDone(long step, int epoch, long examples, double loss, double examplesPerSecond)
      implements ProgressEvent {}

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
