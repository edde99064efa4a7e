package io.evenstep.worker;

import io.evenstep.model.NativeRuntime;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.network.FlatArrays;
import io.evenstep.model.network.Network;
import io.evenstep.worker.checkpoint.Position;
import io.evenstep.worker.comm.Communicator;
import io.evenstep.worker.comm.Membership;
import io.evenstep.worker.comm.Shares;
import io.evenstep.worker.feed.BlockReader;
import io.evenstep.worker.feed.TrainingFeed;
import io.evenstep.worker.sync.AveragingSync;
import io.evenstep.worker.sync.ExactSync;
import io.evenstep.worker.sync.SyncStrategy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;

/** One worker's part of a run, from meeting the others to the report. */
public final class Worker {
  private final TrainingPlan plan;
  private final Network network;
  private final Supplier<RecordDecoder> decoders;
  private final Supplier<Evaluator> evaluators;
  private final Seat seat;
  private final StepClock clock = new StepClock();

  private Worker(
      TrainingPlan plan,
      Network network,
      Supplier<RecordDecoder> decoders,
      Supplier<Evaluator> evaluators,
      Seat seat) {
    this.plan = plan;
    this.network = network;
    this.decoders = decoders;
    this.evaluators = evaluators;
    this.seat = seat;
  }

  /**
   * Trains {@code network} together with the other ranks, which must be given the same plan and
   * networks with the same parameters. Leaves no thread and no connection behind.
   *
   * @param decoders a decoder of the pack's records for each thread that needs one
   * @throws io.evenstep.worker.comm.RankLostException when another rank is lost
   * @throws io.evenstep.model.DivergedException when the loss is no longer a finite number
   * @throws io.evenstep.model.DataException when the pack cannot be read
   * @throws io.evenstep.model.ConfigException when a checkpoint to resume from does not fit
   */
  public static WorkerReport run(
      TrainingPlan plan,
      Network network,
      Supplier<RecordDecoder> decoders,
      Supplier<Evaluator> evaluators,
      Seat seat) {
    return new Worker(plan, network, decoders, evaluators, seat).run();
  }

  private WorkerReport run() {
    NativeRuntime.oneThread();
    Membership me = new Membership(plan.runId(), plan.secret(), seat.rank(), seat.worldSize());
    Limits limits = plan.limits();
    try (Communicator world =
        Communicator.join(me, seat.rendezvous(), limits.connect(), limits.peer())) {
      return train(world);
    }
  }

  private WorkerReport train(Communicator world) {
    Journal journal = new Journal(plan);
    Keeper keeper = new Keeper(plan, network, seat.outputFiles(), seat.rank());
    keeper.resume(journal);
    agreeOnStart(world, journal);
    Position start = journal.position();

    RecordDecoder decoder = decoders.get();
    BlockReader reader = reader(decoder);
    SplitEvaluation evaluation =
        new SplitEvaluation(world, network, reader, decoder, evaluators, plan.shards());
    ShardSearch search = new ShardSearch(network, world, step -> feed(reader, step), plan.seed());
    SyncStrategy sync = sync(world, search);
    Reporter reporter = new Reporter(seat.rank() == 0 ? seat.listener() : ProgressListener.SILENT);
    if (start.step() > 0) {
      reporter.resumed(start.step());
    }
    Traffic traffic = new Traffic(world::bytesSent);
    TrainingLoop loop =
        new TrainingLoop(
            plan, network, sync, evaluation, keeper, journal, reporter, clock, traffic);

    long began = System.nanoTime();
    try (TrainingFeed feed = feed(reader, start.step())) {
      loop.run(feed);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    Effort effort =
        new Effort(start, seconds, traffic.bytesPerStep(), sync.lowerBoundBytesPerStep());
    return new Ending(plan, network, world, evaluation, keeper, journal)
        .finish(effort, loop.validation(), clock);
  }

  private void agreeOnStart(Communicator world, Journal journal) {
    String mine =
        "step " + journal.step() + ", parameters " + FlatArrays.sha256(network.parameters());
    List<byte[]> starts = world.allGather(mine.getBytes(StandardCharsets.UTF_8));
    for (int rank = 0; rank < starts.size(); rank++) {
      String theirs = new String(starts.get(rank), StandardCharsets.UTF_8);
      if (!theirs.equals(mine)) {
        throw new IllegalStateException(
            "Cannot start: rank "
                + seat.rank()
                + " is at "
                + mine
                + ", rank "
                + rank
                + " at "
                + theirs);
      }
    }
  }

  private BlockReader reader(RecordDecoder decoder) {
    Path folder = new Path(plan.data().packFolder());
    return new BlockReader(seat.packFiles(), folder, decoder.recordBytes());
  }

  private TrainingFeed feed(BlockReader reader, long firstStep) {
    int lanes = plan.lanes(seat.worldSize());
    TrainingFeed.Lanes own =
        new TrainingFeed.Lanes(
            plan.data().train(),
            plan.batch(),
            plan.epochs(),
            plan.seed(),
            lanes,
            Shares.firstShard(seat.rank(), lanes, seat.worldSize()),
            Shares.firstShard(seat.rank() + 1, lanes, seat.worldSize()));
    return TrainingFeed.start(
        own, reader, decoders.get(), plan.limits(), firstStep, "evenstep-feed-" + seat.rank());
  }

  private SyncStrategy sync(Communicator world, ShardSearch search) {
    if (plan.sync() instanceof SyncPlan.Averaging averaging) {
      return new AveragingSync(world, network, averaging, clock);
    }
    return new ExactSync(world, network, plan.lanes(seat.worldSize()), clock, search::origin);
  }
}
