package io.evenstep.worker.sync;

import io.evenstep.model.network.Network;
import io.evenstep.worker.StepClock;
import io.evenstep.worker.StepClock.Phase;
import io.evenstep.worker.SyncPlan;
import io.evenstep.worker.comm.AllReduce;
import io.evenstep.worker.comm.Communicator;
import io.evenstep.worker.comm.Losses;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Replicas step by themselves and take the mean of their parameters every so often (McDonald, Hall
 * and Mann, 2010, "Distributed training strategies for the structured perceptron"), weighted by the
 * rows each has seen since.
 */
public final class AveragingSync implements SyncStrategy {
  private final SyncPlan.Averaging plan;
  private final Network network;
  private final StepClock clock;
  private final INDArray parameters; // [n]
  private final Optional<INDArray> state; // [m], when it is averaged
  private final INDArray mean; // [n + m]
  private final AllReduce allReduce;
  private final Divergence divergence;
  private final boolean isAlone; // its parameters are the mean, to the bit
  private final long firstStep; // [the network's count of steps at global step 0]
  private int ownShard;
  private int ownRows; // [in this step]
  private long ownRowsSince;
  private long rowsSince;
  private double lossSince;

  /** Keeps replicas close by averaging as {@code plan} says; one shard a rank. */
  public AveragingSync(
      Communicator world, Network network, SyncPlan.Averaging plan, StepClock clock) {
    this.plan = plan;
    this.network = network;
    this.clock = clock;
    this.parameters = network.parameters();
    this.state = plan.optimizerState() ? network.optimizerState() : Optional.empty();
    long length = parameters.length() + state.map(INDArray::length).orElse(0L);
    this.mean = Nd4j.createUninitialized(DataType.FLOAT, length);
    this.allReduce = world.allReduce(mean, world.worldSize(), clock);
    this.firstStep = network.stepsTaken();
    this.divergence = new Divergence(world.rank());
    this.isAlone = world.worldSize() == 1;
  }

  @Override
  public void begin(long step, int rows) {
    ownRows = 0;
    rowsSince += rows;
  }

  @Override
  public void add(int shard, int rows, double loss) {
    divergence.watch(shard, loss);
    ownShard = shard;
    ownRows = rows;
    ownRowsSince += rows;
    lossSince += loss;
  }

  @Override
  public Optional<Losses> finish(long step, int epoch, int rows) {
    if (ownRows > 0 && Double.isFinite(lossSince)) {
      Phase before = clock.enter(Phase.UPDATE);
      divergence.naming(
          step,
          bad -> "in shard " + ownShard,
          () -> network.step(firstStep + step, epoch, ownRows));
      clock.enter(before);
    }
    return (step + 1) % plan.everySteps() == 0 ? settle(step) : Optional.empty();
  }

  @Override
  public Optional<Losses> settle(long step) {
    if (rowsSince == 0) {
      return Optional.empty();
    }
    Phase before = clock.enter(Phase.COMMUNICATE);
    allReduce.begin(step, allReduce.shares().shards());
    long weight = isAlone ? 1 : ownRowsSince;
    parametersPart().assign(parameters).muli(weight);
    state.ifPresent(own -> statePart().assign(own).muli(weight));
    allReduce.add(lossSince);
    Losses losses = allReduce.finish();
    divergence.check(step, losses, rowsSince, bad -> divergence.origin(losses));
    mean.divi(isAlone ? 1 : rowsSince);
    parameters.assign(parametersPart());
    state.ifPresent(own -> own.assign(statePart()));
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
    return (double) allReduce.shares().lowerBoundBytes() / plan.everySteps();
  }

  private INDArray parametersPart() {
    return mean.get(NDArrayIndex.interval(0, parameters.length()));
  }

  private INDArray statePart() {
    return mean.get(NDArrayIndex.interval(parameters.length(), mean.length()));
  }
}
