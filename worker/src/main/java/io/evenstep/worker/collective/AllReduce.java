package io.evenstep.worker.collective;

import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Region;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.mesh.RankLostException;
import io.evenstep.worker.mesh.Transport;
import io.evenstep.worker.net.FrameHeader;
import io.evenstep.worker.net.FrameType;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.TreeStack;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The sum of a vector over all shards of a step, in place, with the same bits on every host and for
 * every number of hosts and ranks. In what follows a host is one rank of the transport.
 *
 * <p>Each host adds its own shards as far as the tree of {@link TreeStack} allows. It sends the
 * owner of each slice its sums for that slice. The owner finishes the tree in shard order and sends
 * its slice to all. A host sends {@code 2(H-1)/H} times the vector when its shards are one subtree,
 * which is the least there is (Patarasuk and Yuan, 2009, "Bandwidth optimal all-reduce algorithms
 * for clusters of workstations"). Work goes by chunks, so that adding and sending overlap. With
 * floats on the wire the sum is exact; else each sum is rounded on each edge of the tree, and the
 * sum over all shards once more, wherever the two ends of an edge sit.
 *
 * <p>A step is {@link #begin}, {@link #listen}, one {@link #add} for each own shard that has rows,
 * then {@link #finish}; {@code listen} may come after {@code add}.
 */
public final class AllReduce {
  private static final double GO_ON = 0; // in the value of each frame of a slice
  private static final double STOP = 1;

  private final Transport transport;
  private final StepClock clock;
  private final Region vector; // [n]
  private final Shares shares;
  private final int rank;
  private final HostSums own;
  private final List<List<Region>> slices; // [rank, chunk], of the vector
  private final Map<Region, List<List<Region>>> views = new IdentityHashMap<>();
  private final WireChunks edges; // for the thread that delivers frames
  private final List<List<Long>> starts = new ArrayList<>(); // [rank, chunk], of the slices
  private final TimedCrew crew;
  private final PieceInbox inbox;
  private final ChunkArrivals arrivals;
  private long step;
  private int present;
  private double word = GO_ON; // sent to the others with this rank's slice
  private long ownNanos; // spent in this step's last additions of own shards

  AllReduce(
      Transport transport,
      Region vector,
      Shares shares,
      TimedCrew crew,
      List<Range> ranges,
      Supplier<WireChunks> edges) {
    this.transport = transport;
    this.crew = crew;
    this.edges = edges.get();
    this.clock = crew.clocks().get(0);
    this.vector = vector;
    this.shares = shares;
    this.rank = transport.rank();
    this.own = new HostSums(crew, vector, shares, rank, ranges, edges);
    this.slices = slicesOf(vector);
    views.put(vector, slices);
    for (int peer = 0; peer < transport.worldSize(); peer++) {
      starts.add(Chunks.starts(shares.sliceStart(peer), shares.sliceStart(peer + 1)));
    }
    this.inbox = new PieceInbox(transport, shares, clock, this.edges);
    this.arrivals = new ChunkArrivals(slices.get(rank).size());
  }

  /** Who computes which shards. */
  public Shares shares() {
    return shares;
  }

  /**
   * Begins a step.
   *
   * @param present how many shards have rows; these are the first ones
   */
  public void begin(long step, int present) {
    if (present < 1 || present > shares.shards()) {
      throw new IllegalArgumentException(
          "Invalid present shards: must be 1 to " + shares.shards() + ", got " + present);
    }
    this.step = step;
    this.present = present;
    transport.at(step);
    edges.begin(step);
    own.begin(step, present);
  }

  /**
   * Posts the receives of this step, so that data arrives while this rank still computes. From here
   * to {@link #finish} the ranks cannot exchange anything else.
   */
  public void listen() {
    inbox.post(step, present, arrivals);
  }

  /** Where to write the sum over the rows of the lead's next shard. */
  public Region target() {
    return own.member(0).target();
  }

  /** Adds the lead's next shard: its sum, which was written to its target, and its loss. */
  public void add(double loss) {
    Phase before = clock.enter(Phase.COMPUTE);
    own.member(0).add(loss);
    clock.enter(before);
  }

  /**
   * Takes the sums of one rank of this host. To be called by that rank's thread, between {@link
   * #begin} and {@link #finish}.
   */
  public LocalSums of(int member) {
    return own.member(member);
  }

  /**
   * Asks all ranks to stop. The request travels with the sum, so that all stop after the same step;
   * see {@link StepLosses#stop()}.
   */
  public void askToStop() {
    word = STOP;
  }

  /**
   * Completes the step: the vector then holds the sum over all shards.
   *
   * @return the losses of the step
   * @throws RankLostException when a peer is gone or silent past the limit
   */
  public StepLosses finish() {
    Phase before = clock.enter(Phase.COMMUNICATE);
    ownNanos = 0;
    List<TreeStack.Node<LocalSums.Sum>> pieces = own.pieces();
    List<Optional<OwnPiece>> mine = pieces.stream().map(node -> node.sum().map(this::cut)).toList();
    List<Transport.Receipt> sliceReceipts = postSlices();
    Transport.Receipt ownSlice =
        transport.run(
            done -> {
              sendPieces(mine);
              arrivals.reduceWith(chunk -> reduceOwnSlice(chunk, mine), done);
            });
    boolean stop = await(sliceReceipts, ownSlice);
    transport.flush();
    readSlices();
    vector.written();
    StepLosses losses = inbox.losses(pieces, stop);
    clock.enter(before);
    clock.move(Phase.COMMUNICATE, Phase.COMPUTE, ownNanos);
    return losses;
  }

  /** Waits for all slices; returns whether a rank asked all to stop. */
  private boolean await(List<Transport.Receipt> slices, Transport.Receipt ownSlice) {
    inbox.awaitFirst();
    List<Transport.Receipt> pieces = inbox.last();
    List<Transport.Receipt> all = new ArrayList<>(pieces);
    all.addAll(slices);
    all.add(ownSlice);
    transport.linger(all);
    pieces.forEach(Transport.Receipt::await);
    boolean stop = word == STOP;
    for (Transport.Receipt slice : slices) {
      stop |= slice.await() == STOP;
    }
    ownSlice.await();
    return stop;
  }

  /**
   * Every host uses the sum as it was sent, including its owner. The ranks of a host share the
   * work.
   */
  private void readSlices() {
    if (edges.isExact()) {
      return;
    }
    crew.each(
        Phase.COMMUNICATE,
        member -> {
          int place = 0;
          for (int peer = 0; peer < slices.size(); peer++) {
            for (int chunk = 0; chunk < slices.get(peer).size(); chunk++) {
              if (place++ % crew.size() == member) {
                readSlice(own.edges(member), peer, chunk);
              }
            }
          }
        });
  }

  private void readSlice(WireChunks reader, int peer, int chunk) {
    Region slice = slices.get(peer).get(chunk);
    if (transport.worldSize() == 1) {
      reader.roundRoot(slice, starts.get(peer).get(chunk));
    } else {
      reader.read(slice, edges);
    }
  }

  private void sendPieces(List<Optional<OwnPiece>> mine) {
    for (int chunk = 0; chunk < slices.get(0).size() + 1; chunk++) {
      for (int hop = 1; hop < transport.worldSize(); hop++) {
        int peer = (rank + hop) % transport.worldSize();
        for (int piece = 0; piece < mine.size() && chunk < slices.get(peer).size(); piece++) {
          if (mine.get(piece).isPresent()) {
            OwnPiece own = mine.get(piece).get();
            Region part = addUp(own, peer, chunk);
            Shares.Piece node = shares.pieces(rank).get(piece);
            edges.write(part, starts.get(peer).get(chunk), node.level(), node.index());
            send(peer, FrameType.PIECE, piece, chunk, part, own.loss());
          }
        }
      }
    }
  }

  private List<Transport.Receipt> postSlices() {
    List<Transport.Receipt> receipts = new ArrayList<>();
    for (int peer = 0; peer < transport.worldSize(); peer++) {
      List<Region> chunks = slices.get(peer);
      for (int chunk = 0; peer != rank && chunk < chunks.size(); chunk++) {
        Region part = chunks.get(chunk);
        FrameHeader expected =
            FrameHeader.of(FrameType.SLICE, 0, step, chunk, edges.byteLength(part), 0);
        receipts.add(transport.post(peer, expected, edges.bytes(part)));
      }
    }
    // frames arrive in order, so a peer's last frame implies the others
    Collections.reverse(receipts);
    return receipts;
  }

  private void reduceOwnSlice(int chunk, List<Optional<OwnPiece>> mine) {
    Region target = slices.get(rank).get(chunk);
    inbox.reduce(
        chunk, mine.stream().map(own -> own.map(it -> addUp(it, rank, chunk))).toList(), target);
    if (transport.worldSize() > 1) {
      edges.writeRoot(target, starts.get(rank).get(chunk));
    }
    for (int hop = 1; hop < transport.worldSize(); hop++) {
      int peer = (rank + hop) % transport.worldSize();
      send(peer, FrameType.SLICE, 0, chunk, target, word);
    }
  }

  private Region addUp(OwnPiece own, int owner, int chunk) {
    long before = System.nanoTime();
    Region sum = own.addUp(owner, chunk);
    ownNanos += System.nanoTime() - before;
    return sum;
  }

  private void send(int peer, FrameType type, int piece, int chunk, Region part, double value) {
    FrameHeader header = FrameHeader.of(type, piece, step, chunk, edges.byteLength(part), value);
    transport.send(peer, header, edges.bytes(part));
  }

  private OwnPiece cut(LocalSums.Sum sum) {
    return new OwnPiece(
        chunksOf(sum.gradient()), sum.lefts().stream().map(this::chunksOf).toList(), sum.loss());
  }

  private List<List<Region>> chunksOf(Region gradient) {
    gradient.refresh();
    return views.computeIfAbsent(gradient, this::slicesOf);
  }

  private List<List<Region>> slicesOf(Region region) {
    List<List<Region>> cut = new ArrayList<>();
    for (int peer = 0; peer < transport.worldSize(); peer++) {
      cut.add(Chunks.cut(region, shares.sliceStart(peer), shares.sliceStart(peer + 1)));
    }
    return cut;
  }
}
