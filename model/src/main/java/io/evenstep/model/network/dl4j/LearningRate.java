package io.evenstep.model.network.dl4j;

import io.evenstep.model.optimizer.LayerOptimizers;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.learning.config.IUpdater;

/** The learning rate of a network's optimizer. */
public final class LearningRate {
  private LearningRate() {}

  /**
   * The rate of the first parameters that have one and are not frozen, with its schedule applied;
   * empty when the optimizer has none, like AdaDelta.
   *
   * @param step steps before this one
   * @param epoch current epoch, from 0
   */
  public static OptionalDouble of(BaseMultiLayerUpdater<?> updater, long step, int epoch) {
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      for (UpdaterBlock.ParamState part : block.getLayersAndVariablesInBlock()) {
        IUpdater settings = part.getLayer().getConfig().getUpdaterByParam(part.getParamName());
        if (settings != null && settings.hasLearningRate() && !LayerOptimizers.isFrozen(settings)) {
          return OptionalDouble.of(settings.getLearningRate(Math.toIntExact(step), epoch));
        }
      }
    }
    return OptionalDouble.empty();
  }
}
