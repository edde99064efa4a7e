package io.evenstep.worker.sync;

import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Region;
import io.evenstep.worker.collective.AllReduce;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.collective.Losses;
import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.plan.ShardPlan;
import java.util.Optional;
import java.util.function.LongFunction;

/** Every replica takes the same step, with the gradient summed over all shards. */
public final class ExactSync implements SyncStrategy {
  private final Learner learner;
  private final StepClock clock;
  private final AllReduce allReduce;
  private final Divergence divergence;
  private final LongFunction<String> origin;
  private final Range whole;
  private final Listening listening;
  private boolean settled = true; // but while a step changes the parameters

  /** From when on peers may send the sums of a step. */
  public enum Listening {
    /** From the beginning of the step: what they send arrives while this rank computes. */
    WHILE_COMPUTING,
    /** Once this rank has computed: until then the ranks can tell each other other things. */
    AFTERWARDS
  }

  /**
   * Keeps replicas the same by all-reduce.
   *
   * @param shards shards of a step over all ranks
   * @param origin says where a step went wrong, in words; asked on all ranks at once
   */
  public ExactSync(
      Communicator world,
      Learner learner,
      int shards,
      Listening listening,
      StepClock clock,
      LongFunction<String> origin) {
    this.learner = learner;
    this.listening = listening;
    this.clock = clock;
    this.allReduce = world.allReduce(learner.gradient(), shards, clock);
    this.whole = new Range(0, learner.parameters().length());
    this.divergence = new Divergence(world.rank());
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
  public Region target() {
    return allReduce.target();
  }

  @Override
  public void add(int shard, int rows, double loss) {
    allReduce.add(loss);
  }

  @Override
  public Optional<Losses> finish(long step, int epoch, int rows) {
    if (listening == Listening.AFTERWARDS) {
      allReduce.listen();
    }
    Losses losses = allReduce.finish();
    divergence.check(step, losses, rows, origin);
    Phase before = clock.enter(Phase.UPDATE);
    settled = false;
    divergence.naming(step, origin, () -> learner.apply(step, epoch, rows, whole));
    settled = true;
    clock.enter(before);
    return Optional.of(losses);
  }

  @Override
  public Optional<Losses> settle(long step) {
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
    return allReduce.shares().lowerBoundBytes();
  }
}
