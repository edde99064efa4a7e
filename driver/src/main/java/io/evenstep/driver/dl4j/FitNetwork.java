package io.evenstep.driver.dl4j;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.Network;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network as DL4J's {@code fit} would train it: epochs count on from those before, and the loss
 * has the penalty in it.
 */
final class FitNetwork implements Network {
  private final Network network;
  private final int firstEpoch;

  FitNetwork(Network network, int firstEpoch) {
    this.network = network;
    this.firstEpoch = firstEpoch;
  }

  @Override
  public INDArray parameters() {
    return network.parameters();
  }

  @Override
  public INDArray gradient() {
    return network.gradient();
  }

  @Override
  public Optional<INDArray> optimizerState() {
    return network.optimizerState();
  }

  @Override
  public double computeGradient(MiniBatch shard, long randomKey) {
    double penalty = network.penalty() * shard.rows();
    return network.computeGradient(shard, randomKey) + penalty;
  }

  @Override
  public long stepsTaken() {
    return network.stepsTaken();
  }

  @Override
  public double penalty() {
    return network.penalty();
  }

  @Override
  public void step(long step, int epoch, int rows) {
    network.step(step, firstEpoch + epoch, rows);
  }

  @Override
  public List<INDArray> predict(MiniBatch batch) {
    return network.predict(batch);
  }

  @Override
  public double loss(MiniBatch batch) {
    return network.loss(batch);
  }

  @Override
  public String configurationJson() {
    return network.configurationJson();
  }

  @Override
  public void save(OutputStream out) throws IOException {
    network.save(out);
  }
}
