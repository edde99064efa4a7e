package io.evenstep.worker.collective;

import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Region;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.TreeStack;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shards of this host, added as far as the tree allows. Each of its ranks adds its own shards.
 * Then each rank adds the sums of all ranks, over its own range of the vector. So sums are
 * exchanged in memory, and no two ranks write to the same place.
 */
final class HostSums {
  private final TimedCrew crew;
  private final Region vector; // [n]
  private final List<Range> ranges; // by member
  private final List<LocalSums> members = new ArrayList<>();
  private final List<Map<Region, List<Region>>> views = new ArrayList<>(); // by member, in chunks

  /** A sum over some pieces, and their number. */
  private record Partial(Region sum, double loss, int pieces) {}

  /**
   * Sums over the shards of a host.
   *
   * @param vector receives the lead's last sum
   * @param ranges of the vector, one for each rank; together they cover it
   */
  HostSums(TimedCrew crew, Region vector, Shares shares, int host, List<Range> ranges) {
    this.crew = crew;
    this.vector = vector;
    this.ranges = List.copyOf(ranges);
    int place = shares.places().get(host);
    for (int member = 0; member < crew.size(); member++) {
      Region own = member == 0 ? vector : Region.allocate(vector.length());
      members.add(
          new LocalSums(
              own, shares.firstShardOf(place + member), shares.firstShardOf(place + member + 1)));
      views.add(new IdentityHashMap<>());
    }
  }

  void begin(int present) {
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
          new TreeStack<>((left, right) -> add(left, right, present, target.get(chunk)));
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
