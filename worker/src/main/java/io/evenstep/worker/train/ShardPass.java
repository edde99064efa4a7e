package io.evenstep.worker.train;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Pass;
import io.evenstep.model.engine.Region;
import io.evenstep.worker.collective.Communicator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntFunction;

/**
 * A rank's pass over its shards, one segment of their sequences after the other. In truncated
 * backpropagation through time, recurrent layers begin a segment in the state in which they ended
 * the previous one. Every rank has this state for all shards, so that any rank can continue any
 * shard when another is lost. When sequences are whole there is no state, and nothing is sent.
 */
final class ShardPass {
  /** The name of the states in replicas and checkpoints. */
  static final String SECTION = "segments";

  private final IntFunction<Pass> passes;
  private final Communicator world;
  private final int segments;
  private final Map<Integer, byte[]> states; // by shard, after the last whole step
  private final Map<Integer, byte[]> own; // of the ranks of this host, in this step
  private final Map<Integer, byte[]> next = new TreeMap<>(); // of all ranks, after this step

  /**
   * A pass for the lead of a host.
   *
   * @param passes the pass for a shard
   * @param segments steps that each batch is cut into along time, at least 1
   */
  ShardPass(IntFunction<Pass> passes, Communicator world, int segments) {
    this(passes, world, segments, new TreeMap<>(), new ConcurrentSkipListMap<>());
  }

  private ShardPass(
      IntFunction<Pass> passes,
      Communicator world,
      int segments,
      Map<Integer, byte[]> states,
      Map<Integer, byte[]> own) {
    this.passes = passes;
    this.world = world;
    this.segments = segments;
    this.states = states;
    this.own = own;
  }

  /**
   * A pass for another rank of the same host. It has the states that the lead has, and the lead
   * exchanges its states: only the lead calls the other methods, while no rank computes.
   */
  ShardPass forAnotherRank(IntFunction<Pass> others) {
    return new ShardPass(others, world, segments, states, own);
  }

  /** Computes one shard; see {@link Pass#accumulate}. */
  double accumulate(int shard, MiniBatch rows, long randomKey, Region target) {
    Pass pass = passes.apply(shard);
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
      throw new IllegalStateException("Shard " + shard + " has no state to continue from");
    }
    return state;
  }

  /**
   * Gives every rank the states of all shards. All ranks call it before any of them changes its
   * parameters, so that any rank that has taken the step can continue alone.
   */
  void exchange(long step) {
    next.clear();
    if ((step + 1) % segments != 0) {
      world.allGather(toBytes(own)).forEach(part -> read(ByteBuffer.wrap(part), next));
    }
    own.clear();
  }

  /** Called after the step is taken: the next segment starts from its shards' states. */
  void stepDone() {
    states.clear();
    states.putAll(next);
  }

  /** The states of all shards after the last complete step; empty between two sequences. */
  ByteBuffer states() {
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes(states));
    return direct.put(toBytes(states)).flip();
  }

  /** Resumes from the result of {@link #states}. */
  void goOnFrom(ByteBuffer bytes) {
    states.clear();
    read(bytes.duplicate().order(ByteOrder.BIG_ENDIAN), states);
  }

  /** Receives the states from a rank that is at the resumed step; all ranks call it. */
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
