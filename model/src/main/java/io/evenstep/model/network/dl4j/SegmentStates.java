package io.evenstep.model.network.dl4j;

import io.evenstep.model.data.Floats;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The state that recurrent layers pass from one segment of a sequence to the next in truncated
 * backpropagation through time (Williams and Peng 1990, "An efficient gradient-based algorithm for
 * on-line training of recurrent network trajectories"). It can be read as bytes, so that another
 * worker can continue the sequence.
 */
final class SegmentStates {
  private final List<RecurrentLayer> layers = new ArrayList<>();
  private List<Map<String, INDArray>> states = List.of(); // one per layer

  /** The states of the layers that have one; empty when sequences are whole. */
  SegmentStates(BackpropType type, Layer[] layers) {
    for (Layer layer : layers) {
      if (type == BackpropType.TruncatedBPTT && layer instanceof RecurrentLayer recurrent) {
        this.layers.add(recurrent);
      }
    }
  }

  /** Sets the layers to the beginning of a sequence, or to the state after the previous segment. */
  void begin(int segment) {
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).rnnClearPreviousState();
      if (segment > 0) {
        layers.get(i).rnnSetTBPTTState(states.get(i)); // read by the forward pass
        layers.get(i).rnnSetPreviousState(states.get(i)); // read by the backward pass
      }
    }
  }

  /** Saves the layers' state after the shard, for its next segment. */
  void end() {
    states = layers.stream().map(RecurrentLayer::rnnGetTBPTTState).toList();
  }

  /** For each layer a count and that many arrays: name, order, rank, sizes, floats. */
  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (Map<String, INDArray> state : states) {
        out.writeInt(state.size());
        for (Map.Entry<String, INDArray> each : new TreeMap<>(state).entrySet()) {
          out.writeUTF(each.getKey());
          write(each.getValue(), out);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to memory", e);
    }
    return bytes.toByteArray();
  }

  /** Makes the next shard start from the result of {@link #toBytes} after the previous segment. */
  void goOnFrom(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      List<Map<String, INDArray>> read = new ArrayList<>();
      for (int layer = 0; layer < layers.size(); layer++) {
        Map<String, INDArray> state = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
          String name = in.readUTF();
          state.put(name, read(in));
        }
        read.add(state);
      }
      states = read;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the state of recurrent layers", e);
    }
  }

  private static void write(INDArray array, DataOutputStream out) throws IOException {
    INDArray dense = array.dup(array.ordering());
    out.writeChar(dense.ordering());
    out.writeInt(dense.rank());
    for (long size : dense.shape()) {
      out.writeLong(size);
    }
    FloatBuffer floats = Floats.of(dense);
    while (floats.hasRemaining()) {
      out.writeFloat(floats.get());
    }
  }

  private static INDArray read(DataInputStream in) throws IOException {
    char order = in.readChar();
    long[] shape = new long[in.readInt()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = in.readLong();
    }
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, shape, order);
    FloatBuffer floats = Floats.of(array);
    while (floats.hasRemaining()) {
      floats.put(in.readFloat());
    }
    Floats.written(array);
    return array;
  }
}
