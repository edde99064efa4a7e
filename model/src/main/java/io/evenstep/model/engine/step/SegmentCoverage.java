package io.evenstep.model.engine.step;

import io.evenstep.model.engine.step.layer.site.LayerSettings;
import java.util.Optional;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;

/**
 * What programs do not cover in truncated backpropagation through time.
 *
 * <p>Their gradient is the slope of the loss of a segment, given the state before it. DL4J's layers
 * compute their outputs again in the backward pass, from a state of 0, so that their gradient of
 * later segments differs.
 */
final class SegmentCoverage {
  private SegmentCoverage() {}

  /**
   * Why a network's segments are not covered; empty when they are, or when sequences are whole.
   *
   * @param forward steps of a segment
   * @param back steps through which its slopes are passed back
   */
  static Optional<String> uncovered(BackpropType type, int forward, int back) {
    return LayerSettings.when(
        type == BackpropType.TruncatedBPTT && back < forward,
        "backpropagation through " + back + " of " + forward + " steps of a segment");
  }

  /** Why a layer cannot be computed segment by segment; empty when it can. */
  static Optional<String> uncovered(BackpropType type, String name, Layer layer) {
    return LayerSettings.when(
        type == BackpropType.TruncatedBPTT
            && (layer instanceof Bidirectional || layer instanceof LastTimeStep),
        name + " (" + layer.getClass().getSimpleName() + "): segments of sequences");
  }
}
