package io.evenstep.worker.collective;

import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Region;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.TreeStack;
import io.evenstep.worker.plan.Wire;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The shards of this host, added as far as the tree allows. Each of its ranks adds its own shards.
 * Then each rank adds the sums of all ranks, over its own range of the vector. So sums are
 * exchanged in memory, and no two ranks write to the same place.
 */
final class HostSums {
  private final TimedCrew crew;
  private final Region vector; // [n]
  private final List<Range> ranges; // by member; they begin where blocks do
  private final List<WireChunks> edges = new ArrayList<>(); // by member
  private final List<List<Long>> starts; // of each member's chunks
  private final List<LocalSums> members = new ArrayList<>();
  private final List<Map<Region, List<Region>>> views = new ArrayList<>(); // by member, in chunks

  /** A sum over some pieces, and their number. */
  private record Partial(Region sum, double loss, int pieces) {}

  /**
   * Sums over the shards of a host.
   *
   * @param vector where the lead leaves its last sum
   * @param ranges of the vector, one for each rank, in order; together they cover it
   * @param edges of the tree, for one thread
   */
  HostSums(
      TimedCrew crew,
      Region vector,
      Shares shares,
      int host,
      List<Range> ranges,
      Supplier<WireChunks> edges) {
    this.crew = crew;
    this.vector = vector;
    this.ranges = ranges.stream().map(range -> blocks(range, vector.length())).toList();
    this.starts =
        this.ranges.stream().map(range -> Chunks.starts(range.from(), range.to())).toList();
    int place = shares.places().get(host);
    for (int member = 0; member < crew.size(); member++) {
      Region own = member == 0 ? vector : Region.allocate(vector.length());
      int first = shares.firstShardOf(place + member);
      int end = shares.firstShardOf(place + member + 1);
      this.edges.add(edges.get());
      members.add(new LocalSums(own, first, end, this.edges.get(member)));
      views.add(new IdentityHashMap<>());
    }
  }

  private static Range blocks(Range range, long length) {
    long from = range.from() / Wire.BLOCK * Wire.BLOCK;
    return new Range(from, range.to() == length ? length : range.to() / Wire.BLOCK * Wire.BLOCK);
  }

  /** The edges of the tree, for a rank's thread. */
  WireChunks edges(int member) {
    return edges.get(member);
  }

  void begin(long step, int present) {
    edges.forEach(each -> each.begin(step));
    members.forEach(member -> member.begin(present));
  }

  /** The sums of one rank. */
  LocalSums member(int member) {
    return members.get(member);
  }

  /** The sums over this host's pieces, in order; empty for pieces without rows. */
  List<TreeStack.Node<LocalSums.Sum>> pieces() {
    if (members.size() == 1) {
      return members.get(0).pieces();
    }
    List<TreeStack.Node<LocalSums.Sum>> pieces = new ArrayList<>();
    members.forEach(member -> pieces.addAll(member.pieces()));
    int present = (int) pieces.stream().filter(piece -> piece.sum().isPresent()).count();
    crew.each(Phase.COMMUNICATE, member -> addUp(member, pieces, present));
    TreeStack<Partial> whole = new TreeStack<>((left, right) -> join(left, right, present, vector));
    for (TreeStack.Node<LocalSums.Sum> piece : pieces) {
      whole.push(
          piece.level(),
          piece.index(),
          piece.sum().map(sum -> new Partial(sum.gradient(), sum.loss(), 1)));
    }
    return whole.nodes().stream().map(HostSums::sum).toList();
  }

  private static TreeStack.Node<LocalSums.Sum> sum(TreeStack.Node<Partial> node) {
    return new TreeStack.Node<>(
        node.level(),
        node.index(),
        node.sum().map(partial -> new LocalSums.Sum(partial.sum, partial.loss)));
  }

  /**
   * Adds all pieces over one rank's range, chunk by chunk, so that a chunk stays in the rank's
   * cache.
   */
  private void addUp(int member, List<TreeStack.Node<LocalSums.Sum>> pieces, int present) {
    List<Region> target = chunks(member, vector);
    for (int i = 0; i < target.size(); i++) {
      int chunk = i;
      TreeStack<Partial> stack =
          new TreeStack<>(
              (left, right) -> add(left, right, present, target.get(chunk)),
              (partial, level, index) -> {
                edges.get(member).round(partial.sum, starts.get(member).get(chunk), level, index);
                return partial;
              });
      for (TreeStack.Node<LocalSums.Sum> piece : pieces) {
        stack.push(piece.level(), piece.index(), piece.sum().map(sum -> addUp(member, sum, chunk)));
      }
    }
  }

  private Partial addUp(int member, LocalSums.Sum sum, int chunk) {
    Region part = chunks(member, sum.gradient()).get(chunk);
    for (Region left : sum.lefts()) {
      part.sum(chunks(member, left).get(chunk), part);
    }
    return new Partial(part, sum.loss(), 1);
  }

  private static Partial add(Partial left, Partial right, int present, Region target) {
    Partial joined = join(left, right, present, target);
    joined.sum.sum(left.sum, right.sum);
    return joined;
  }

  private static Partial join(Partial left, Partial right, int present, Region target) {
    int pieces = left.pieces + right.pieces;
    return new Partial(pieces == present ? target : left.sum, left.loss + right.loss, pieces);
  }

  private List<Region> chunks(int member, Region region) {
    Range range = ranges.get(member);
    return views
        .get(member)
        .computeIfAbsent(region, whole -> Chunks.cut(whole, range.from(), range.to()));
  }
}
