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
 * One replica of a network, as the trainer needs it: flat parameters, a flat gradient, one step.
 *
 * <p>Belongs to one thread. The three flat arrays are live views: writing to them changes the
 * network. They are contiguous, little-endian, off-heap floats that never move, so they can be sent
 * and received in place.
 */
public interface Network {
  /** All parameters, [n]. */
  INDArray parameters();

  /** The gradient, [n]: what {@link #computeGradient} wrote last and {@link #step} will apply. */
  INDArray gradient();

  /** The optimizer's state, [m]; empty for an optimizer without state, such as plain SGD. */
  Optional<INDArray> optimizerState();

  /**
   * Runs forward and backward over one shard and writes the sum of its rows' gradients to {@link
   * #gradient()}. Entries that are batch statistics rather than gradients hold {@code rows} times
   * their value, so that sums over shards weight them by rows. A row's loss is multiplied by its
   * weight.
   *
   * @param shard the rows
   * @param randomKey key of all random numbers of dropout and noise
   * @return the weighted sum of the rows' losses, without the L1 and L2 penalty
   * @throws io.evenstep.model.DivergedException when that sum is not finite
   * @throws io.evenstep.model.ConfigException when there are weights and an output layer has no
   *     loss function that uses them
   */
  double computeGradient(MiniBatch shard, long randomKey);

  /**
   * The state that recurrent layers pass from the shard just computed to the next segment of its
   * sequences; empty when sequences are whole.
   */
  byte[] segmentState();

  /** Makes the next {@link #computeGradient} start from the state of the previous segment. */
  void goOnFrom(byte[] segmentState);

  /**
   * How many steps the parameters and the optimizer state have had: 0 for a new network, and the
   * saved number for a restored one. Optimizers and schedules count from here, so the first {@link
   * #step} of a run gets this number.
   */
  long stepsTaken();

  /** How many epochs the parameters have had: 0 for a new network, else the saved number. */
  int epochsTaken();

  /** The L1 and L2 penalty of the current parameters; counted once in the loss of a step. */
  double penalty();

  /**
   * Takes one optimizer step from {@link #gradient()}, which now holds the sum over the whole
   * global batch. Divides by {@code rows}, clips, adds penalties, updates {@link #parameters()} and
   * {@link #optimizerState()}. Afterwards the gradient is undefined.
   *
   * @param step steps before this one, at least 0 and below 2^31; see {@link #stepsTaken()}
   * @param epoch current epoch, from 0
   * @param rows rows of the global batch, at least 1
   * @throws io.evenstep.model.DivergedException when the gradient is not finite
   */
  void step(long step, int epoch, int rows);

  /** Outputs for the features of a batch, in inference mode, one array per output, [rows, ...]. */
  List<INDArray> predict(MiniBatch batch);

  /** The sum over rows of the loss of a batch in inference mode, without weights or penalty. */
  double loss(MiniBatch batch);

  /** The network's configuration in DL4J's JSON: layers, sizes and optimizer. */
  String configurationJson();

  /** The DL4J network itself. An engine that replaces its computation reads its settings. */
  Model model();

  /** DL4J's updater, with the settings of each parameter. */
  BaseMultiLayerUpdater<?> updater();

  /**
   * To be called after a step was taken without {@link #step}, with the same effect on parameters
   * and optimizer state.
   *
   * @param stepsTaken including this one
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
