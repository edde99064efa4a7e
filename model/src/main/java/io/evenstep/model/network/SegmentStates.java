package io.evenstep.model.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What recurrent layers hand on from one segment of a sequence to the next in truncated
 * backpropagation through time (Williams and Peng 1990, "An efficient gradient-based algorithm for
 * on-line training of recurrent network trajectories"). A network that computes several shards of a
 * step keeps one state for each; it is given them in the same turn in every segment.
 */
final class SegmentStates {
  private final List<RecurrentLayer> layers = new ArrayList<>();
  private final List<List<Map<String, INDArray>>> ofShards = new ArrayList<>(); // [shard][layer]
  private int shard;

  /** States of those layers that have one; of none where sequences are whole. */
  SegmentStates(BackpropType type, Layer[] layers) {
    for (Layer layer : layers) {
      if (type == BackpropType.TruncatedBPTT && layer instanceof RecurrentLayer recurrent) {
        this.layers.add(recurrent);
      }
    }
  }

  /** Puts the layers to where the segment before has left the next shard. */
  void begin(int segment) {
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).rnnClearPreviousState();
      if (segment > 0) {
        Map<String, INDArray> state = ofShards.get(shard).get(i);
        layers.get(i).rnnSetTBPTTState(state); // [the forward pass begins with this one,]
        layers.get(i).rnnSetPreviousState(state); // [the backward pass with that]
      }
    }
  }

  /** Keeps where the layers are after the shard, for its next segment. */
  void end() {
    List<Map<String, INDArray>> states =
        layers.stream().map(RecurrentLayer::rnnGetTBPTTState).toList();
    if (shard == ofShards.size()) {
      ofShards.add(states);
    } else {
      ofShards.set(shard, states);
    }
    shard++;
  }

  /** All shards of the step are done; the next one is the first of another. */
  void stepEnds() {
    shard = 0;
  }
}
