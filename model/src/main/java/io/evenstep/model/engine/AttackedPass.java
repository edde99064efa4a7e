package io.evenstep.model.engine;

import io.evenstep.model.data.Floats;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.dl4j.FlatArrays;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adversarial training (Goodfellow, Shlens and Szegedy 2015): the loss of a shard is a mix of that
 * of its rows and that of the same rows attacked with the current parameters. The gradient takes
 * the attacked rows as given. Dropout draws the same for both.
 */
public final class AttackedPass implements Pass {
  private final Pass pass;
  private final Attack attack;
  private final Region clean; // [n]
  private List<INDArray> moved = List.of(); // reused while shapes stay the same

  private AttackedPass(Pass pass, Attack attack, long parameters) {
    this.pass = pass;
    this.attack = attack;
    this.clean = Region.allocate(parameters);
  }

  /** The pass itself if there is no attack. */
  public static Pass of(Pass pass, Attack attack, long parameters) {
    return attack.isNone() ? pass : new AttackedPass(pass, attack, parameters);
  }

  @Override
  public double accumulate(MiniBatch shard, long randomKey, Region target) {
    double cleanLoss = pass.accumulate(shard, randomKey, clean);
    double loss = pass.accumulate(attacked(shard), randomKey, target);
    double share = attack.share();
    clean.array().muli(1 - share);
    target.array().muli(share).addi(clean.array());
    return (1 - share) * cleanLoss + share * loss;
  }

  private MiniBatch attacked(MiniBatch shard) {
    makeRoom(shard.features());
    for (int i = 0; i < moved.size(); i++) {
      attack.move(
          FlatArrays.bytes(shard.features().get(i)).asFloatBuffer(),
          pass.inputSlopes().get(i),
          Floats.of(moved.get(i)));
      Floats.written(moved.get(i));
    }
    return new MiniBatch(
        moved,
        shard.labels(),
        shard.featureMasks(),
        shard.labelMasks(),
        shard.weights(),
        shard.rows(),
        shard.segment(),
        () -> {});
  }

  private void makeRoom(List<INDArray> features) {
    boolean fits = moved.size() == features.size();
    for (int i = 0; fits && i < moved.size(); i++) {
      fits = moved.get(i).equalShapes(features.get(i));
    }
    if (!fits) {
      List<INDArray> fresh = new ArrayList<>();
      features.forEach(
          array -> fresh.add(Nd4j.createUninitialized(DataType.FLOAT, array.shape(), 'c')));
      moved = fresh;
    }
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
