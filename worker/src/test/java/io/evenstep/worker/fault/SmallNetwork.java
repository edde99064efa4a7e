package io.evenstep.worker.fault;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.worker.feed.TestPack;
import io.evenstep.worker.train.LinearNetwork;
import java.util.OptionalLong;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A linear network with momentum, and additional parameters that each move by a different amount,
 * so that no chunk of a gradient can be mistaken for another.
 */
final class SmallNetwork extends LinearNetwork {
  private final INDArray slope; // [length]
  private volatile OptionalLong lastStep = OptionalLong.empty();

  SmallNetwork(int length) {
    super(0.05, Kind.MOMENTUM, length);
    slope = Nd4j.linspace(1, 2, length, DataType.FLOAT);
  }

  @Override
  public double computeGradient(MiniBatch shard, long randomKey) {
    double loss = super.computeGradient(shard, randomKey);
    long length = slope.length();
    if (length > TestPack.INPUTS) {
      INDArray rest = slopes().get(NDArrayIndex.interval(TestPack.INPUTS, length));
      INDArray ofRest = slope.get(NDArrayIndex.interval(TestPack.INPUTS, length));
      rest.assign(ofRest.mul((randomKey >>> 54) * 1e-3f));
    }
    return loss;
  }

  @Override
  public void step(long step, int epoch, int rows) {
    super.step(step, epoch, rows);
    lastStep = OptionalLong.of(step);
  }

  /** The last global step, if any. */
  OptionalLong lastStep() {
    return lastStep;
  }
}
