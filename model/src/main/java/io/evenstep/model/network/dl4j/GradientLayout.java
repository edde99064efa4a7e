package io.evenstep.model.network.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Which entries of a flat gradient are slopes of the loss, and which are batch statistics that DL4J
 * passes along with them, such as batch normalisation's mean and variance.
 *
 * @param slopes views of the gradient, one for each run, as long as possible
 * @param statistics views of the rest
 */
record GradientLayout(List<INDArray> slopes, List<INDArray> statistics) {
  static GradientLayout of(BaseMultiLayerUpdater<?> updater, INDArray gradient) {
    List<INDArray> slopes = new ArrayList<>();
    List<INDArray> statistics = new ArrayList<>();
    long slopesFrom = 0;
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      for (ParamState part : block.getLayersAndVariablesInBlock()) {
        if (!part.getLayer().updaterDivideByMinibatch(part.getParamName())) {
          addRun(slopes, gradient, slopesFrom, part.getParamOffsetStart());
          addRun(statistics, gradient, part.getParamOffsetStart(), part.getParamOffsetEnd());
          slopesFrom = part.getParamOffsetEnd();
        }
      }
    }
    addRun(slopes, gradient, slopesFrom, gradient.length());
    return new GradientLayout(List.copyOf(slopes), List.copyOf(statistics));
  }

  /**
   * The whole gradient as DL4J's updater takes it: the flat array and a view for each parameter.
   * Made here because DL4J makes it only in a backward pass, and a worker without a shard in the
   * first batch has not run one.
   */
  static Gradient byParameter(BaseMultiLayerUpdater<?> updater) {
    Gradient gradient = new DefaultGradient(updater.getFlattenedGradientsView());
    updater
        .getLayersByName()
        .forEach(
            (name, layer) ->
                updater.getUpdaterBlocks().stream()
                    .flatMap(block -> block.getLayersAndVariablesInBlock().stream())
                    .filter(part -> part.getLayer() == layer)
                    .forEach(
                        part ->
                            gradient.setGradientFor(
                                name + "_" + part.getParamName(), part.getGradView())));
    return gradient;
  }

  private static void addRun(List<INDArray> runs, INDArray gradient, long from, long to) {
    if (from < to) {
      runs.add(gradient.get(NDArrayIndex.interval(from, to)));
    }
  }
}
