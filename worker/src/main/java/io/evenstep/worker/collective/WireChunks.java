package io.evenstep.worker.collective;

import io.evenstep.model.engine.Region;
import io.evenstep.worker.codec.Codec;
import io.evenstep.worker.plan.Wire;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Chunks of sums as sent along the edges of the tree: their own bytes, or bytes encoded by a codec
 * in separate memory. An edge is the same on whatever hosts its two ends are, so the same bits
 * arrive. The views of a chunk are created once. Rounding, writing and reading belong to one
 * thread; any thread may call the rest.
 */
final class WireChunks {
  private static final int ROOT = 63; // a level that no other node has

  private final Wire wire;
  private final long seed;
  private final Optional<Codec> codec;
  private final Map<Region, Coded> coded = new ConcurrentHashMap<>();
  private long step;

  private final Map<Region, IntBuffer> values = new ConcurrentHashMap<>(); // bits of the floats

  /** A chunk's coded form. */
  private record Coded(ByteBuffer bytes, IntBuffer words) {}

  WireChunks(Wire wire, long seed) {
    this.wire = wire;
    this.seed = seed;
    this.codec = wire == Wire.FLOAT32 ? Optional.empty() : Optional.of(Codec.of(wire));
  }

  /** From now on draws are those of this step. */
  void begin(long globalStep) {
    step = globalStep;
  }

  /** Whether sums arrive unchanged. */
  boolean isExact() {
    return codec.isEmpty();
  }

  /** Bytes of a chunk on its way. */
  int byteLength(Region chunk) {
    return (int) wire.bytes(chunk.length());
  }

  /** The bytes sent for a chunk, or the memory that receives them. */
  ByteBuffer bytes(Region chunk) {
    return isExact() ? chunk.bytes() : of(chunk).bytes.duplicate();
  }

  /** Makes a chunk what it is at the upper end of its node's edge. */
  void round(Region chunk, long position, int level, int index) {
    if (codec.isPresent() && chunk.length() > 0) {
      chunk.refresh();
      codec.get().round(values(chunk), position, Codec.key(seed, step, level, index));
      chunk.written();
    }
  }

  /** Rounds the sum over all shards; see {@link #write}. */
  void roundRoot(Region chunk, long position) {
    round(chunk, position, ROOT, 0);
  }

  /** Prepares {@link #bytes} to be sent along a node's edge. */
  void write(Region chunk, long position, int level, int index) {
    if (codec.isPresent() && chunk.length() > 0) {
      chunk.refresh();
      int key = Codec.key(seed, step, level, index);
      codec.get().encode(values(chunk), position, key, of(chunk).words);
    }
  }

  /** Prepares the sum over all shards to be sent to everybody. */
  void writeRoot(Region chunk, long position) {
    write(chunk, position, ROOT, 0);
  }

  /** Makes a chunk what its {@link #bytes} say. */
  void read(Region chunk) {
    read(chunk, this);
  }

  /** The same for bytes that another one has received. */
  void read(Region chunk, WireChunks receiver) {
    if (codec.isPresent() && chunk.length() > 0) {
      codec.get().decode(receiver.of(chunk).words, values(chunk));
      chunk.written();
    }
  }

  private IntBuffer values(Region chunk) {
    return values.computeIfAbsent(chunk, key -> key.bytes().asIntBuffer());
  }

  private Coded of(Region chunk) {
    return coded.computeIfAbsent(chunk, this::memory);
  }

  private Coded memory(Region chunk) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(byteLength(chunk)).order(ByteOrder.LITTLE_ENDIAN);
    return new Coded(bytes, bytes.asIntBuffer());
  }
}
