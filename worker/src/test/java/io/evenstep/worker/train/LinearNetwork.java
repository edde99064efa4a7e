package io.evenstep.worker.train;

import io.evenstep.model.DivergedException;
import io.evenstep.model.NativeRuntime;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Predictions;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Pass;
import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Region;
import io.evenstep.model.engine.Scorer;
import io.evenstep.model.engine.StateSection;
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
public class LinearNetwork implements Learner, Pass, Scorer {
  /** The number of parameters of a wide network. */
  static final int WIDE_LENGTH = 50_000;

  /** Variants of the network. */
  public enum Kind {
    /** Plain SGD. */
    PLAIN,
    /** Momentum 0.9, and noise on the gradient like that of dropout. */
    MOMENTUM,
    /** Plain SGD, and many parameters without effect. */
    WIDE
  }

  private final float rate;
  private final Kind kind;
  private final INDArray parameters;
  private final INDArray weights; // [inputs], view of the parameters
  private final Region gradient;
  private final Optional<INDArray> velocity;

  public LinearNetwork(double rate, Kind kind) {
    this(rate, kind, kind == Kind.WIDE ? WIDE_LENGTH : TestPack.INPUTS);
  }

  /** A network with this many parameters, of which only the inputs' weights have an effect. */
  public LinearNetwork(double rate, Kind kind, int length) {
    this.rate = (float) rate;
    this.kind = kind;
    this.parameters = Nd4j.linspace(-1, 1, length, DataType.FLOAT).dup();
    this.weights = parameters.get(NDArrayIndex.interval(0, TestPack.INPUTS));
    this.gradient = Region.allocate(length);
    this.velocity =
        kind == Kind.MOMENTUM ? Optional.of(Nd4j.create(DataType.FLOAT, length)) : Optional.empty();
  }

  @Override
  public Region parameters() {
    return Region.of(parameters);
  }

  @Override
  public Region gradient() {
    return gradient;
  }

  /** The gradient that {@link #computeGradient} writes. */
  protected INDArray slopes() {
    return gradient.array();
  }

  @Override
  public List<StateSection> state() {
    return velocity.stream()
        .map(array -> new StateSection(StateSection.OPTIMIZER, Region.of(array)))
        .toList();
  }

  @Override
  public Pass pass() {
    return this;
  }

  @Override
  public Scorer scorer() {
    return this;
  }

  @Override
  public double accumulate(MiniBatch shard, long randomKey, Region target) {
    double loss = computeGradient(shard, randomKey);
    if (target != gradient) {
      target.copyFrom(gradient);
    }
    return loss;
  }

  @Override
  public String platform() {
    return NativeRuntime.describe().toString();
  }

  @Override
  public void apply(long step, int epoch, int rows, Range range) {
    step(step, epoch, rows);
  }

  @Override
  public void written() {}

  /** The gradient of one shard, to {@link #slopes}. */
  public double computeGradient(MiniBatch shard, long randomKey) {
    INDArray error = error(shard);
    INDArray sum = shard.features().get(0).transpose().mmul(error);
    slopes().get(NDArrayIndex.interval(0, TestPack.INPUTS)).assign(sum.reshape(sum.length()));
    if (kind == Kind.MOMENTUM) {
      slopes().addi((randomKey >>> 54) * 1e-4f);
    }
    return loss(shard);
  }

  /** One step from {@link #slopes}. */
  public void step(long step, int epoch, int rows) {
    if (!Double.isFinite(Nd4j.getBlasWrapper().asum(slopes()))) {
      throw new DivergedException("Cannot go on: the gradient must be finite numbers");
    }
    INDArray mean = slopes().div(rows);
    INDArray change = velocity.map(state -> state.muli(0.9f).addi(mean)).orElse(mean).mul(rate);
    parameters.subi(change);
  }

  @Override
  public Predictions predict(MiniBatch batch) {
    return new Predictions(
        List.of(batch.features().get(0).mmul(weights.reshape(weights.length(), 1))));
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
  public void save(OutputStream out) throws IOException {
    ByteBuffer bytes = parameters().bytes();
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    out.write(copy);
  }

  private INDArray error(MiniBatch batch) {
    return predict(batch).outputs().get(0).sub(batch.labels().get(0));
  }
}
