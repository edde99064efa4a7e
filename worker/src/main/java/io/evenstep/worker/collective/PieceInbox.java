package io.evenstep.worker.collective;

import io.evenstep.model.engine.Region;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.mesh.Transport;
import io.evenstep.worker.net.FrameHeader;
import io.evenstep.worker.net.FrameType;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.TreeStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Receives the other ranks' pieces of this rank's slice and completes the tree over it: adds their
 * pieces and its own in shard order, whatever the order of arrival.
 */
final class PieceInbox {
  private final Transport transport;
  private final Shares shares;
  private final StepClock clock;
  private final int rank;
  private final List<List<Shares.Piece>> pieces = new ArrayList<>(); // [rank, piece]
  private final List<List<List<Region>>> memory = new ArrayList<>(); // [rank, piece, chunk]
  private final List<List<List<Transport.Receipt>>> receipts = new ArrayList<>();
  private final WireChunks edges;
  private final List<Long> starts; // of the slice's chunks, in the vector
  private int present;

  /**
   * A sum of pieces.
   *
   * @param count number of pieces
   * @param rounded whether it has been rounded for its edge already
   */
  private record Partial(Region chunk, int count, boolean rounded) {}

  PieceInbox(Transport transport, Shares shares, StepClock clock, WireChunks edges) {
    this.transport = transport;
    this.edges = edges;
    this.shares = shares;
    this.clock = clock;
    this.rank = transport.rank();
    long floats = shares.sliceStart(rank + 1) - shares.sliceStart(rank);
    this.starts = Chunks.starts(shares.sliceStart(rank), shares.sliceStart(rank + 1));
    for (int peer = 0; peer < transport.worldSize(); peer++) {
      List<List<Region>> room = new ArrayList<>();
      pieces.add(shares.pieces(peer));
      for (int piece = 0; peer != rank && piece < pieces.get(peer).size(); piece++) {
        room.add(Chunks.allocate(floats));
      }
      memory.add(room);
    }
  }

  /**
   * Posts the receives of a step.
   *
   * @param arrivals is told about each chunk of each piece
   */
  void post(long step, int present, ChunkArrivals arrivals) {
    this.present = present;
    arrivals.begin(expected());
    receipts.clear();
    for (int peer = 0; peer < transport.worldSize(); peer++) {
      List<List<Transport.Receipt>> ofPeer = new ArrayList<>(); // [piece, chunk]
      List<List<Region>> room = memory.get(peer);
      room.forEach(piece -> ofPeer.add(new ArrayList<>()));
      receipts.add(ofPeer);
      int chunks = room.isEmpty() ? 0 : room.get(0).size();
      for (int chunk = 0; chunk < chunks; chunk++) {
        for (int piece = 0; piece < room.size(); piece++) {
          if (pieces.get(peer).get(piece).present(present)) {
            Region part = room.get(piece).get(chunk);
            FrameHeader expected =
                FrameHeader.of(FrameType.PIECE, piece, step, chunk, edges.byteLength(part), 0);
            int at = chunk;
            ofPeer
                .get(piece)
                .add(transport.post(peer, expected, edges.bytes(part), () -> arrivals.arrived(at)));
          }
        }
      }
    }
  }

  /** How many pieces of each chunk other ranks send in this step. */
  private int expected() {
    int expected = 0;
    for (int peer = 0; peer < pieces.size(); peer++) {
      expected += peer == rank ? 0 : countPresent(pieces.get(peer));
    }
    return expected;
  }

  /** Waits for the first piece of each peer, that is, until the peer has computed it. */
  void awaitFirst() {
    for (List<List<Transport.Receipt>> ofPeer : receipts) {
      if (!ofPeer.isEmpty() && !ofPeer.get(0).isEmpty()) {
        Transport.Receipt first = ofPeer.get(0).get(0);
        if (!first.arrived()) {
          Phase before = clock.enter(Phase.WAIT);
          first.await();
          clock.enter(before);
        }
      }
    }
  }

  /**
   * What to wait for until all pieces have arrived. A peer's frames arrive in order, so the last
   * frame of a piece implies the others.
   */
  List<Transport.Receipt> last() {
    return receipts.stream()
        .flatMap(List::stream)
        .filter(ofPiece -> !ofPiece.isEmpty())
        .map(ofPiece -> ofPiece.get(ofPiece.size() - 1))
        .toList();
  }

  /**
   * Adds one chunk of all pieces along the tree into {@code target}. All pieces must have arrived.
   */
  void reduce(int chunk, List<Optional<Region>> mine, Region target) {
    int total = pieces.stream().mapToInt(this::countPresent).sum();
    TreeStack<Partial> stack =
        new TreeStack<>(
            (left, right) -> add(left, right, total, target),
            (sum, level, index) -> round(sum, chunk, level, index));
    for (int peer = 0; peer < pieces.size(); peer++) {
      for (int piece = 0; piece < pieces.get(peer).size(); piece++) {
        Shares.Piece node = pieces.get(peer).get(piece);
        Optional<Region> part = peer == rank ? mine.get(piece) : arrived(peer, piece, chunk);
        boolean received = peer != rank;
        stack.push(node.level(), node.index(), part.map(sum -> new Partial(sum, 1, received)));
      }
    }
    Region sum = stack.fold().orElseThrow().chunk;
    if (sum != target) {
      target.copyFrom(sum);
    }
  }

  /**
   * The losses of all pieces, added along the tree. To be called when the step is complete.
   *
   * @param stop whether a rank asked all to stop
   */
  StepLosses losses(List<TreeStack.Node<LocalSums.Sum>> mine, boolean stop) {
    TreeStack<Double> stack = new TreeStack<>(Double::sum);
    List<StepLosses.Part> parts = new ArrayList<>();
    for (int peer = 0; peer < pieces.size(); peer++) {
      for (int piece = 0; piece < pieces.get(peer).size(); piece++) {
        Shares.Piece node = pieces.get(peer).get(piece);
        Optional<Double> loss = loss(peer, piece, mine);
        stack.push(node.level(), node.index(), loss);
        int first = node.index() << node.level();
        int rankOfPart = peer;
        loss.ifPresent(
            sum -> parts.add(new StepLosses.Part(rankOfPart, first, 1 << node.level(), sum)));
      }
    }
    return new StepLosses(stack.fold().orElseThrow(), parts, stop);
  }

  private Optional<Double> loss(int peer, int piece, List<TreeStack.Node<LocalSums.Sum>> mine) {
    if (peer == rank) {
      return mine.get(piece).sum().map(LocalSums.Sum::loss);
    }
    boolean there = pieces.get(peer).get(piece).present(present);
    return there ? Optional.of(receipts.get(peer).get(piece).get(0).await()) : Optional.empty();
  }

  private int countPresent(List<Shares.Piece> ofRank) {
    return (int) ofRank.stream().filter(piece -> piece.present(present)).count();
  }

  private Optional<Region> arrived(int peer, int piece, int chunk) {
    if (!pieces.get(peer).get(piece).present(present)) {
      return Optional.empty();
    }
    Region part = memory.get(peer).get(piece).get(chunk);
    edges.read(part);
    return Optional.of(part);
  }

  private static Partial add(Partial left, Partial right, int total, Region target) {
    int count = left.count + right.count;
    Region out = count == total ? target : left.chunk;
    out.sum(left.chunk, right.chunk);
    return new Partial(out, count, false);
  }

  private Partial round(Partial sum, int chunk, int level, int index) {
    if (!sum.rounded) {
      edges.round(sum.chunk, starts.get(chunk), level, index);
    }
    return new Partial(sum.chunk, sum.count, false);
  }
}
