package io.evenstep.model.network.dl4j;

import io.evenstep.model.layer.TiedOutput;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Two places of the flat vector that hold one matrix: the token embedding, and its transpose in the
 * output layer. They stay equal because they start equal and both get the whole gradient, the sum
 * of the two places. That holds for every update that treats all numbers alike.
 *
 * @param embedding where the embedding begins, [vocabulary, units] in Fortran order
 * @param output where the output layer's weights begin, [units, vocabulary] in Fortran order
 * @param vocabulary how many tokens there are
 * @param units size of a token's vector
 */
public record Tie(long embedding, long output, long vocabulary, long units) {
  /** The tie of a network; empty when its output layer is not a {@link TiedOutput}. */
  public static Optional<Tie> of(BaseMultiLayerUpdater<?> updater) {
    @Nullable ParamState from = null;
    @Nullable ParamState to = null;
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      for (ParamState part : block.getLayersAndVariablesInBlock()) {
        if (part.getParamName().equals("W")) {
          from = part.getLayer().getConfig() instanceof EmbeddingSequenceLayer ? part : from;
          to = part.getLayer().getConfig() instanceof TiedOutput ? part : to;
        }
      }
    }
    if (from == null || to == null) {
      return Optional.empty();
    }
    FeedForwardLayer tokens = (FeedForwardLayer) from.getLayer().getConfig();
    return Optional.of(
        new Tie(
            from.getParamOffsetStart(),
            to.getParamOffsetStart(),
            tokens.getNIn(),
            tokens.getNOut()));
  }

  /**
   * Makes the output layer's weights equal to the embedding.
   *
   * @param parameters [n]
   */
  public void copy(INDArray parameters) {
    outputOf(parameters).assign(embeddingOf(parameters).transpose());
  }

  /**
   * Writes the sum of both places to both.
   *
   * @param gradient [n]
   */
  public void add(INDArray gradient) {
    INDArray sum = embeddingOf(gradient).addi(outputOf(gradient).transpose());
    outputOf(gradient).assign(sum.transpose());
  }

  private INDArray embeddingOf(INDArray flat) {
    return at(flat, embedding).reshape('f', vocabulary, units);
  }

  private INDArray outputOf(INDArray flat) {
    return at(flat, output).reshape('f', units, vocabulary);
  }

  private INDArray at(INDArray flat, long from) {
    return flat.get(NDArrayIndex.interval(from, from + vocabulary * units));
  }
}
