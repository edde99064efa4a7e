package io.evenstep.model.engine;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.dl4j.Tie;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/** A pass of a network that uses one matrix in two places: both get the whole gradient of it. */
public final class TiedPass implements Pass {
  private final Pass pass;
  private final Tie tie;

  private TiedPass(Pass pass, Tie tie) {
    this.pass = pass;
    this.tie = tie;
  }

  /** The pass itself if nothing is tied. */
  public static Pass of(Pass pass, Optional<Tie> tie) {
    return tie.<Pass>map(it -> new TiedPass(pass, it)).orElse(pass);
  }

  @Override
  public double accumulate(MiniBatch shard, long randomKey, Region target) {
    double loss = pass.accumulate(shard, randomKey, target);
    tie.add(target.array());
    return loss;
  }

  @Override
  public List<FloatBuffer> inputSlopes() {
    return pass.inputSlopes();
  }

  @Override
  public byte[] segmentState() {
    return pass.segmentState();
  }

  @Override
  public void goOnFrom(byte[] segmentState) {
    pass.goOnFrom(segmentState);
  }
}
