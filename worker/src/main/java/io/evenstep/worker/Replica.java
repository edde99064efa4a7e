package io.evenstep.worker;

import io.evenstep.model.data.Floats;
import io.evenstep.model.network.FlatArrays;
import io.evenstep.model.network.Network;
import io.evenstep.worker.checkpoint.Position;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a rank holds of a run after a whole step.
 *
 * @param position where training stands
 * @param parameters [n]
 * @param optimizerState [m]; empty for an optimizer that has none
 */
record Replica(Position position, INDArray parameters, Optional<INDArray> optimizerState) {
  /** The network's own arrays, not copied. */
  static Replica of(Network network, Position position) {
    return new Replica(position, network.parameters(), network.optimizerState());
  }

  /** The arrays' memory, parameters first. */
  static List<ByteBuffer> memory(INDArray parameters, Optional<INDArray> optimizerState) {
    List<ByteBuffer> memory = new ArrayList<>();
    memory.add(FlatArrays.bytes(parameters));
    optimizerState.ifPresent(state -> memory.add(FlatArrays.bytes(state)));
    return memory;
  }

  /** Makes a network of the same configuration hold the same. */
  void copyTo(Network network) {
    List<ByteBuffer> from = memory(parameters, optimizerState);
    List<ByteBuffer> to = memory(network.parameters(), network.optimizerState());
    for (int part = 0; part < to.size(); part++) {
      to.get(part).put(from.get(part));
    }
    written(network);
  }

  /** Says that the memory of a network's arrays was written to. */
  static void written(Network network) {
    Floats.written(network.parameters());
    network.optimizerState().ifPresent(Floats::written);
  }
}
