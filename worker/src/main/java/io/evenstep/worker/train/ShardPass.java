package io.evenstep.worker.train;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Pass;
import io.evenstep.model.engine.Region;
import io.evenstep.worker.collective.Communicator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/**
 * A rank's pass over its shards, one segment of their sequences after the other. In truncated
 * backpropagation through time recurrent layers begin a segment with the state in which they ended
 * the one before. Every rank holds that state of all shards, so that any rank can go on with any
 * shard when another is lost. Where sequences are whole there is no state and nothing is sent.
 */
final class ShardPass {
  /** The name of the states in replicas and checkpoints. */
  static final String SECTION = "segments";

  private final Pass pass;
  private final Communicator world;
  private final int segments;
  private final Map<Integer, byte[]> states =
      new TreeMap<>(); // by shard, after the last whole step
  private final Map<Integer, byte[]> own = new TreeMap<>(); // in this step
  private final Map<Integer, byte[]> next = new TreeMap<>(); // of all ranks, after this step

  /**
   * A pass for one rank.
   *
   * @param segments steps that each batch is cut into along time, at least 1
   */
  ShardPass(Pass pass, Communicator world, int segments) {
    this.pass = pass;
    this.world = world;
    this.segments = segments;
  }

  /** Computes one shard; see {@link Pass#accumulate}. */
  double accumulate(int shard, MiniBatch rows, long randomKey, Region target) {
    if (segments == 1) {
      return pass.accumulate(rows, randomKey, target);
    }
    if (rows.segment() > 0) {
      pass.goOnFrom(stateOf(shard));
    }
    double loss = pass.accumulate(rows, randomKey, target);
    own.put(shard, pass.segmentState());
    return loss;
  }

  private byte[] stateOf(int shard) {
    byte[] state = states.get(shard);
    if (state == null) {
      throw new IllegalStateException("Shard " + shard + " has no state to go on from");
    }
    return state;
  }

  /**
   * Gives every rank the states of all shards. All ranks call it, before any of them changes its
   * parameters: whoever takes the step can then go on alone.
   */
  void exchange(long step) {
    next.clear();
    if ((step + 1) % segments != 0) {
      world.allGather(toBytes(own)).forEach(part -> read(ByteBuffer.wrap(part), next));
    }
    own.clear();
  }

  /** The step is taken: the states of its shards are those to go on from. */
  void stepDone() {
    states.clear();
    states.putAll(next);
  }

  /** The states of all shards after the last whole step; nothing between two sequences. */
  ByteBuffer states() {
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes(states));
    return direct.put(toBytes(states)).flip();
  }

  /** Goes on from what {@link #states} gave. */
  void goOnFrom(ByteBuffer bytes) {
    states.clear();
    read(bytes.duplicate().order(ByteOrder.BIG_ENDIAN), states);
  }

  /** Takes the states of a rank that stands where training goes on; all ranks call it. */
  void handOut(int from) {
    if (segments > 1) {
      goOnFrom(ByteBuffer.wrap(world.allGather(toBytes(states)).get(from)));
    }
  }

  private static int bytes(Map<Integer, byte[]> states) {
    return states.values().stream().mapToInt(state -> 2 * Integer.BYTES + state.length).sum();
  }

  private static byte[] toBytes(Map<Integer, byte[]> states) {
    ByteBuffer all = ByteBuffer.allocate(bytes(states));
    states.forEach((shard, state) -> all.putInt(shard).putInt(state.length).put(state));
    return all.array();
  }

  private static void read(ByteBuffer bytes, Map<Integer, byte[]> states) {
    while (bytes.hasRemaining()) {
      int shard = bytes.getInt();
      byte[] state = new byte[bytes.getInt()];
      bytes.get(state);
      states.put(shard, state);
    }
  }
}
