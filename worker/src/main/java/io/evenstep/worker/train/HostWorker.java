package io.evenstep.worker.train;

import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.DivergedException;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.engine.Learner;
import io.evenstep.worker.checkpoint.Position;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.cost.SpeedProbe;
import io.evenstep.worker.cost.SyncChoice;
import io.evenstep.worker.cost.SyncCost;
import io.evenstep.worker.feed.BlockReader;
import io.evenstep.worker.feed.TrainingFeed;
import io.evenstep.worker.host.CrewLostException;
import io.evenstep.worker.mesh.PeerNotice;
import io.evenstep.worker.mesh.RankLostException;
import io.evenstep.worker.net.Membership;
import io.evenstep.worker.plan.ShardPlan;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.WireFormat;
import io.evenstep.worker.progress.ProgressEvent;
import io.evenstep.worker.progress.StepMeasure;
import io.evenstep.worker.progress.StoppedException;
import io.evenstep.worker.sync.ExactSync;
import io.evenstep.worker.sync.SyncSetup;
import io.evenstep.worker.sync.SyncStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One host's part of a run, from connecting to the others to the reports of its ranks. The lead's
 * thread runs this; the other ranks of the host do the work that it gives them.
 */
final class HostWorker {
  private static final Logger log = LoggerFactory.getLogger(HostWorker.class);

  private final TrainingPlan plan;
  private final SyncChoice choice;
  private final Learner learner;
  private final WorkerParts parts;
  private final HostRanks host;
  private final WorkerContext seat;
  private final ShardPlan shards;
  private final Shares shares;

  /** What to keep if a peer is lost now. */
  private Supplier<Optional<Replica>> survivor = Optional::empty;

  /**
   * A host's worker.
   *
   * @param plan with one way to keep replicas in agreement
   * @param choice why it is this way
   */
  HostWorker(
      TrainingPlan plan, SyncChoice choice, Learner learner, WorkerParts parts, HostRanks host) {
    this.plan = plan;
    this.choice = choice;
    this.learner = learner;
    this.parts = parts;
    this.host = host;
    this.seat = host.lead();
    this.shards = plan.shardPlan(seat.worldSize());
    this.shares = host.shares(shards.shards(), learner.parameters().length());
  }

  /** Trains, and returns the reports of this host's ranks; see {@link Worker#run}. */
  List<WorkerReport> run() {
    Optional<Replica> kept = seat.process().take(plan.identity().secret());
    survivor = () -> kept;
    return connected("", world -> train(world, kept));
  }

  /**
   * Chooses how the run keeps replicas in agreement; all hosts call it and get the same. A run
   * chooses once: an attempt that will resume keeps what was chosen.
   */
  SyncChoice choose(SyncPlan.AnyOf any) {
    SyncChoice made = connected("-choice", world -> choose(world, any));
    if (seat.rank() == 0) {
      log.info("{}", made.reason());
      seat.listener().report(new ProgressEvent.SyncChosen(made.reason()));
    }
    return made;
  }

  private SyncChoice choose(Communicator world, SyncPlan.AnyOf any) {
    Optional<Position> own = seat.process().position(plan.identity().secret());
    Optional<SyncChoice> kept =
        Recovery.newest(world, own, this::saved)
            .flatMap(position -> SyncChoice.kept(any.ways(), position.origin().way()));
    return kept.orElseGet(() -> SyncChoice.fastest(cost(world, any), any.ways()));
  }

  /** Where the newest checkpoint stands, if the run may resume from it. */
  private Optional<Position> saved() {
    return plan.output().resume() == TrainingPlan.Resume.NEVER
        ? Optional.empty()
        : Keeper.store(plan, seat.files().output()).newestPosition();
  }

  private SyncCost cost(Communicator world, SyncPlan.AnyOf any) {
    ShardTrial trial = trial(new HostWork(host, ranks(world, setup())), world);
    double row = trial.rowSeconds();
    double update = trial.updateSeconds(plan.batches().rows());
    long statistics =
        learner.statistics().stream().mapToLong(each -> each.to() - each.from()).sum();
    long state = learner.state().stream().mapToLong(section -> section.region().length()).sum();
    SyncCost.Shape shape =
        new SyncCost.Shape(
            shards, host.seating().firstPlaces(), learner.parameters().length(), statistics, state);
    return SpeedProbe.measure(world, any.ways(), shape, row, update);
  }

  /**
   * Works with the other hosts.
   *
   * @param purpose keeps connections for other purposes apart
   */
  private <T> T connected(String purpose, Function<Communicator, T> work) {
    Membership me =
        new Membership(
            plan.identity().runId() + purpose,
            plan.identity().secret(),
            host.host(),
            host.seating().hosts().size());
    try (Communicator world =
        Communicator.join(me, new LeadRendezvous(host), plan.limits(), this::tellOf)) {
      return work.apply(world);
    } catch (ConfigException | DataException | DivergedException | StoppedException e) {
      throw e; // another attempt would fail in the same way, or is not wanted
    } catch (RuntimeException e) {
      survivor.get().ifPresent(whole -> seat.process().leave(plan.identity().secret(), whole));
      if (e instanceof RankLostException lost) {
        throw told(lost.step(), leadOf(lost.peer()), lost.reason(), lost);
      } else if (e instanceof CrewLostException lost) {
        throw told(lost.step(), lost.peer(), lost.reason(), lost);
      }
      throw e;
    }
  }

  /** Translates host numbers in the mesh's errors to ranks, which users know. */
  private RankLostException told(long step, int peer, String reason, RuntimeException lost) {
    seat.listener().report(new ProgressEvent.PeerLost(seat.rank(), peer));
    return new RankLostException(seat.rank(), step, peer, reason, lost);
  }

  private int leadOf(int number) {
    return host.seating().hosts().get(number).get(0);
  }

  private void tellOf(PeerNotice notice) {
    int peer = leadOf(notice.peer());
    String text = "Rank " + seat.rank() + ": peer " + peer + ": " + notice.text();
    log.warn("{}", text);
    seat.listener().report(new ProgressEvent.PeerTrouble(peer, text));
  }

  private List<WorkerReport> train(Communicator world, Optional<Replica> kept) {
    Journal journal = new Journal(plan, shards, learner.platform());
    SyncSetup setup = setup();
    HostWork work = new HostWork(host, ranks(world, setup));
    RunState state = new RunState(learner, setup.state(), work.ranks().get(0).pass());
    StepMeasure measure = new StepMeasure(learner);
    Reporter reporter = new Reporter(host.seats(), measure);
    Keeper keeper = new Keeper(plan, shards, state, seat.files().output(), world, reporter);
    Optional<Recovery.Start> recovered = new Recovery(world, state, keeper).begin(kept);
    reporter.skipped(keeper.skipped());
    recovered.ifPresent(start -> resume(start, journal, keeper, reporter));
    Position start = journal.position();

    SplitEvaluation evaluation =
        new SplitEvaluation(
            world, host, scorers(), parts.evaluators(), plan.batches().shards(), reporter);
    SyncStrategy sync = begin(setup, world, measure, trial(work, world));
    survivor =
        () -> sync.whole() ? Optional.of(Replica.of(state, journal.position())) : Optional.empty();
    Traffic traffic = new Traffic(world::bytesSent, host.crew().clocks(), host.seats());
    TrainingLoop loop =
        new TrainingLoop(plan, work, sync, evaluation, keeper, journal, reporter, traffic);

    log.info("Training from step {} with {} workers", start.step(), seat.worldSize());
    double seconds = run(loop, start.step());
    reporter.trainingEnds(journal);
    survivor = Optional::empty; // from here on the best parameters replace the last ones
    AttemptEnd.Cost cost =
        new AttemptEnd.Cost(
            start, seconds, traffic.bytesPerStep(), sync.lowerBoundBytesPerStep(), choice);
    int told = keeper.skipped().size();
    List<WorkerReport> reports =
        new AttemptEnd(plan, state, world, host, evaluation, parts.deciding(), keeper, journal)
            .finish(cost, loop.validation());
    reporter.skipped(keeper.skipped().subList(told, keeper.skipped().size()));
    return reports;
  }

  private ShardTrial trial(HostWork work, Communicator world) {
    return new ShardTrial(learner, work, world, this::feed, plan.identity().seed());
  }

  private SyncSetup setup() {
    return new SyncSetup(plan.sync(), learner, parts.learners(), shares, host.host());
  }

  private List<RankWork> ranks(Communicator world, SyncSetup setup) {
    List<RankWork> ranks = new ArrayList<>();
    ShardPass lead = new ShardPass(setup.passes(), world, shards.segments());
    for (int member = 0; member < host.size(); member++) {
      ShardPass pass = member == 0 ? lead : lead.forAnotherRank(setup.passes());
      ranks.add(
          new RankWork(member, pass, host.crew().clocks().get(member), plan.identity().seed()));
    }
    return ranks;
  }

  private List<SplitEvaluation.RankScorer> scorers() {
    List<SplitEvaluation.RankScorer> scorers = new ArrayList<>();
    for (int member = 0; member < host.size(); member++) {
      RecordDecoder decoder = parts.decoders().get();
      scorers.add(
          new SplitEvaluation.RankScorer(
              learner.scorer(), reader(member, decoder.recordBytes()), decoder));
    }
    return scorers;
  }

  /** Trains from a step on; returns the seconds it took. */
  private double run(TrainingLoop loop, long from) {
    long began = System.nanoTime();
    List<TrainingFeed> feeds = new ArrayList<>();
    try {
      for (int member = 0; member < host.size(); member++) {
        feeds.add(feed(member, from));
      }
      loop.run(feeds);
    } finally {
      feeds.forEach(TrainingFeed::close);
    }
    return (System.nanoTime() - began) / 1e9;
  }

  private void resume(Recovery.Start start, Journal journal, Keeper keeper, Reporter reporter) {
    journal.restore(start.position());
    keeper.startAt(journal.step());
    if (journal.bestWasLast()) {
      // the rank that should have saved it may have been lost before that
      keeper.collect();
      keeper.saveBest(journal);
    }
    reporter.resumed(start);
  }

  private BlockReader reader(int member, int recordBytes) {
    Path folder = new Path(plan.data().packFolder());
    return new BlockReader(host.seats().get(member).files().pack(), folder, recordBytes);
  }

  private TrainingFeed feed(int member, long firstStep) {
    RecordDecoder decoder = parts.decoders().get();
    TrainingFeed.Request own =
        new TrainingFeed.Request(
            plan.data().train(),
            shards,
            host.place(member),
            plan.epochs(),
            plan.identity().seed(),
            plan.data().order());
    return TrainingFeed.start(
        own,
        reader(member, decoder.recordBytes()),
        decoder,
        parts.augmenters().get(),
        plan.limits(),
        firstStep,
        "evenstep-feed-" + host.seats().get(member).rank());
  }

  private SyncStrategy begin(
      SyncSetup setup, Communicator world, StepMeasure measure, ShardTrial trial) {
    WireFormat format = new WireFormat(plan.sync().wire(), plan.identity().seed());
    return setup.begin(world, host.crew(), format, listening(), measure, trial::origin);
  }

  /** The states of segments are exchanged before sums may arrive. */
  private ExactSync.Listening listening() {
    return shards.segments() > 1
        ? ExactSync.Listening.AFTERWARDS
        : ExactSync.Listening.WHILE_COMPUTING;
  }
}
