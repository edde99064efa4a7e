package io.evenstep.worker.sync;

import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Region;
import io.evenstep.model.engine.StateSection;
import io.evenstep.worker.collective.AllReduce;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.collective.StepLosses;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replicas step independently and periodically take the mean of their parameters (McDonald, Hall
 * and Mann, 2010, "Distributed training strategies for the structured perceptron"), weighted by the
 * rows that each has seen since.
 */
public final class AveragingSync implements SyncStrategy {
  private final SyncPlan.Averaging plan;
  private final Learner learner;
  private final StepClock clock;
  private final List<Region> own = new ArrayList<>(); // the averaged regions
  private final List<Region> mean = new ArrayList<>(); // the same for all ranks
  private final Region means; // all of those, concatenated
  private final AllReduce allReduce;
  private final Divergence divergence;
  private final boolean isAlone; // its parameters equal the mean, bit by bit
  private final Range whole;
  private final StepWatch watch;
  private int ownShard;
  private int ownRows; // in this step
  private long ownRowsSince;
  private long rowsSince;
  private double lossSince;

  /** Averages replicas according to {@code plan}, with one shard per rank. */
  public AveragingSync(
      Communicator world,
      Learner learner,
      SyncPlan.Averaging plan,
      StepClock clock,
      StepWatch watch) {
    this.plan = plan;
    this.watch = watch;
    this.learner = learner;
    this.clock = clock;
    this.own.add(learner.parameters());
    if (plan.optimizerState()) {
      learner.state().stream()
          .filter(section -> section.name().equals(StateSection.OPTIMIZER))
          .map(StateSection::region)
          .forEach(own::add);
    }
    this.means = Region.allocate(own.stream().mapToLong(Region::length).sum());
    long from = 0;
    for (Region each : own) {
      mean.add(means.slice(from, from + each.length()));
      from += each.length();
    }
    this.allReduce = world.allReduce(means, world.worldSize(), clock);
    this.whole = new Range(0, learner.parameters().length());
    this.divergence = new Divergence(world.rank());
    this.isAlone = world.worldSize() == 1;
  }

  @Override
  public void begin(long step, int rows) {
    ownRows = 0;
    rowsSince += rows;
  }

  @Override
  public Region target(int member) {
    return learner.gradient();
  }

  @Override
  public void add(int member, int shard, int rows, double loss) {
    divergence.watch(shard, loss);
    ownShard = shard;
    ownRows = rows;
    ownRowsSince += rows;
    lossSince += loss;
  }

  @Override
  public Optional<StepLosses> finish(long step, int epoch, int rows) {
    if (ownRows > 0 && Double.isFinite(lossSince)) {
      Phase before = clock.enter(Phase.UPDATE);
      watch.before(ownRows);
      divergence.naming(
          step, bad -> "in shard " + ownShard, () -> learner.apply(step, epoch, ownRows, whole));
      watch.after(step, epoch);
      clock.enter(before);
    }
    return (step + 1) % plan.everySteps() == 0 ? settle(step) : Optional.empty();
  }

  @Override
  public Optional<StepLosses> settle(long step) {
    if (rowsSince == 0) {
      return Optional.empty();
    }
    Phase before = clock.enter(Phase.COMMUNICATE);
    allReduce.begin(step, allReduce.shares().shards());
    allReduce.listen();
    for (int i = 0; i < own.size(); i++) {
      mean.get(i).scaled(own.get(i), isAlone ? 1 : ownRowsSince);
    }
    allReduce.add(lossSince);
    StepLosses losses = allReduce.finish();
    divergence.check(step, losses, rowsSince, bad -> divergence.origin(losses));
    means.divideBy(isAlone ? 1 : rowsSince);
    for (int i = 0; i < own.size(); i++) {
      own.get(i).copyFrom(mean.get(i));
    }
    learner.written();
    ownRowsSince = 0;
    rowsSince = 0;
    lossSince = 0;
    clock.enter(before);
    return Optional.of(losses);
  }

  @Override
  public void askToStop() {
    allReduce.askToStop();
  }

  @Override
  public boolean whole() {
    return rowsSince == 0;
  }

  @Override
  public double lowerBoundBytesPerStep() {
    return (double) allReduce.shares().lowerBoundBytes(Wire.FLOAT32) / plan.everySteps();
  }
}
