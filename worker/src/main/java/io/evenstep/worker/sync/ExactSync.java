package io.evenstep.worker.sync;

import io.evenstep.model.network.Network;
import io.evenstep.worker.StepClock;
import io.evenstep.worker.StepClock.Phase;
import io.evenstep.worker.comm.AllReduce;
import io.evenstep.worker.comm.Communicator;
import io.evenstep.worker.comm.Losses;
import io.evenstep.worker.feed.ShardSplit;
import java.util.Optional;
import java.util.function.LongFunction;

/** Every replica takes the same step, with the gradient summed over all shards. */
public final class ExactSync implements SyncStrategy {
  private final Network network;
  private final StepClock clock;
  private final AllReduce allReduce;
  private final Divergence divergence;
  private final LongFunction<String> origin;
  private final long firstStep; // [the network's count of steps at global step 0]
  private boolean whole = true; // [but while a step changes the parameters]

  /**
   * Keeps replicas the same by all-reduce.
   *
   * @param shards shards of a step over all ranks
   * @param origin says where a step went wrong, in words; asked on all ranks at once
   */
  public ExactSync(
      Communicator world,
      Network network,
      int shards,
      StepClock clock,
      LongFunction<String> origin) {
    this.network = network;
    this.clock = clock;
    this.allReduce = world.allReduce(network.gradient(), shards, clock);
    this.firstStep = network.stepsTaken();
    this.divergence = new Divergence(world.rank());
    this.origin = origin;
  }

  @Override
  public void begin(long step, int rows) {
    allReduce.begin(step, ShardSplit.present(rows, allReduce.shares().shards()));
  }

  @Override
  public void add(int shard, int rows, double loss) {
    allReduce.add(loss);
  }

  @Override
  public Optional<Losses> finish(long step, int epoch, int rows) {
    Losses losses = allReduce.finish();
    divergence.check(step, losses, rows, origin);
    Phase before = clock.enter(Phase.UPDATE);
    whole = false;
    divergence.naming(step, origin, () -> network.step(firstStep + step, epoch, rows));
    whole = true;
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
    return whole;
  }

  @Override
  public double lowerBoundBytesPerStep() {
    return allReduce.shares().lowerBoundBytes();
  }
}
