package io.evenstep.model.engine.dl4j;

import io.evenstep.model.NativeRuntime;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Attack;
import io.evenstep.model.engine.AttackedPass;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Objective;
import io.evenstep.model.engine.Objective.Manner;
import io.evenstep.model.engine.Pass;
import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Region;
import io.evenstep.model.engine.Scorer;
import io.evenstep.model.engine.StateSection;
import io.evenstep.model.engine.TiedPass;
import io.evenstep.model.network.dl4j.LayerRange;
import io.evenstep.model.network.dl4j.LearningRate;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.dl4j.SequentialNetwork;
import io.evenstep.model.network.dl4j.Tie;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A learner over one of DL4J's networks. Activations belong to that network, so it has a single
 * pass and a single thread.
 */
final class Dl4jLearner implements Learner, Pass {
  private final Network network;
  private final Attack attack;
  private final Region parameters; // [n]
  private final Region gradient; // [n]; where DL4J's layers write and its updater reads
  private final List<StateSection> state;
  private final boolean penaltyInLoss;
  private final long firstStep;
  private final int firstEpoch;

  Dl4jLearner(Network network, Objective objective) {
    boolean fit = objective.manner() == Manner.FIT;
    this.network = network;
    this.attack = objective.attack();
    this.parameters = Region.of(network.parameters());
    this.gradient = Region.of(network.gradient());
    this.state =
        network.optimizerState().stream()
            .map(array -> new StateSection(StateSection.OPTIMIZER, Region.of(array)))
            .toList();
    this.penaltyInLoss = fit;
    this.firstStep = network.stepsTaken();
    this.firstEpoch = fit ? network.epochsTaken() : 0;
  }

  @Override
  public Region parameters() {
    return parameters;
  }

  @Override
  public Region gradient() {
    return gradient;
  }

  @Override
  public List<StateSection> state() {
    return state;
  }

  @Override
  public Pass pass() {
    return TiedPass.of(AttackedPass.of(this, attack, gradient.length()), Tie.of(network.updater()));
  }

  @Override
  public Scorer scorer() {
    return new Dl4jScorer(network);
  }

  @Override
  public double accumulate(MiniBatch shard, long randomKey, Region target) {
    double penalty = penaltyInLoss ? network.penalty() * shard.rows() : 0;
    double loss = network.computeGradient(shard, randomKey) + penalty;
    if (target.address() != gradient.address()) {
      target.copyFrom(gradient);
    }
    return loss;
  }

  @Override
  public List<FloatBuffer> inputSlopes() {
    return List.of(((SequentialNetwork) network).inputSlopes());
  }

  @Override
  public byte[] segmentState() {
    return network.segmentState();
  }

  @Override
  public void goOnFrom(byte[] segmentState) {
    network.goOnFrom(segmentState);
  }

  @Override
  public void apply(long step, int epoch, int rows, Range range) {
    if (range.from() == 0) {
      network.step(firstStep + step, firstEpoch + epoch, rows);
    }
  }

  @Override
  public List<LayerRange> layers() {
    return LayerRange.of(network.updater());
  }

  @Override
  public List<LayerRange> statistics() {
    return LayerRange.statistics(network.updater());
  }

  @Override
  public OptionalDouble learningRate(long step, int epoch) {
    return LearningRate.of(network.updater(), firstStep + step, firstEpoch + epoch);
  }

  @Override
  public String platform() {
    return NativeRuntime.describe().toString();
  }

  @Override
  public void written() {
    parameters.written();
    state.forEach(section -> section.region().written());
  }

  @Override
  public void save(OutputStream out) throws IOException {
    network.save(out);
  }
}
