package io.evenstep.worker.train;

import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.DivergedException;
import io.evenstep.model.NativeRuntime;
import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.engine.Learner;
import io.evenstep.worker.checkpoint.Position;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.feed.BlockReader;
import io.evenstep.worker.feed.TrainingFeed;
import io.evenstep.worker.mesh.PeerNotice;
import io.evenstep.worker.mesh.RankLostException;
import io.evenstep.worker.net.Membership;
import io.evenstep.worker.plan.ShardPlan;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.progress.ProgressEvent;
import io.evenstep.worker.progress.ProgressListener;
import io.evenstep.worker.progress.StoppedException;
import io.evenstep.worker.sync.AveragingSync;
import io.evenstep.worker.sync.ExactSync;
import io.evenstep.worker.sync.SyncStrategy;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One worker's part of a run, from meeting the others to the report. */
public final class Worker {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);

  private final TrainingPlan plan;
  private final Learner learner;
  private final Supplier<RecordDecoder> decoders;
  private final Supplier<Augmenter> augmenters;
  private final Supplier<Evaluator> evaluators;
  private final Seat seat;
  private final ShardPlan shards;
  private final StepClock clock = new StepClock();
  private Supplier<Optional<Replica>> survivor = Optional::empty; // [were a peer lost now]

  private Worker(
      TrainingPlan plan,
      Learner learner,
      Supplier<RecordDecoder> decoders,
      Supplier<Augmenter> augmenters,
      Supplier<Evaluator> evaluators,
      Seat seat) {
    this.plan = plan;
    this.learner = learner;
    this.decoders = decoders;
    this.augmenters = augmenters;
    this.evaluators = evaluators;
    this.seat = seat;
    this.shards = plan.shardPlan(seat.worldSize());
  }

  /**
   * Trains {@code learner} together with the other ranks, which must be given the same plan and
   * learners with the same parameters. Leaves no thread and no connection behind.
   *
   * @param decoders a decoder of the pack's records for each thread that needs one
   * @param augmenters what is done to training rows, and to no others, once they are decoded
   * @throws io.evenstep.worker.mesh.RankLostException when another rank is lost
   * @throws StoppedException when the run was asked to stop
   * @throws io.evenstep.model.DivergedException when the loss is no longer a finite number
   * @throws io.evenstep.model.DataException when the pack cannot be read
   * @throws io.evenstep.model.ConfigException when a checkpoint to resume from does not fit
   */
  public static WorkerReport run(
      TrainingPlan plan,
      Learner learner,
      Supplier<RecordDecoder> decoders,
      Supplier<Augmenter> augmenters,
      Supplier<Evaluator> evaluators,
      Seat seat) {
    try (LogContext lines = LogContext.ofRank(plan.runId(), seat.rank())) {
      return new Worker(plan, learner, decoders, augmenters, evaluators, seat).run();
    }
  }

  private WorkerReport run() {
    NativeRuntime.oneThread();
    Membership me = new Membership(plan.runId(), plan.secret(), seat.rank(), seat.worldSize());
    Optional<Replica> kept = seat.survivors().take(plan.secret());
    survivor = () -> kept;
    try (Communicator world =
        Communicator.join(me, seat.rendezvous(), plan.limits(), this::tellOf)) {
      return train(world, kept);
    } catch (ConfigException | DataException | DivergedException | StoppedException e) {
      throw e; // [another attempt would end the same way, or is not wanted]
    } catch (RuntimeException e) {
      if (e instanceof RankLostException lost) {
        seat.listener().report(new ProgressEvent.PeerLost(seat.rank(), lost.peer()));
      }
      survivor.get().ifPresent(whole -> seat.survivors().leave(plan.secret(), whole));
      throw e;
    }
  }

  private void tellOf(PeerNotice notice) {
    String text = "Rank " + seat.rank() + ": peer " + notice.peer() + ": " + notice.text();
    log.warn("{}", text);
    seat.listener().report(new ProgressEvent.PeerTrouble(notice.peer(), text));
  }

  private WorkerReport train(Communicator world, Optional<Replica> kept) {
    Journal journal = new Journal(plan, shards, learner.platform());
    ShardPass pass = new ShardPass(learner.pass(), world, shards.segments());
    RunState state = new RunState(learner, pass);
    Keeper keeper = new Keeper(plan, shards, state, seat.outputFiles(), seat.rank());
    Reporter reporter = new Reporter(seat.rank() == 0 ? seat.listener() : ProgressListener.SILENT);
    Optional<Recovery.Start> recovered = new Recovery(world, state, keeper).begin(kept);
    reporter.skipped(keeper.skipped());
    recovered.ifPresent(start -> goOn(start, journal, keeper, reporter));
    Position start = journal.position();

    RecordDecoder decoder = decoders.get();
    BlockReader reader = reader(decoder);
    SplitEvaluation evaluation =
        new SplitEvaluation(
            world, learner.scorer(), reader, decoder, evaluators, plan.shards(), seat.stop());
    ShardSearch search =
        new ShardSearch(learner, pass, world, step -> feed(reader, step), plan.seed());
    SyncStrategy sync = sync(world, search);
    survivor =
        () -> sync.whole() ? Optional.of(Replica.of(state, journal.position())) : Optional.empty();
    Traffic traffic = new Traffic(world::bytesSent, clock, seat.meter());
    TrainingLoop loop =
        new TrainingLoop(
            plan, pass, sync, evaluation, keeper, journal, reporter, clock, traffic, seat.stop());

    log.info("Training from step {} with {} workers", start.step(), world.worldSize());
    double seconds = run(loop, reader, start.step());
    survivor = Optional::empty; // [from here on the best parameters take the last ones' place]
    Effort effort =
        new Effort(start, seconds, traffic.bytesPerStep(), sync.lowerBoundBytesPerStep());
    int told = keeper.skipped().size();
    WorkerReport report =
        new Ending(plan, state, world, evaluation, keeper, journal)
            .finish(effort, loop.validation(), clock);
    reporter.skipped(keeper.skipped().subList(told, keeper.skipped().size()));
    return report;
  }

  /** Trains from a step on; returns the seconds it took. */
  private double run(TrainingLoop loop, BlockReader reader, long from) {
    long began = System.nanoTime();
    try (TrainingFeed feed = feed(reader, from)) {
      loop.run(feed);
    }
    return (System.nanoTime() - began) / 1e9;
  }

  private void goOn(Recovery.Start start, Journal journal, Keeper keeper, Reporter reporter) {
    journal.restore(start.position());
    keeper.startAt(journal.step());
    if (journal.bestWasLast()) {
      keeper.saveBest(journal); // [whoever should have saved it may have been lost before]
    }
    reporter.resumed(start);
  }

  private BlockReader reader(RecordDecoder decoder) {
    Path folder = new Path(plan.data().packFolder());
    return new BlockReader(seat.packFiles(), folder, decoder.recordBytes());
  }

  private TrainingFeed feed(BlockReader reader, long firstStep) {
    TrainingFeed.Request own =
        new TrainingFeed.Request(
            plan.data().train(),
            shards,
            seat.rank(),
            plan.epochs(),
            plan.seed(),
            plan.data().order());
    return TrainingFeed.start(
        own,
        reader,
        decoders.get(),
        augmenters.get(),
        plan.limits(),
        firstStep,
        "evenstep-feed-" + seat.rank());
  }

  private SyncStrategy sync(Communicator world, ShardSearch search) {
    if (plan.sync() instanceof SyncPlan.Averaging averaging) {
      return new AveragingSync(world, learner, averaging, clock);
    }
    ExactSync.Listening listening =
        shards.segments() > 1
            ? ExactSync.Listening.AFTERWARDS // the states of segments are exchanged before
            : ExactSync.Listening.WHILE_COMPUTING;
    return new ExactSync(world, learner, shards.shards(), listening, clock, search::origin);
  }
}
