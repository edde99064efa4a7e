package io.evenstep.model.network.dl4j;

import io.evenstep.model.data.MiniBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One replica of a network, seen as the trainer needs it: flat parameters, a flat gradient, one
 * step.
 *
 * <p>Belongs to one thread. The three flat arrays are live views: writing to them changes the
 * network. They are contiguous, little-endian, off-heap floats, and stay where they are for the
 * life of the network, so that they can be sent and received in place.
 */
public interface Network {
  /** All parameters, [n]. */
  INDArray parameters();

  /** The gradient, [n]: what {@link #computeGradient} wrote last and {@link #step} will apply. */
  INDArray gradient();

  /** The optimizer's state, [m]; empty for an optimizer that has none, such as plain SGD. */
  Optional<INDArray> optimizerState();

  /**
   * Runs forward and backward over one shard and writes the sum over its rows of each row's
   * gradient to {@link #gradient()}; entries that are batch statistics rather than gradients hold
   * {@code rows} times their value, so that sums over shards weight them by rows. A row's loss
   * counts as often as its weight says.
   *
   * @param shard the rows
   * @param randomKey what dropout and noise are drawn from, and nothing else is
   * @return the weighted sum of the rows' losses, without the L1 and L2 penalty
   * @throws io.evenstep.model.DivergedException when that sum is not finite
   * @throws io.evenstep.model.ConfigException when there are weights and an output layer that has
   *     no loss function to take them
   */
  double computeGradient(MiniBatch shard, long randomKey);

  /**
   * What recurrent layers hand on from the shard just computed to the next segment of its
   * sequences; nothing where sequences are whole.
   */
  byte[] segmentState();

  /** Makes the next {@link #computeGradient} go on from what the segment before has handed on. */
  void goOnFrom(byte[] segmentState);

  /**
   * Steps behind the parameters and the optimizer state: 0 for a new network, and what the saving
   * network had taken for a restored one. Optimizers and schedules count on from here, so the first
   * {@link #step} of a run is given this number.
   */
  long stepsTaken();

  /** Epochs behind the parameters: 0 for a new network, else what the saved one had done. */
  int epochsTaken();

  /** The L1 and L2 penalty of the parameters as they stand; part of the loss of a step once. */
  double penalty();

  /**
   * Takes one optimizer step from {@link #gradient()}, which now holds the sum over the whole
   * global batch. Divides by {@code rows}, clips, penalises, updates {@link #parameters()} and
   * {@link #optimizerState()}. The gradient's content is undefined afterwards.
   *
   * @param step steps taken before this one, at least 0 and below 2^31; see {@link #stepsTaken()}
   * @param epoch current epoch, from 0
   * @param rows rows of the global batch, at least 1
   * @throws io.evenstep.model.DivergedException when the gradient is not finite
   */
  void step(long step, int epoch, int rows);

  /** Outputs for the features of a batch, in inference mode, one array an output, [rows, ...]. */
  List<INDArray> predict(MiniBatch batch);

  /** The sum over rows of the loss of a batch in inference mode, without weights or penalty. */
  double loss(MiniBatch batch);

  /** The network's configuration as DL4J writes it in JSON; layers, sizes and optimizer. */
  String configurationJson();

  /** DL4J's network itself. An engine that computes in its stead reads its settings. */
  Model model();

  /** Its updater, with the settings of each parameter. */
  BaseMultiLayerUpdater<?> updater();

  /**
   * Says that a step was taken without {@link #step}: parameters and optimizer state are what it
   * would have made of them.
   *
   * @param stepsTaken with this one
   * @param epoch current epoch, from 0
   */
  void stepTaken(long stepsTaken, int epoch);

  /**
   * Writes a zip that DL4J's {@code ModelSerializer} restores, optimizer state included.
   *
   * @throws IOException when {@code out} fails
   */
  void save(OutputStream out) throws IOException;
}
