package io.evenstep.worker.sync;

import io.evenstep.model.engine.Region;
import io.evenstep.model.engine.StateSection;
import io.evenstep.worker.collective.Communicator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of a synchronization besides that of the learner: sections that are the same on every
 * host, and sections of shards, which only a shard's own host has. Before a checkpoint the first
 * host collects those of all shards.
 */
public final class SyncState {
  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

  private final List<StateSection> common;
  private final String name;
  private final List<Integer> firstShards; // of each host, then the number of shards
  private final int host;
  private final long length;
  private final Map<Integer, Region> own = new TreeMap<>(); // by shard
  private final Map<Integer, Region> others = new TreeMap<>(); // by shard

  /**
   * A state with sections of shards.
   *
   * @param name of these sections, before the shard's number
   * @param firstShards of each host, then the number of shards
   * @param host this one
   * @param own memory of this host's shards, in order; all of the same length
   */
  public SyncState(
      List<StateSection> common,
      String name,
      List<Integer> firstShards,
      int host,
      List<Region> own) {
    this.common = List.copyOf(common);
    this.name = name;
    this.firstShards = List.copyOf(firstShards);
    this.host = host;
    this.length = own.isEmpty() ? 0 : own.get(0).length();
    for (int i = 0; i < own.size(); i++) {
      this.own.put(firstShards.get(host) + i, own.get(i));
    }
  }

  /** A state without sections of shards. */
  public SyncState(List<StateSection> common) {
    this(common, "", List.of(0, 0), 0, List.of());
  }

  /** The memory of one of this host's shards. */
  public Region of(int shard) {
    Region memory = own.get(shard);
    if (memory == null) {
      throw new IllegalArgumentException("Shard " + shard + " is not one of " + own.keySet());
    }
    return memory;
  }

  /** Whether this host's own sections are all there are. */
  public boolean isWhole() {
    return own.size() == shards();
  }

  /** All sections that are here: those of other shards as they were when last collected. */
  public List<StateSection> sections() {
    List<StateSection> sections = new ArrayList<>(common);
    for (int shard = 0; shard < shards(); shard++) {
      Region memory = find(shard);
      if (memory != null) {
        sections.add(new StateSection(name + "-" + shard, memory));
      }
    }
    return sections;
  }

  /** The same, with memory for the sections of all shards. */
  public List<StateSection> allSections() {
    for (int shard = 0; shard < shards(); shard++) {
      if (!own.containsKey(shard)) {
        others.computeIfAbsent(shard, each -> Region.allocate(length));
      }
    }
    return sections();
  }

  /** Copies the sections of all shards to the first host; all hosts call it. */
  public void collect(Communicator world) {
    if (isWhole()) {
      return;
    }
    if (host == 0) {
      allSections();
    }
    for (int from = 1; from < firstShards.size() - 1; from++) {
      for (int shard = firstShards.get(from); shard < firstShards.get(from + 1); shard++) {
        copy(world, from, 0, shard);
      }
    }
  }

  /**
   * Copies the sections of one host, which has those of all shards, to the others; all hosts call
   * it.
   *
   * @param to the hosts that also receive what is the same on every host
   */
  public void handOut(Communicator world, int from, List<Integer> to) {
    for (StateSection section : common) {
      section.region().refresh();
      world.copy(from, to, section.region().bytes());
      section.region().written();
    }
    for (int each = 0; each < firstShards.size() - 1; each++) {
      for (int shard = firstShards.get(each); shard < firstShards.get(each + 1); shard++) {
        if (each != from) {
          copy(world, from, each, shard);
        }
      }
    }
  }

  private void copy(Communicator world, int from, int to, int shard) {
    Region memory = find(shard);
    if (memory == null || (host != from && host != to)) {
      world.copy(from, List.of(to), NOTHING); // it is between other hosts
      return;
    }
    memory.refresh();
    world.copy(from, List.of(to), memory.bytes());
    memory.written();
  }

  private @Nullable Region find(int shard) {
    Region mine = own.get(shard);
    return mine == null ? others.get(shard) : mine;
  }

  private int shards() {
    return firstShards.get(firstShards.size() - 1);
  }
}
