package io.evenstep.worker.train;

import io.evenstep.worker.checkpoint.Position;
import io.evenstep.worker.collective.Communicator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Finds where an attempt begins: at the newest step of a complete surviving replica; without one,
 * at the newest valid checkpoint; else at step 0. One rank that has this state sends it to those
 * that do not.
 */
final class Recovery {
  private static final byte[] NOTHING = {};

  private final Communicator world;
  private final RunState state;
  private final Keeper keeper;

  Recovery(Communicator world, RunState state, Keeper keeper) {
    this.world = world;
    this.state = state;
    this.keeper = keeper;
  }

  /** The state from which training resumes. */
  enum Source {
    REPLICA,
    CHECKPOINT
  }

  /** Where training stands, and the source of that. */
  record Start(Position position, Source source) {}

  /**
   * Sets the run's state to where the attempt begins.
   *
   * @param own the replica that survived in this process
   * @return empty at step 0
   * @throws io.evenstep.model.ConfigException when a checkpoint is required but missing, or when it
   *     belongs to another configuration
   */
  Optional<Start> begin(Optional<Replica> own) {
    Offers offers = offers(world, own.map(Replica::position), keeper::resume);
    if (offers.source == Source.REPLICA) {
      own.ifPresent(replica -> state.become(replica.content()));
    }
    Optional<Position> newest = offers.newest();
    if (newest.isPresent()) {
      keeper.check(newest.get());
      handOut(offers.byHost, newest.get().step());
    }
    requireAgreement(newest.map(Position::step).orElse(0L));
    return newest.map(position -> new Start(position, offers.source));
  }

  /** Where the state of each host stands, if it has one. */
  private record Offers(List<Optional<Position>> byHost, Source source) {
    Optional<Position> newest() {
      return byHost.stream().flatMap(Optional::stream).max(Comparator.comparing(Position::step));
    }
  }

  /** The replicas that survived; if there is none, the newest checkpoint. */
  private static Offers offers(
      Communicator world, Optional<Position> own, Supplier<Optional<Position>> saved) {
    List<Optional<Position>> replicas = exchange(world, own);
    if (replicas.stream().anyMatch(Optional::isPresent)) {
      return new Offers(replicas, Source.REPLICA);
    }
    Optional<Position> mine = world.rank() == 0 ? saved.get() : Optional.empty();
    return new Offers(exchange(world, mine), Source.CHECKPOINT);
  }

  /**
   * The newest position that any host has; all hosts call it.
   *
   * @param own of the replica that survived in this process
   * @param saved that of the newest checkpoint, which counts if there is no replica
   */
  static Optional<Position> newest(
      Communicator world, Optional<Position> own, Supplier<Optional<Position>> saved) {
    return offers(world, own, saved).newest();
  }

  private static List<Optional<Position>> exchange(Communicator world, Optional<Position> mine) {
    List<byte[]> offers = world.allGather(mine.map(Position::toJson).orElse(NOTHING));
    return offers.stream()
        .map(json -> json.length == 0 ? Optional.<Position>empty() : Optional.of(read(json)))
        .toList();
  }

  private static Position read(byte[] json) {
    try {
      return Position.fromJson(json);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read a peer's position", e);
    }
  }

  /** The lowest rank at {@code step} sends its replica to all ranks that are elsewhere. */
  private void handOut(List<Optional<Position>> offers, long step) {
    List<Boolean> there =
        offers.stream().map(offer -> offer.filter(it -> it.step() == step).isPresent()).toList();
    int from = there.indexOf(true);
    List<Integer> needy =
        IntStream.range(0, there.size()).filter(rank -> !there.get(rank)).boxed().toList();
    state.handOut(world, from, needy);
  }

  private void requireAgreement(long step) {
    String mine = "step " + step + ", parameters " + state.learner().parameters().sha256();
    List<byte[]> starts = world.allGather(mine.getBytes(StandardCharsets.UTF_8));
    for (int rank = 0; rank < starts.size(); rank++) {
      String theirs = new String(starts.get(rank), StandardCharsets.UTF_8);
      if (!theirs.equals(mine)) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "Cannot start: rank %d is at %s, rank %d at %s",
                world.rank(),
                mine,
                rank,
                theirs));
      }
    }
  }
}
