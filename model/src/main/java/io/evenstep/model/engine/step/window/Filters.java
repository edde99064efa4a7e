package io.evenstep.model.engine.step.window;

import io.evenstep.model.engine.step.kernel.Layout;
import java.util.Optional;
import org.bytedeco.dnnl.memory;

/**
 * The parameters of a convolution.
 *
 * @param weightDims [outputs, channels, points ...], or, with groups, [groups, outputs of a group,
 *     channels of a group, points ...]
 * @param weightLayout DL4J's layout of the weights
 * @param groups how many groups of channels are computed separately; 0 for no groups dimension
 * @param weightOffset where the weights begin in the flat vector
 * @param bias where the biases begin; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // oneDNN takes arrays; filters are never compared
public record Filters(
    long[] weightDims,
    memory.desc weightLayout,
    int groups,
    long weightOffset,
    Optional<Long> bias) {

  /** Weights in C order, all channels together. */
  public static Filters plain(long[] weightDims, long weightOffset, Optional<Long> bias) {
    return new Filters(weightDims, Layout.plain(weightDims), 0, weightOffset, bias);
  }

  long outputs() {
    return groups == 0 ? weightDims[0] : weightDims[0] * weightDims[1];
  }

  boolean hasBias() {
    return bias.isPresent();
  }

  long biasOffset() {
    return bias.orElseThrow();
  }

  memory.desc biasLayout() {
    return hasBias() ? Layout.plain(outputs()) : Layout.none();
  }
}
