package io.evenstep.worker.comm;

import io.evenstep.model.NativeRuntime;
import io.evenstep.model.network.FlatArrays;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A stretch of a flat float array: seen as numbers to add, and as bytes to send. Made once, used
 * every step.
 */
final class Chunk {
  /** Most floats a chunk; small enough to add one while the next is on its way. */
  static final int FLOATS = 1 << 17;

  /** A card would fetch and give back all of an array for each chunk of it that is added. */
  private static final boolean ON_CARDS = NativeRuntime.hasCuda();

  private final INDArray array; // [floats]
  private final ByteBuffer bytes;

  private Chunk(INDArray array, ByteBuffer bytes) {
    this.array = array;
    this.bytes = bytes;
  }

  /** The chunks of {@code vector} from {@code start} to {@code end}, at least one, all alike. */
  static List<Chunk> cut(INDArray vector, long start, long end) {
    ByteBuffer all = FlatArrays.bytes(vector);
    List<Chunk> chunks = new ArrayList<>();
    long count = (end - start + FLOATS - 1) / FLOATS;
    for (int i = 0; i < count; i++) {
      long at = start + (end - start) * i / count;
      long to = start + (end - start) * (i + 1) / count;
      INDArray view = vector.get(NDArrayIndex.interval(at, to));
      int from = (int) (at * Float.BYTES);
      chunks.add(new Chunk(view, all.slice(from, (int) ((to - at) * Float.BYTES))));
    }
    return chunks.isEmpty() ? List.of(nothing()) : List.copyOf(chunks);
  }

  /** Chunks of fresh memory, as long as those {@link #cut} makes. */
  static List<Chunk> allocate(long floats) {
    return floats == 0
        ? List.of(nothing())
        : cut(Nd4j.createUninitialized(DataType.FLOAT, floats), 0, floats);
  }

  private static Chunk nothing() {
    return new Chunk(Nd4j.empty(DataType.FLOAT), ByteBuffer.allocateDirect(0));
  }

  ByteBuffer bytes() {
    return bytes;
  }

  int length() {
    return bytes.remaining();
  }

  /** Writes left + right to this, which may be either of them. */
  void sum(Chunk left, Chunk right) {
    if (length() > 0) {
      if (ON_CARDS) {
        addHere(left.bytes, right.bytes, bytes);
      } else {
        Nd4j.getExecutioner().exec(new AddOp(left.array, right.array, array));
      }
    }
  }

  /** Adds floats by Java; the bits are those of any other processor's sum. */
  static void addHere(ByteBuffer left, ByteBuffer right, ByteBuffer sum) {
    FloatBuffer a = left.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
    FloatBuffer b = right.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
    FloatBuffer c = sum.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
    for (int i = 0; i < c.limit(); i++) {
      c.put(i, a.get(i) + b.get(i));
    }
  }

  void copyFrom(Chunk other) {
    if (length() > 0) {
      bytes.duplicate().put(other.bytes.duplicate());
    }
  }
}
