package io.evenstep.worker;

import io.evenstep.model.ConfigException;
import io.evenstep.model.DivergedException;
import io.evenstep.model.NativeRuntime;
import io.evenstep.worker.checkpoint.Checkpoint;
import io.evenstep.worker.checkpoint.CheckpointStore;
import io.evenstep.worker.checkpoint.CheckpointStore.Skipped;
import io.evenstep.worker.checkpoint.Position;
import io.evenstep.worker.checkpoint.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a run's checkpoints and its model. Rank 0 writes; every rank reads. */
final class Keeper {
  private static final Logger log = LoggerFactory.getLogger(Keeper.class);

  private final TrainingPlan plan;
  private final RunState state;
  private final FileSystem files;
  private final Path folder;
  private final CheckpointStore store;
  private final int rank;
  private final List<Skipped> skipped = new ArrayList<>();
  private long lastStep;

  Keeper(TrainingPlan plan, RunState state, FileSystem files, int rank) {
    this.plan = plan;
    this.state = state;
    this.files = files;
    this.rank = rank;
    this.folder = new Path(plan.output().folder());
    this.store = new CheckpointStore(files, new Path(folder, "checkpoints"), plan.output().keep());
    if (rank == 0) {
      store.removeUnfinished();
    }
  }

  /**
   * Puts the replica to where the newest good checkpoint was taken, if the plan says so.
   *
   * @return where that was; empty when there is none
   * @throws ConfigException when one is needed and missing, or is of another configuration
   */
  Optional<Position> resume() {
    TrainingPlan.Resume wish = plan.output().resume();
    Optional<Checkpoint> newest =
        wish == TrainingPlan.Resume.NEVER ? Optional.empty() : store.newest(this::skip);
    if (newest.isEmpty() && wish == TrainingPlan.Resume.MUST) {
      throw new ConfigException(
          "Cannot resume: there is no whole checkpoint in " + folder + ", skipped " + skipped);
    }
    newest.ifPresent(
        checkpoint -> {
          check(checkpoint.position());
          state.become(checkpoint);
        });
    return newest.map(Checkpoint::position);
  }

  /** Counts steps between checkpoints from here on. */
  void startAt(long step) {
    lastStep = step;
  }

  /** Damaged checkpoints that were passed over to resume, newest first. */
  List<Skipped> skipped() {
    return skipped;
  }

  private void skip(Skipped checkpoint) {
    log.info("Skipped checkpoint {}", checkpoint);
    skipped.add(checkpoint);
  }

  /** Takes a checkpoint when enough steps have passed since the last one. */
  void stepDone(Journal journal) {
    long every = plan.output().checkpointSteps();
    if (every > 0 && journal.step() - lastStep >= every) {
      save(journal);
    }
  }

  void save(Journal journal) {
    lastStep = journal.step();
    if (rank == 0) {
      store.save(checkpoint(journal));
    }
  }

  void saveBest(Journal journal) {
    if (rank == 0) {
      store.saveBest(checkpoint(journal));
    }
  }

  /** Puts the replica to the best epoch; once rank 0 has written it. */
  void restoreBest() {
    Checkpoint best =
        store
            .best(this::skip)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "The best checkpoint in " + folder + " is gone, skipped " + skipped));
    state.become(best);
  }

  /** Writes the network as it stands; returns its path. */
  String saveModel(String name) {
    Path target = new Path(folder, name);
    if (rank == 0) {
      try {
        WholeFile.write(files, target, state.learner()::save);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot write model " + target, e);
      }
    }
    return target.toString();
  }

  private Checkpoint checkpoint(Journal journal) {
    if (!Double.isFinite(state.learner().parameters().sumOfMagnitudes())) {
      throw new DivergedException(
          "Rank " + rank + " at step " + journal.step() + ": a parameter is not finite");
    }
    return state.at(journal.position());
  }

  /**
   * Makes sure that training may go on from there, and says so when bits may differ.
   *
   * @throws ConfigException when it is of another configuration
   */
  void check(Position position) {
    if (!position.configSha256().equals(plan.configSha256()) || position.seed() != plan.seed()) {
      throw new ConfigException(
          "Cannot resume: the checkpoint in " + folder + " is of another configuration");
    }
    if (!position.platform().equals(NativeRuntime.describe().toString())) {
      log.warn(
          "The checkpoint was made on {}, this is {}: results may differ in the last bits",
          position.platform(),
          NativeRuntime.describe().toString());
    }
  }
}
