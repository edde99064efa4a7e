package io.evenstep.worker.sync;

import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Region;
import io.evenstep.worker.collective.AllReduce;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.collective.StepLosses;
import io.evenstep.worker.collective.TimedCrew;
import io.evenstep.worker.plan.ShardPlan;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.Wire;
import io.evenstep.worker.plan.WireFormat;
import java.util.Optional;
import java.util.function.LongFunction;

/** Every replica takes the same step, with the gradient summed over all shards. */
public final class ExactSync implements SyncStrategy {
  private final TimedCrew crew;
  private final StepWatch watch;
  private final CrewUpdate update;
  private final AllReduce allReduce;
  private final Divergence divergence;
  private final LongFunction<String> origin;
  private final Listening listening;
  private final Wire wire;
  private boolean settled = true; // except while a step changes the parameters

  /** When peers may start to send the sums of a step. */
  public enum Listening {
    /** From the beginning of the step, so that data arrives while this rank computes. */
    WHILE_COMPUTING,
    /** When this rank has computed, so that until then the ranks can exchange other data. */
    AFTERWARDS
  }

  /**
   * Keeps replicas equal by all-reduce, when each rank is a host.
   *
   * @param shards shards of a step over all ranks
   * @param origin says, in words, where a step went wrong; called on all ranks at once
   */
  public ExactSync(
      Communicator world,
      Learner learner,
      int shards,
      Listening listening,
      StepClock clock,
      LongFunction<String> origin) {
    this(
        world,
        learner,
        new Shares(shards, world.worldSize(), learner.parameters().length()),
        TimedCrew.alone(world.rank(), clock),
        WireFormat.EXACT,
        listening,
        StepWatch.NONE,
        origin);
  }

  /**
   * Keeps replicas equal by all-reduce, with one replica per host.
   *
   * @param shares who computes which shards
   * @param crew the ranks of this host
   * @param format the format in which sums are sent
   * @param watch looks at each step
   * @param origin says, in words, where a step went wrong; called on all hosts at once
   */
  public ExactSync(
      Communicator world,
      Learner learner,
      Shares shares,
      TimedCrew crew,
      WireFormat format,
      Listening listening,
      StepWatch watch,
      LongFunction<String> origin) {
    this.crew = crew;
    this.watch = watch;
    this.listening = listening;
    this.wire = format.wire();
    this.update = new CrewUpdate(crew, learner);
    this.allReduce = world.allReduce(learner.gradient(), shares, crew, update.ranges(), format);
    this.divergence = new Divergence(crew.crew().rank(0));
    this.origin = origin;
  }

  @Override
  public void begin(long step, int rows) {
    allReduce.begin(step, ShardPlan.present(rows, allReduce.shares().shards()));
    if (listening == Listening.WHILE_COMPUTING) {
      allReduce.listen();
    }
  }

  @Override
  public Region target(int member) {
    return allReduce.of(member).target();
  }

  @Override
  public void add(int member, int shard, int rows, double loss) {
    StepClock clock = crew.clocks().get(member);
    Phase before = clock.enter(Phase.COMPUTE);
    allReduce.of(member).add(loss);
    clock.enter(before);
  }

  @Override
  public Optional<StepLosses> finish(long step, int epoch, int rows) {
    if (listening == Listening.AFTERWARDS) {
      allReduce.listen();
    }
    StepLosses losses = allReduce.finish();
    divergence.check(step, losses, rows, origin);
    watch.before(rows);
    settled = false;
    divergence.naming(step, origin, () -> update.take(step, epoch, rows));
    settled = true;
    watch.after(step, epoch);
    return Optional.of(losses);
  }

  @Override
  public Optional<StepLosses> settle(long step) {
    return Optional.empty();
  }

  @Override
  public void askToStop() {
    allReduce.askToStop();
  }

  @Override
  public boolean whole() {
    return settled;
  }

  @Override
  public double lowerBoundBytesPerStep() {
    return allReduce.shares().lowerBoundBytes(wire);
  }
}
