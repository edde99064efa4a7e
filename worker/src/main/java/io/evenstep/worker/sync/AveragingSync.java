package io.evenstep.worker.sync;

import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Region;
import io.evenstep.worker.collective.AllReduce;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.collective.StepLosses;
import io.evenstep.worker.collective.TimedCrew;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.WireFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replicas, called islands, step independently and periodically take the mean of their parameters
 * (McDonald, Hall and Mann, 2010, "Distributed training strategies for the structured perceptron"),
 * weighted by the rows that each has seen since. With an {@link OuterOptimizer} the mean change is
 * its gradient. Means are added along the tree over the islands, so the bits do not depend on the
 * ranks that have them.
 */
public final class AveragingSync implements SyncStrategy {
  private final SyncPlan.Averaging plan;
  private final Islands islands;
  private final List<Island> own = new ArrayList<>();
  private final Optional<OuterOptimizer> outer;
  private final SyncState state;
  private final StepClock clock;
  private final Region means; // the averaged regions, concatenated
  private final AllReduce allReduce;
  private final WireFormat format;
  private final Divergence divergence;
  private final StepWatch watch;
  private int next; // of the own islands, in this step
  private long rowsSince;
  private double lossSince;

  /** One replica. */
  private static final class Island {
    private final int number;
    private final Learner learner;
    private final Range whole;
    private final List<Region> averaged = new ArrayList<>(); // parameters, then state
    private int rows; // in this step
    private long rowsSince;
    private double lossSince;

    Island(int number, Learner learner, boolean optimizerState) {
      this.number = number;
      this.learner = learner;
      this.whole = new Range(0, learner.parameters().length());
      this.averaged.add(learner.parameters());
      if (optimizerState) {
        averaged.addAll(Islands.optimizerState(learner));
      }
    }
  }

  /**
   * Averages replicas.
   *
   * @param islands those of this rank; they begin with the parameters of the first one
   * @param outer if changes are sent
   * @param state of the islands, for whether a replica is all there is to keep
   * @param format how changes are written on their way
   */
  public AveragingSync(
      Communicator world,
      Islands islands,
      SyncPlan.Averaging plan,
      Optional<OuterOptimizer> outer,
      SyncState state,
      WireFormat format,
      StepClock clock,
      StepWatch watch) {
    this.plan = plan;
    this.islands = islands;
    this.outer = outer;
    this.state = state;
    this.format = format;
    this.watch = watch;
    this.clock = clock;
    for (int i = 0; i < islands.learners().size(); i++) {
      Learner learner = islands.learners().get(i);
      own.add(new Island(islands.first() + i, learner, plan.optimizerState()));
    }
    Island first = own.get(0);
    for (Island each : own.subList(1, own.size())) {
      copy(first.averaged, each);
    }
    outer.ifPresent(optimizer -> optimizer.startAt(first.learner.parameters()));
    this.means = Region.allocate(first.averaged.stream().mapToLong(Region::length).sum());
    this.allReduce =
        world.allReduce(
            means,
            new Shares(islands.total(), world.worldSize(), means.length()),
            TimedCrew.alone(world.rank(), clock),
            List.of(new Range(0, means.length())),
            format);
    this.divergence = new Divergence(world.rank());
  }

  @Override
  public void begin(long step, int rows) {
    own.forEach(island -> island.rows = 0);
    next = 0;
    rowsSince += rows;
  }

  @Override
  public Region target(int member) {
    return own.get(next).learner.gradient();
  }

  @Override
  public void add(int member, int shard, int rows, double loss) {
    divergence.watch(shard, loss);
    Island island = own.get(next++);
    island.rows = rows;
    island.rowsSince += rows;
    island.lossSince += loss;
    lossSince += loss;
  }

  @Override
  public Optional<StepLosses> finish(long step, int epoch, int rows) {
    Phase before = clock.enter(Phase.UPDATE);
    for (Island island : own) {
      if (island.rows > 0 && Double.isFinite(lossSince)) {
        take(island, step, epoch);
      }
    }
    clock.enter(before);
    return (step + 1) % plan.everySteps() == 0 ? settle(step) : Optional.empty();
  }

  private void take(Island island, long step, int epoch) {
    boolean isWatched = island == own.get(0);
    if (isWatched) {
      watch.before(island.rows);
    }
    divergence.naming(
        step,
        bad -> "in shard " + island.number,
        () -> island.learner.apply(step, epoch, island.rows, island.whole));
    if (isWatched) {
      watch.after(step, epoch);
    }
  }

  @Override
  public Optional<StepLosses> settle(long step) {
    if (rowsSince == 0) {
      return Optional.empty();
    }
    Phase before = clock.enter(Phase.COMMUNICATE);
    allReduce.begin(step, allReduce.shares().shards());
    allReduce.listen();
    for (Island island : own) {
      contribute(island, allReduce.target());
      allReduce.add(island.lossSince);
    }
    StepLosses losses = allReduce.finish();
    divergence.check(step, losses, rowsSince, bad -> divergence.origin(losses));
    means.divideBy(divisor());
    List<Region> mean = cut(means);
    outer.ifPresent(optimizer -> mean.set(0, optimizer.step(mean.get(0))));
    own.forEach(island -> copy(mean, island));
    rowsSince = 0;
    lossSince = 0;
    clock.enter(before);
    return Optional.of(losses);
  }

  /** Writes what an island adds to the mean, times its rows. */
  private void contribute(Island island, Region target) {
    List<Region> parts = cut(target);
    for (int i = 0; i < parts.size(); i++) {
      if (i == 0 && outer.isPresent()) {
        outer.get().change(island.learner.parameters(), island.rowsSince, parts.get(0));
      } else {
        parts.get(i).scaled(island.averaged.get(i), isAlone() ? 1 : island.rowsSince);
      }
    }
  }

  private double divisor() {
    return isAlone() ? 1 : rowsSince;
  }

  /** Whether the mean is the only island's own parameters, bit by bit. */
  private boolean isAlone() {
    return islands.total() == 1 && outer.isEmpty();
  }

  /** The averaged regions in a vector like {@link #means}. */
  private List<Region> cut(Region vector) {
    List<Region> averaged = own.get(0).averaged;
    List<Region> parts = new ArrayList<>();
    if (averaged.size() == 1) {
      parts.add(vector);
      return parts;
    }
    long from = 0;
    for (Region each : averaged) {
      parts.add(vector.slice(from, from + each.length()));
      from += each.length();
    }
    return parts;
  }

  private static void copy(List<Region> from, Island to) {
    for (int i = 0; i < from.size(); i++) {
      to.averaged.get(i).copyFrom(from.get(i));
    }
    to.learner.written();
    to.rowsSince = 0;
    to.lossSince = 0;
  }

  @Override
  public void askToStop() {
    allReduce.askToStop();
  }

  @Override
  public boolean whole() {
    return rowsSince == 0 && state.isWhole();
  }

  @Override
  public double lowerBoundBytesPerStep() {
    return (double) allReduce.shares().lowerBoundBytes(format.wire()) / plan.everySteps();
  }
}
