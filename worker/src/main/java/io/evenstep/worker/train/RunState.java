package io.evenstep.worker.train;

import io.evenstep.model.ConfigException;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Region;
import io.evenstep.model.engine.StateSection;
import io.evenstep.worker.checkpoint.Checkpoint;
import io.evenstep.worker.checkpoint.Position;
import io.evenstep.worker.checkpoint.Section;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.sync.SyncState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The state from which training resumes, besides the position: the learner's parameters and state,
 * that of the synchronization, and the state that shards pass from one segment to the next. This
 * class does not know what is in them.
 */
record RunState(Learner learner, SyncState sync, ShardPass shards) {
  /** All regions that are here, parameters first. */
  List<Region> regions() {
    List<Region> regions = learnerRegions();
    sync.sections().forEach(section -> regions.add(section.region()));
    return regions;
  }

  private List<Region> learnerRegions() {
    List<Region> regions = new ArrayList<>();
    regions.add(learner.parameters());
    learner.state().forEach(section -> regions.add(section.region()));
    return regions;
  }

  /** Makes the first host's state complete; all hosts call it. */
  void collect(Communicator world) {
    sync.collect(world);
  }

  /** The current sections. Those of the learner share its memory, which the regions keep alive. */
  Checkpoint at(Position position) {
    regions().forEach(Region::refresh);
    List<Section> sections = new ArrayList<>();
    for (StateSection each : learner.state()) {
      sections.add(new Section(each.name(), each.region().bytes()));
    }
    for (StateSection each : sync.sections()) {
      sections.add(new Section(each.name(), each.region().bytes()));
    }
    ByteBuffer states = shards.states();
    if (states.hasRemaining()) {
      sections.add(new Section(ShardPass.SECTION, states));
    }
    return new Checkpoint(position, learner.parameters().bytes(), sections);
  }

  /**
   * Copies another state.
   *
   * @throws ConfigException when it has other sections or lengths
   */
  void become(Checkpoint saved) {
    Map<String, ByteBuffer> sections = new HashMap<>();
    saved.state().forEach(section -> sections.put(section.name(), section.bytes()));
    copy("parameters", saved.parameters(), learner.parameters());
    copy(sections, learner.state());
    copy(sections, sync.allSections()); // after the learner's, which may be one of them
    ByteBuffer states = sections.remove(ShardPass.SECTION);
    shards.goOnFrom(states == null ? ByteBuffer.allocate(0) : states);
    if (!sections.isEmpty()) {
      throw new ConfigException(
          "Cannot resume: the checkpoint has state that the network does not have, "
              + sections.keySet()
              + "; use a new --run-id, or --resume never");
    }
    learner.written();
  }

  /**
   * Copies one rank's state to others; all ranks call it.
   *
   * @param to the ranks that receive it
   */
  void handOut(Communicator world, int from, List<Integer> to) {
    for (Region part : learnerRegions()) {
      part.refresh();
      world.copy(from, to, part.bytes());
    }
    sync.handOut(world, from, to);
    learner.written();
    shards.handOut(from);
  }

  private static void copy(Map<String, ByteBuffer> from, List<StateSection> to) {
    for (StateSection each : to) {
      ByteBuffer bytes = from.remove(each.name());
      copy("state " + each.name(), bytes == null ? ByteBuffer.allocate(0) : bytes, each.region());
      each.region().written();
    }
  }

  private static void copy(String what, ByteBuffer from, Region to) {
    if (from.remaining() != to.byteLength()) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "Cannot resume: the network needs %d bytes of %s, but the checkpoint has %d; use a"
                  + " new --run-id, or --resume never",
              to.byteLength(),
              what,
              from.remaining()));
    }
    to.bytes().put(from.duplicate());
  }
}
