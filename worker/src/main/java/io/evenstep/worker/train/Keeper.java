package io.evenstep.worker.train;

import io.evenstep.model.ConfigException;
import io.evenstep.model.DivergedException;
import io.evenstep.worker.checkpoint.Checkpoint;
import io.evenstep.worker.checkpoint.CheckpointStore;
import io.evenstep.worker.checkpoint.CheckpointStore.Skipped;
import io.evenstep.worker.checkpoint.FileFault;
import io.evenstep.worker.checkpoint.Position;
import io.evenstep.worker.checkpoint.WholeFile;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.plan.ShardPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a run's checkpoints and its model. Rank 0 writes; every rank reads. */
final class Keeper {
  private static final Logger log = LoggerFactory.getLogger(Keeper.class);

  private final TrainingPlan plan;
  private final long stepsPerEpoch;
  private final RunState state;
  private final FileSystem files;
  private final Path folder;
  private final CheckpointStore store;
  private final Reporter reporter;
  private final Communicator world;
  private final int rank;
  private final List<Skipped> skipped = new ArrayList<>();
  private long lastStep;

  Keeper(
      TrainingPlan plan,
      ShardPlan shards,
      RunState state,
      FileSystem files,
      Communicator world,
      Reporter reporter) {
    this.plan = plan;
    this.stepsPerEpoch = shards.stepsPerEpoch();
    this.state = state;
    this.files = files;
    this.world = world;
    this.rank = world.rank();
    this.reporter = reporter;
    this.folder = new Path(plan.output().folder());
    this.store = store(plan, files);
    if (rank == 0) {
      store.removeUnfinished();
    }
  }

  /** The checkpoints of a run. */
  static CheckpointStore store(TrainingPlan plan, FileSystem files) {
    Path folder = new Path(plan.output().folder());
    return new CheckpointStore(files, new Path(folder, "checkpoints"), plan.output().keep());
  }

  /**
   * Restores the newest valid checkpoint, if the plan says so.
   *
   * @return its position; empty when there is none
   * @throws ConfigException when one is required but missing, or when it belongs to another
   *     configuration
   */
  Optional<Position> resume() {
    TrainingPlan.Resume wish = plan.output().resume();
    Optional<Checkpoint> newest =
        wish == TrainingPlan.Resume.NEVER ? Optional.empty() : store.newest(this::skip);
    if (newest.isEmpty() && wish == TrainingPlan.Resume.MUST) {
      throw new ConfigException(
          "Cannot resume: there is no valid checkpoint in " + folder + ", skipped " + skipped);
    }
    newest.ifPresent(
        checkpoint -> {
          check(checkpoint.position());
          state.become(checkpoint);
        });
    return newest.map(Checkpoint::position).map(this::withBestThatIsThere);
  }

  /**
   * Forgets a best epoch whose checkpoint is gone; later epochs are then compared among themselves.
   */
  private Position withBestThatIsThere(Position position) {
    int best = position.best().epoch();
    boolean trainsOn = !position.best().stopped() && position.epoch() < plan.epochs();
    if (!plan.stopping().enabled() || !trainsOn || best < 0 || step(best) == position.step()) {
      return position;
    }
    String instead = "the best of the remaining epochs will be kept instead";
    return best(best, position.step(), instead).isPresent() ? position : position.withoutBest();
  }

  /** The global step after which an epoch is done. */
  private long step(int epoch) {
    return (epoch + 1) * stepsPerEpoch;
  }

  /**
   * The checkpoint of the best epoch, under its own name or that of its last step; or a better one
   * from a later step, which training will reach again.
   */
  private Optional<Checkpoint> best(int epoch, long standing, String instead) {
    List<Skipped> damaged = new ArrayList<>();
    Optional<Checkpoint> best =
        store
            .best(damaged::add)
            .filter(at -> at.position().step() == step(epoch) || at.position().step() > standing)
            .or(() -> store.after(step(epoch), damaged::add));
    if (best.isEmpty()) {
      String reason = damaged.isEmpty() ? "it is missing" : damaged.get(0).reason();
      skip(
          new Skipped(
              store.bestFile(),
              reason + "; epoch " + (epoch + 1) + " was the best so far, " + instead));
    }
    return best;
  }

  /** Counts steps between checkpoints from here on. */
  void startAt(long step) {
    lastStep = step;
  }

  /** Damaged checkpoints that were skipped on resuming, newest first. */
  List<Skipped> skipped() {
    return skipped;
  }

  private void skip(Skipped checkpoint) {
    log.info("Skipped checkpoint {}", checkpoint);
    skipped.add(checkpoint);
  }

  /** Takes a checkpoint when enough steps have passed since the last one; all ranks call it. */
  void stepDone(Journal journal) {
    long every = plan.output().checkpointSteps();
    if (every > 0 && journal.step() - lastStep >= every) {
      collect();
      save(journal);
    }
  }

  /** Makes rank 0's state complete, so that it can be saved; all ranks call it. */
  void collect() {
    state.collect(world);
  }

  void save(Journal journal) {
    lastStep = journal.step();
    write(journal, store::save);
  }

  void saveBest(Journal journal) {
    write(journal, store::saveBest);
  }

  private void write(Journal journal, Consumer<Checkpoint> store) {
    if (rank == 0) {
      long began = System.nanoTime();
      store.accept(checkpoint(journal));
      reporter.saved(journal.step(), (System.nanoTime() - began) / 1e9);
    }
  }

  /**
   * Restores the best epoch to this replica.
   *
   * @return whether its checkpoint was there and valid; otherwise nothing has changed
   */
  boolean restoreBest(Journal journal) {
    String instead = "the last epoch's parameters are kept instead";
    Optional<Checkpoint> best = best(journal.bestEpoch(), journal.step(), instead);
    best.ifPresent(state::become);
    return best.isPresent();
  }

  /** Writes the current network; returns its path. */
  String saveModel(String name) {
    Path target = new Path(folder, name);
    if (rank == 0) {
      try {
        WholeFile.write(files, target, state.learner()::save);
      } catch (IOException e) {
        throw FileFault.of("Cannot write model", target, e);
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
   * Makes sure that training may resume from a position, and warns when bits may differ.
   *
   * @throws ConfigException when it belongs to another configuration
   */
  void check(Position position) {
    if (!position.origin().configSha256().equals(plan.identity().configSha256())
        || position.origin().seed() != plan.identity().seed()) {
      throw new ConfigException(
          "Cannot resume: the checkpoint in "
              + folder
              + " belongs to a job with other settings; use a new --run-id, or --resume never");
    }
    if (!position.platform().equals(state.learner().platform())) {
      log.warn(
          "The checkpoint was made on {}, this is {}: results may differ in the last bits",
          position.platform(),
          state.learner().platform());
    }
  }
}
