package io.evenstep.worker;

import io.evenstep.model.DivergedException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.FlatArrays;
import io.evenstep.model.network.Network;
import io.evenstep.worker.feed.TestPack;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Linear regression over the rows of a {@link TestPack}, with half the squared error. */
public class LinearNetwork implements Network {
  /** Floats of a wide one. */
  static final int WIDE_LENGTH = 50_000;

  /** Variants of it. */
  public enum Kind {
    /** Plain SGD. */
    PLAIN,
    /** Momentum 0.9, and noise on the gradient as dropout would make. */
    MOMENTUM,
    /** Plain SGD, and many parameters that do nothing. */
    WIDE
  }

  private final float rate;
  private final Kind kind;
  private final INDArray parameters;
  private final INDArray weights; // [inputs], view of the parameters
  private final INDArray gradient;
  private final Optional<INDArray> velocity;

  LinearNetwork(double rate, Kind kind) {
    this(rate, kind, kind == Kind.WIDE ? WIDE_LENGTH : TestPack.INPUTS);
  }

  /** One with so many parameters, of which all but the inputs' weights do nothing. */
  public LinearNetwork(double rate, Kind kind, int length) {
    this.rate = (float) rate;
    this.kind = kind;
    this.parameters = Nd4j.linspace(-1, 1, length, DataType.FLOAT).dup();
    this.weights = parameters.get(NDArrayIndex.interval(0, TestPack.INPUTS));
    this.gradient = Nd4j.create(DataType.FLOAT, length);
    this.velocity =
        kind == Kind.MOMENTUM ? Optional.of(Nd4j.create(DataType.FLOAT, length)) : Optional.empty();
  }

  @Override
  public INDArray parameters() {
    return parameters;
  }

  @Override
  public INDArray gradient() {
    return gradient;
  }

  @Override
  public Optional<INDArray> optimizerState() {
    return velocity;
  }

  @Override
  public double computeGradient(MiniBatch shard, long randomKey) {
    INDArray error = error(shard);
    INDArray sum = shard.features().get(0).transpose().mmul(error);
    gradient.get(NDArrayIndex.interval(0, TestPack.INPUTS)).assign(sum.reshape(sum.length()));
    if (kind == Kind.MOMENTUM) {
      gradient.addi((randomKey >>> 54) * 1e-4f);
    }
    return loss(shard);
  }

  @Override
  public double penalty() {
    return 0;
  }

  @Override
  public void step(long step, int epoch, int rows) {
    if (!Double.isFinite(Nd4j.getBlasWrapper().asum(gradient))) {
      throw new DivergedException("Cannot go on: the gradient must be finite numbers");
    }
    INDArray mean = gradient.div(rows);
    INDArray change = velocity.map(state -> state.muli(0.9f).addi(mean)).orElse(mean).mul(rate);
    parameters.subi(change);
  }

  @Override
  public long stepsTaken() {
    return 0;
  }

  @Override
  public List<INDArray> predict(MiniBatch batch) {
    return List.of(batch.features().get(0).mmul(weights.reshape(weights.length(), 1)));
  }

  @Override
  public double loss(MiniBatch batch) {
    double sum = 0;
    for (float each : error(batch).reshape(batch.rows()).toFloatVector()) {
      sum += 0.5 * each * each;
    }
    return sum;
  }

  @Override
  public String configurationJson() {
    return "{}";
  }

  @Override
  public void save(OutputStream out) throws IOException {
    ByteBuffer bytes = FlatArrays.bytes(parameters);
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    out.write(copy);
  }

  private INDArray error(MiniBatch batch) {
    return predict(batch).get(0).sub(batch.labels().get(0));
  }
}
