package io.evenstep.model.network.dl4j;

import io.evenstep.model.DivergedException;
import io.evenstep.model.data.MiniBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What DL4J's two network classes have in common. A step does what {@code fit} does, split in two
 * where the gradient is a plain sum over rows.
 */
public abstract class Dl4jNetwork implements Network {
  private final INDArray parameters; // [n]
  private final INDArray gradient; // [n]
  private final Optional<INDArray> optimizerState; // [m]
  private final List<INDArray> statistics; // batch statistics within the gradient
  private final GradientClipper clipper;
  private final BaseMultiLayerUpdater<?> updater;
  private final Gradient byParameter;

  /**
   * @param model initialised, with its gradient view
   * @param updater the model's own
   */
  Dl4jNetwork(Model model, BaseMultiLayerUpdater<?> updater, Clipping clipping) {
    this.parameters = flat(model.params());
    this.gradient = flat(updater.getFlattenedGradientsView());
    this.optimizerState = Optional.ofNullable(updater.getStateViewArray()).map(Dl4jNetwork::flat);
    GradientLayout layout = GradientLayout.of(updater, this.gradient);
    this.statistics = layout.statistics();
    this.updater = updater;
    this.byParameter = GradientLayout.byParameter(updater);
    this.clipper = new GradientClipper(layout.slopes(), clipping);
  }

  private static INDArray flat(INDArray array) {
    return array.reshape(array.length());
  }

  /** The activations of each layer for a batch in training, with the inputs if DL4J keeps them. */
  public abstract Collection<INDArray> activations(MiniBatch batch);

  @Override
  public final INDArray parameters() {
    return parameters;
  }

  @Override
  public final INDArray gradient() {
    return gradient;
  }

  @Override
  public final Optional<INDArray> optimizerState() {
    return optimizerState;
  }

  @Override
  public final double computeGradient(MiniBatch shard, long randomKey) {
    Nd4j.getRandom().setSeed(randomKey); // this thread's generator; dropout draws from it
    double loss = forwardAndBackward(shard) * shard.rows();
    if (!Double.isFinite(loss)) {
      throw new DivergedException("Cannot continue: the loss must be a finite number, got " + loss);
    }
    for (INDArray statistic : statistics) {
      statistic.muli(shard.rows());
    }
    return loss;
  }

  @Override
  public final void step(long step, int epoch, int rows) {
    int divisor = rows;
    if (clipper.isActive()) {
      gradient.divi(rows);
      divisor = 1;
    } else {
      for (INDArray statistic : statistics) {
        statistic.divi(rows);
      }
    }
    clipper.clip();
    int before = Math.toIntExact(step);
    updater.update(byParameter, before, epoch, divisor, LayerWorkspaceMgr.noWorkspaces());
    parameters.subi(gradient);
    finishStep(before + 1, epoch);
  }

  @Override
  public final double loss(MiniBatch batch) {
    return meanLoss(batch) * batch.rows();
  }

  @Override
  public final void save(OutputStream out) throws IOException {
    ModelSerializer.writeModel(model(), out, true);
  }

  @Override
  public final BaseMultiLayerUpdater<?> updater() {
    return updater;
  }

  @Override
  public final void stepTaken(long stepsTaken, int epoch) {
    finishStep(Math.toIntExact(stepsTaken), epoch);
  }

  /** Views of the gradient that hold batch statistics. */
  final List<INDArray> statistics() {
    return statistics;
  }

  /** Fills the gradient with the sum over rows; returns the mean loss without penalty. */
  abstract double forwardAndBackward(MiniBatch shard);

  /** Configurations of the output layers, in the order of the outputs. */
  public abstract List<Layer> outputs();

  /** Mean loss in inference mode, without penalty. */
  abstract double meanLoss(MiniBatch batch);

  /** Records the number of steps and applies the constraints on the parameters. */
  abstract void finishStep(int stepsTaken, int epoch);
}
